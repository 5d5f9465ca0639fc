"""Which registers somebody may take, and when: shared by pages and actions."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from bookings.errors import BookingsError
from bookings.models import Register, RegisterMark
from training.catalogue.models import Event, Session, Teaching
from training.people.models import User
from training.people.permissions import Permission
from training.web.reasons import Reason
from training.web.when import LONDON, london_day
from training.web.words import clock, day

# So long after the day a trainer corrects their own register; after that only a coordinator does.
CORRECTED_FOR = datetime.timedelta(days=10)


def registers_visible_to(user: User) -> QuerySet[Session]:
    """The sessions whose registers this user may open: of dates they teach, or all for a coordinator."""
    rows = Session.objects.exclude(event__standing__in=(Event.Standing.SUSPENDED, Event.Standing.CANCELLED))
    rows = rows.select_related("event__version__course", "venue", "register").order_by("starts_at", "pk")
    if user.may(Permission.MANAGE_BOOKINGS):
        return rows
    if not user.may(Permission.TAKE_REGISTER):
        return rows.none()
    taught = Teaching.objects.live().filter(person=user.person_id, session__event=OuterRef("event"))
    return rows.filter(Exists(taught))


def opens_at(session: Session) -> datetime.datetime:
    """Midnight in London before the session."""
    return _midnight(london_day(session.starts_at))


def closes_at(session: Session) -> datetime.datetime:
    """From this moment on only a coordinator corrects."""
    return _midnight(london_day(session.ends_at) + CORRECTED_FOR + datetime.timedelta(days=1))


def _midnight(on: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(on, datetime.time(0), tzinfo=LONDON).astimezone(datetime.UTC)


def reasons_closed(session: Session, by: User, now: datetime.datetime) -> list[Reason]:
    """Why nothing can be marked now; empty when it can."""
    if session.event.standing == Event.Standing.CANCELLED:
        return [Reason("cancelled", "This date is cancelled: it has no register.")]
    if session.event.standing == Event.Standing.SUSPENDED:
        return [Reason("suspended", "This date is suspended: it has no register unless it takes place after all.")]
    if now < opens_at(session):
        return [Reason("too_early", f"You can take this register on {day(session.starts_at)}.")]
    if now >= closes_at(session) and not by.may(Permission.MANAGE_BOOKINGS):
        return [Reason("too_late", "This register was closed after ten days.", "Ask the training team to correct it.")]
    return []


def reasons_not_sendable(session: Session, now: datetime.datetime) -> list[Reason]:
    if now < session.starts_at:
        starts = f"{day(session.starts_at)} at {clock(session.starts_at)}"
        return [Reason("not_begun", f"You can send the register once the day has begun, {starts}.")]
    return []


def lock_register(session: Session, by: User, now: datetime.datetime) -> Register:
    """The session's register, nobody else's until the transaction ends; made at its first mark.

    Raises BookingsError for whoever may not take it, and outside its days.
    """
    register = lock_register_of(session, by)
    if reasons := reasons_closed(session, by, now):
        raise BookingsError(reasons=reasons)
    return register


def lock_register_of(session: Session, by: User) -> Register:
    """The same on any day."""
    register = _locked(session, by)
    if register is None:
        Register.objects.get_or_create(session=session)
        register = _locked(session, by)
    if register is None or by.person_id is None or not (register.is_trainer or by.may(Permission.MANAGE_BOOKINGS)):  # type: ignore[attr-defined]
        raise BookingsError("Only the trainers of this date and coordinators can take its register.")
    return register


def _locked(session: Session, by: User) -> Register | None:
    taught = Teaching.objects.live().filter(person=by.person_id, session__event=session.event_id)
    may = Exists(taught) if by.may(Permission.TAKE_REGISTER) else Exists(taught.none())
    rows = Register.objects.select_for_update(of=("self",), no_key=True).annotate(is_trainer=may)
    return rows.filter(session=session).first()


def is_changed_since_sent(register: Register) -> bool:
    """Whether it was corrected after it was sent, and so has to be sent again."""
    marks = RegisterMark.objects.filter(session=register.session_id, received_at__gt=register.sent_at)
    return register.sent_at is not None and marks.exists()
