"""A trainer's own dates, one row a date, for their page and their to-dos."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from training.catalogue.models import Event, Session, Teaching
from training.people.models import Person

ORDER = ("session__starts_at", "session__position", "pk")


@dataclass(frozen=True)
class TaughtDate:
    """One date and this trainer's part of it. `clash` is where they are confirmed at the same time."""

    event: Event
    teachings: list[Teaching]
    clash: Teaching | None = None

    @property
    def sessions(self) -> list[Session]:
        return [teaching.session for teaching in self.teachings]

    @property
    def is_asked(self) -> bool:
        """Whether an answer is due for at least one of the days."""
        return any(teaching.status == Teaching.Status.PROPOSED for teaching in self.teachings)


def rota(person: Person, now: datetime.datetime) -> list[TaughtDate]:
    """What this trainer is asked for or teaches, not over yet, the next first. Two queries whatever the number."""
    rows = Teaching.objects.live().of_dates_that_run().filter(person=person, session__ends_at__gt=now)
    teachings = list(rows.select_related("person", "session__event__version", "session__venue").order_by(*ORDER))
    by_event: dict[Event, list[Teaching]] = defaultdict(list)
    for teaching in teachings:
        by_event[teaching.session.event].append(teaching)
    return [TaughtDate(event, own, _clash(own, teachings)) for event, own in by_event.items()]


def _clash(own: list[Teaching], everything: list[Teaching]) -> Teaching | None:
    asked = [teaching.session for teaching in own if teaching.status == Teaching.Status.PROPOSED]
    confirmed = [teaching for teaching in everything if teaching.status == Teaching.Status.CONFIRMED]
    clashes = (
        teaching
        for teaching in confirmed
        for session in asked
        if teaching.session.event_id != session.event_id
        and teaching.session.starts_at < session.ends_at
        and session.starts_at < teaching.session.ends_at
    )
    return next(clashes, None)
