"""A trainer can't come: the duty phone is alerted; the other trainer goes on alone, or somebody else takes it."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from bookings.disruption import emails
from bookings.disruption.writing_down import end_or_write_down
from bookings.duty import coordinators
from bookings.errors import BookingsError
from bookings.locking import lock_event
from bookings.models import DisruptedDate
from bookings.rights import require_coordinator
from training.catalogue.actions.teaching import ask_trainer, confirm_teaching, decline_teaching
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, Teaching
from training.people.models import Person, User
from training.web.when import london_day

Became = DisruptedDate.Status


@transaction.atomic
def cant_come(*, event: Event, person: Person, reason: str, by: User, now: datetime.datetime) -> Event:
    """The trainer, or a coordinator whom they rang, says that they can't teach; whoever is on duty is told at once.

    A second click changes nothing and alerts nobody again.
    """
    locked, reason = lock_event(event.pk), " ".join(reason.split())[:300]
    is_news = Teaching.objects.live().filter(session__event=locked, person=person).exists()
    try:
        said = decline_teaching(event=locked, person=person, by=by, now=now, reason=reason)
    except CatalogueError as error:
        raise BookingsError(str(error)) from None
    if is_news:
        step = max(one.steps.order_by("-pk").values_list("pk", flat=True)[0] for one in said)
        duty = [one for one in coordinators(london_day(now)) if one.pk != by.person_id]
        emails.alert_duty(locked, person, reason, duty, key=str(step), now=now)
    return locked


def left_to_teach(event: Event) -> list[Person]:
    """Whoever is confirmed for every day of it."""
    days = event.sessions.count()
    rows = Teaching.objects.confirmed().filter(session__event=event).select_related("person").order_by("person__name")
    people = [teaching.person for teaching in rows]
    return [one for one in dict.fromkeys(people) if people.count(one) == days]


@transaction.atomic
def teach_alone(*, event: Event, reason: str, by: User, now: datetime.datetime) -> list[Person]:
    """The date goes on with whoever is left; they are told. Gives them. A second click changes nothing."""
    require_coordinator(by)
    locked = _lock_open(event)
    left = left_to_teach(locked)
    if not left:
        raise BookingsError("Nobody else is confirmed for every day of this date. Choose another way.")
    if not _is_covered(locked):
        row = end_or_write_down(locked, Became.COVERED, _said(reason, "A trainer cannot come."), by=by, now=now)
        emails.tell_alone(locked, left, key=str(row.pk), now=now)
    return left


@transaction.atomic
def put_in(*, event: Event, person: Person, reason: str, by: User, now: datetime.datetime) -> Person:
    """Another trainer, who has said yes on the telephone, teaches it: confirmed at once, and written to.

    A second click changes nothing. Raises BookingsError where they are confirmed elsewhere at the time.
    """
    require_coordinator(by)
    locked = _lock_open(event)
    if person in left_to_teach(locked):
        return person
    try:
        ask_trainer(event=locked, person=person, by=by, now=now)
        confirm_teaching(event=locked, person=person, by=by, now=now)
    except CatalogueError as error:
        raise BookingsError(str(error)) from None
    said = _said(reason, "A trainer cannot come.")
    end_or_write_down(locked, Became.COVERED, f"{person.name} teaches it. {said}"[:300], by=by, now=now)
    return person


def _lock_open(event: Event) -> Event:
    locked = lock_event(event.pk)
    if locked.standing != Event.Standing.PUBLISHED:
        raise BookingsError(f"{event} is not open: it is {locked.get_standing_display().lower()}.")
    return locked


def _said(reason: str, otherwise: str) -> str:
    return " ".join(reason.split())[:300] or otherwise


def _is_covered(event: Event) -> bool:
    """Since the last trainer said that they cannot come."""
    declined = Teaching.objects.filter(session__event=event, status=Teaching.Status.DECLINED).order_by("-answered_at")
    latest: Sequence[datetime.datetime | None] = list(declined.values_list("answered_at", flat=True)[:1])
    rows = event.disruptions.filter(status=Became.COVERED)
    return (rows.filter(at__gte=latest[0]) if latest and latest[0] else rows).exists()
