"""What the register's views look up and draw: anything out of sight is a 404."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse

from bookings.asked import with_form
from bookings.models import AlsoThere, Booking, Register
from bookings.registers.rights import reasons_closed, reasons_not_sendable, registers_visible_to
from bookings.registers.roster import blank_row, roster
from bookings.registers.state import as_data
from training.catalogue.models import Session
from training.people.models import User
from training.people.permissions import Permission
from training.web.components import NavItem
from training.web.when import london_day
from training.web.words import day


@dataclass(frozen=True)
class Sitting:
    """One day of a date, and the other days beside it."""

    session: Session
    sessions: list[Session]

    @property
    def args(self) -> list[Any]:
        return [self.session.event.reference, self.session.position]

    def tabs(self) -> list[NavItem]:
        """Empty for a date of one day."""
        if len(self.sessions) == 1:
            return []
        return [
            NavItem(f"Day {one.position}: {day(one.starts_at)}", _url(one), one == self.session)
            for one in self.sessions
        ]

    def url(self, name: str = "register-day", *more: str) -> str:
        return reverse(f"bookings:{name}", args=[*self.args, *more])


def _url(session: Session) -> str:
    return reverse("bookings:register-day", args=[session.event.reference, session.position])


def sitting_or_404(user: User, reference: str, number: int | None, now: datetime.datetime) -> Sitting:
    """Without a number: the day that is today or next, else the last one."""
    rows = with_form(registers_visible_to(user)).filter(event__reference__in={reference, reference.upper()})
    sessions = list(rows.prefetch_related(Prefetch("teachings", Session.teachings_in_order())))
    wanted = [one for one in sessions if number in (None, one.position)]
    if not wanted:
        raise Http404
    if number is None:
        wanted = [one for one in wanted if london_day(one.ends_at) >= london_day(now)] or wanted[-1:]
    return Sitting(wanted[0], sessions)


def lean_sitting_or_404(user: User, reference: str, number: int) -> Sitting:
    """For a tap, which shows no trainers and no other days."""
    rows = with_form(registers_visible_to(user))
    session = rows.filter(event__reference=reference, position=min(number, 32767)).first()
    if session is None:
        raise Http404
    return Sitting(session, [session])


def expected_or_404(session: Session, reference: str) -> Booking:
    """Somebody on this register; also somebody who was, so that a second click is answered in words."""
    rows = Booking.objects.filter(event=session.event_id, reference=reference)
    booking = rows.select_related("person", "employment__agency").first()
    if booking is None:
        raise Http404
    return booking


def kept_until(session: Session, now: datetime.datetime) -> datetime.date | None:
    """The day after which a phone forgets this register; None when it is not to be kept: not today's, or sent."""
    record: Register | None = getattr(session, "register", None)
    first, last = london_day(session.starts_at), london_day(session.ends_at)
    is_sent = record is not None and record.sent_at is not None
    return last if first <= london_day(now) <= last and not is_sent else None


def register_context(sitting: Sitting, user: User, now: datetime.datetime) -> dict[str, Any]:
    """All that the page and its parts show."""
    session = sitting.session
    closed = reasons_closed(session, user, now)
    record: Register | None = getattr(session, "register", None)
    shown = roster(session, user)
    return {
        "session": session,
        "event": session.event,
        "roster": shown,
        "also_there": AlsoThere.objects.filter(session=session).order_by("pk"),
        "blank_row": blank_row(),
        "for_script": as_data(shown, now),
        "keep_until": kept_until(session, now),
        "sitting": sitting,
        "tabs": sitting.tabs(),
        "closed": closed,
        "is_open": not closed,
        "is_office": user.may(Permission.MANAGE_BOOKINGS),
        "is_during": session.starts_at <= now <= session.ends_at,
        "may_send": not reasons_not_sendable(session, now),
        "record": record,
        "now": now,
    }
