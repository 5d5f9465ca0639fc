"""Something happened at a date: reported from the room, chased until a coordinator has closed it."""

import datetime
import uuid as uuids

from django.db import transaction

from bookings.actions.register import believed
from bookings.duty import coordinators, duty_people
from bookings.errors import BookingsError
from bookings.models import Incident
from bookings.models.incident import What
from bookings.registers import incident_emails as emails
from bookings.registers.rights import registers_visible_to
from training.catalogue.models import Session
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import LONDON, london_day
from training.web.working_days import is_working_day

TOLD_LENGTH = 300
DONE_LENGTH = 2000


@transaction.atomic
def report_incident(
    *,
    session: Session,
    what: What,
    by: User,
    now: datetime.datetime,
    uuid: uuids.UUID,
    at_time: datetime.time | None = None,
    made_at: datetime.datetime | None = None,
    told: str = "",
    done: str = "",
) -> Incident:
    """Write it down and tell the coordinators at once, for somebody's safety the duty people too. Twice is once.

    `at_time` is a clock in the room on the day of the session; without one the moment of reporting counts.
    """
    if by.person is None or not registers_visible_to(by).filter(pk=session.pk).exists():
        raise BookingsError("Only the trainers of this date and coordinators can report what happened at it.")
    moment = believed(session, made_at, now)
    fields = {
        "session": session,
        "what": what,
        "happened_at": _happened_at(session, at_time, moment),
        "told": " ".join(told.split())[:TOLD_LENGTH],
        "done": done.strip()[:DONE_LENGTH],
        "by": by.person,
        "received_at": now,
    }
    incident, is_new = Incident.objects.get_or_create(uuid=uuid, defaults=fields)
    if incident.session_id != session.pk or incident.by_id != by.person_id:
        raise BookingsError("This was sent from another register. Load the page again and report it once more.")
    if is_new:
        _tell(incident, now)
    return incident


def _happened_at(session: Session, at_time: datetime.time | None, moment: datetime.datetime) -> datetime.datetime:
    if at_time is None:
        return moment
    return datetime.datetime.combine(london_day(session.starts_at), at_time, tzinfo=LONDON)


def _tell(incident: Incident, now: datetime.datetime) -> None:
    day = london_day(now)
    emails.tell_coordinators(incident, coordinators(day), now=now)
    if incident.is_for_duty:
        emails.tell_duty(incident, duty_people(incident.session.event, day), now=now)


@transaction.atomic
def close_incident(*, incident: Incident, outcome: str, by: User, now: datetime.datetime) -> Incident:
    """It is dealt with: how. A second click changes nothing. Raises BookingsError for whoever only reported it."""
    held = Incident.objects.select_for_update(of=("self",)).visible_to(by).filter(pk=incident.pk).first()
    if held is None or by.person is None or not may_close(held, by):
        raise BookingsError("Only coordinators and duty people can close this.")
    if held.closed_at is not None:
        return held
    if not outcome.strip():
        raise BookingsError("Say what became of it.")
    held.closed_at, held.closed_by, held.outcome = now, by.person, outcome.strip()[:DONE_LENGTH]
    held.save(update_fields=["closed_at", "closed_by", "outcome"])
    return held


def may_close(incident: Incident, by: User) -> bool:
    return by.may(Permission.MANAGE_BOOKINGS) or (incident.is_for_duty and by.may(Permission.ANSWER_CONCERNS))


def chase_incidents(*, now: datetime.datetime) -> int:
    """How many were chased: each open one once a working day, from the one after it came in."""
    rows = Incident.objects.open().filter(received_at__lt=now).order_by("pk").values_list("pk", flat=True)
    return sum(_chase(pk, now) for pk in list(rows))


@transaction.atomic
def _chase(pk: int, now: datetime.datetime) -> bool:
    day = london_day(now)
    rows = Incident.objects.open().select_for_update(of=("self",), skip_locked=True)
    incident = rows.select_related("session__event__version").filter(pk=pk).first()
    if incident is None or not is_working_day(day) or incident.is_quiet_on(day):
        return False
    incident.chased_on = day
    incident.save(update_fields=["chased_on"])
    emails.chase(incident, coordinators(day), now=now, day=day)
    if incident.is_for_duty:
        emails.chase(incident, duty_people(incident.session.event, day), now=now, day=day)
    return True
