"""Registers that wait for somebody, as rows of their home page. Called by `parts.py`."""

import datetime

from django.urls import reverse

from bookings.registers.lists import overdue_at, waiting_registers
from training.catalogue.models import Session, Teaching
from training.config.parts import Todo
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import clock, count, day

TODAY, THIS_WEEK = 10, 20
NAMED = 5


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    """For a trainer the registers of today and those not sent; for a coordinator all that are overdue."""
    if not user.may(Permission.TAKE_REGISTER):
        return []
    waiting = waiting_registers(user, now)
    if not waiting:
        return []
    taught = Teaching.objects.live().filter(person=user.person_id, session__in=waiting)
    own = set(taught.values_list("session__event_id", flat=True))
    mine = [_to_take(session, now) for session in waiting if session.event_id in own]
    overdue = [session for session in waiting if session.event_id not in own and overdue_at(session) <= now]
    return mine + _overdue(overdue)


def _to_take(session: Session, now: datetime.datetime) -> Todo:
    title, url = session.event.version.title, _url(session)
    if london_day(session.ends_at) >= london_day(now):
        sentence = f"Take the register of {title}, today at {clock(session.starts_at)}."
        return Todo(sentence, url, "Open the register", TODAY, due_on=london_day(session.starts_at))
    late = " It is overdue." if overdue_at(session) <= now else ""
    sentence = f"Send the register of {title}, {day(session.starts_at)}.{late}"
    return Todo(sentence, url, "Send it", TODAY, 2, london_day(session.starts_at))


def _overdue(sessions: list[Session]) -> list[Todo]:
    """A row each; one for all when they are many."""
    if len(sessions) > NAMED:
        sentence = f"{count(len(sessions), 'register')} are overdue, the oldest of {day(sessions[0].starts_at)}."
        return [Todo(sentence, reverse("bookings:registers"), "See which", THIS_WEEK)]
    return [
        Todo(
            f"The register of {session.event.version.title} ({session.event}), {day(session.starts_at)}, is overdue.",
            _url(session), "Chase or fill in", THIS_WEEK, due_on=london_day(session.starts_at),
        )
        for session in sessions
    ]  # fmt: skip


def _url(session: Session) -> str:
    return reverse("bookings:register-day", args=[session.event.reference, session.position])
