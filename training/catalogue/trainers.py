"""The trainers of a date as its page shows them."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Lower

from training.catalogue.models import Event, Teaching
from training.people.models import Person, Role, RoleGrant

COLOURS = {"confirmed": "green", "proposed": "yellow", "declined": "red", "withdrawn": "grey"}
# What concerns somebody most comes first when their days differ.
URGENCY = ("proposed", "declined", "confirmed", "withdrawn")


@dataclass(frozen=True)
class DateTrainer:
    """One trainer's part of a date."""

    person: Person
    teachings: list[Teaching]

    @property
    def status(self) -> str:
        return min((teaching.status for teaching in self.teachings), key=URGENCY.index)

    @property
    def label(self) -> str:
        return Teaching.Status(self.status).label

    @property
    def colour(self) -> str:
        return COLOURS[self.status]

    @property
    def is_mixed(self) -> bool:
        """Whether their answers differ from day to day."""
        return len({teaching.status for teaching in self.teachings}) > 1

    @property
    def why_not(self) -> list[str]:
        """What was said with "cannot come", each reason once. A query a day unless the steps are at hand."""
        last = [steps[-1] for one in self.teachings if one.status == "declined" and (steps := list(one.steps.all()))]
        return list(dict.fromkeys(step.reason for step in last if step.reason))

    @property
    def is_live(self) -> bool:
        return any(teaching.status in ("proposed", "confirmed") for teaching in self.teachings)


def trainers_of(event: Event) -> list[DateTrainer]:
    """By name; of a date loaded by `with_details`, without a query."""
    found: dict[Person, list[Teaching]] = defaultdict(list)
    for session in event.sessions.all():
        for teaching in session.teachings.all():
            found[teaching.person].append(teaching)
    return sorted((DateTrainer(*item) for item in found.items()), key=lambda trainer: trainer.person.name.casefold())


def trainers_with_reasons(event: Event) -> list[DateTrainer]:
    """The same with the steps of each, in one query more."""
    trainers = trainers_of(event)
    prefetch_related_objects([teaching for trainer in trainers for teaching in trainer.teachings], "steps")
    return trainers


def who_may_be_asked(event: Event, day: datetime.date) -> "QuerySet[Person]":
    """Trainers of that day who are not asked or confirmed for it; `is_busy` says they are confirmed elsewhere then."""
    holds_role = RoleGrant.objects.filter(person=OuterRef("pk"), role=Role.TRAINER).on(day)
    live = Teaching.objects.live().filter(person=OuterRef("pk"), session__event=event)
    persons = Person.objects.present().filter(Exists(holds_role)).exclude(Exists(live))
    return persons.annotate(is_busy=_busy(event)).order_by(Lower("name"), "pk")


def _busy(event: Event) -> Exists:
    during = Q(pk__in=[])
    for session in event.sessions.all():
        during |= Q(session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at)
    return Exists(Teaching.objects.confirmed().filter(during, person=OuterRef("pk")).exclude(session__event=event))
