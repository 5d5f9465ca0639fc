"""What goes out by the clock before a course: are you still coming, how to join, the link. Each once a booking.

Which moments have come is worked out for each pair of a date and the rules in use on it, of which there are few.
Bookings are read only for those, in a number of queries that does not grow with them.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce

from bookings import emails
from bookings.calendars.inviting import entries_of, renew
from bookings.locking import lock_booking, lock_event
from bookings.models import Booking, BookingPolicyVersion, PersonalLink, Status
from bookings.page_words import joining_link
from bookings.rules.policy import free_until
from training.catalogue.models import DeliveryMode, Event, Session
from training.outbox.models import Message
from training.web.tokens import new_token
from training.web.when import LONDON, london_day
from training.web.working_days import add_working_days

# Messages that ask people to do something arrive when they begin to work.
MORNING = datetime.time(9)
# No rules look further ahead; it keeps the dates that are looked at few.
HORIZON = datetime.timedelta(days=120)


@dataclass(frozen=True)
class Window:
    """From when a message is to go out, and until when it is of use."""

    opens_at: datetime.datetime
    closes_at: datetime.datetime

    def is_open(self, now: datetime.datetime) -> bool:
        return self.opens_at <= now < self.closes_at


@dataclass(frozen=True)
class Due:
    """One message to write; `key` is its whole key in the outbox. The session is that of a link, 0 otherwise."""

    booking_pk: int
    event_pk: int
    key: str
    booked_at: datetime.datetime
    window: Window
    session_pk: int = 0


def asking_window(rules: BookingPolicyVersion, starts_at: datetime.datetime) -> Window:
    """From some working days before leaving stops being free until that moment."""
    last = free_until(rules, starts_at) or starts_at
    day = add_working_days(london_day(last), -rules.asks_working_days_before)
    return Window(min(_morning(day), last), last)


def joining_window(rules: BookingPolicyVersion, starts_at: datetime.datetime) -> Window:
    day = add_working_days(london_day(starts_at), -rules.joining_working_days_before)
    return Window(min(_morning(day), starts_at), starts_at)


def link_window(rules: BookingPolicyVersion, session: Session) -> Window:
    return Window(session.starts_at - datetime.timedelta(hours=rules.joining_link_hours), session.ends_at)


def _morning(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, MORNING, tzinfo=LONDON).astimezone(datetime.UTC)


def ask_still_coming(*, now: datetime.datetime) -> int:
    """Ask whoever had the place before the asking began. Gives how many were asked.

    Somebody who got it after that is not asked whether they "still" come, nor anybody once leaving is late.
    """
    due = [one for one in _due("still_coming", asking_window, now) if one.booked_at < one.window.opens_at]
    return _tell(due, _ask, now)


def send_joining_instructions(*, now: datetime.datetime) -> int:
    """How to get there, some working days before; at once to whoever is booked later. Gives how many were told."""
    return _tell(_due("joining", joining_window, now), _tell_joining, now)


def send_joining_links(*, now: datetime.datetime) -> int:
    """The link of each session that meets online, from some hours before it. Gives how many were told.

    Where there is no link yet, it goes out once there is one.
    """
    return _tell(_due_links(now), _send_link, now)


def _ask(booking: Booking, due: Due, now: datetime.datetime) -> None:
    token, hashed = new_token()
    PersonalLink.objects.create(
        token_hash=hashed,
        booking=booking,
        purpose=PersonalLink.Purpose.STILL_COMING,
        made_at=now,
        expires_at=booking.event.starts_at or due.window.closes_at,  # a late answer is an answer, too
    )
    emails.ask_still_coming(booking, token, free_until=due.window.closes_at, now=now)


def _tell_joining(booking: Booking, due: Due, now: datetime.datetime) -> None:  # noqa: ARG001
    emails.tell_joining(booking, now)


def _send_link(booking: Booking, due: Due, now: datetime.datetime) -> None:
    session = Session.objects.select_related("venue").get(pk=due.session_pk)
    if link := joining_link(booking, session, now):
        changes = renew(booking, [session], entries_of([booking]), now)
        emails.tell_joining_link(booking, session, link, changes[0] if changes else None, now)


# --- Which are due -----------------------------------------------------------------------------------------


def _due(
    message: str, window_of: Callable[[BookingPolicyVersion, datetime.datetime], Window], now: datetime.datetime
) -> list[Due]:
    """In five queries. Dates in the past, drafts and cancelled ones have no more moments."""
    dates = Event.objects.published().filter(starts_at__gt=now, starts_at__lte=now + HORIZON)
    starts = {event.pk: event.starts_at for event in dates.only("pk", "starts_at") if event.starts_at}
    windows = {(event_pk, rules.pk): window_of(rules, starts[event_pk]) for event_pk, rules in _rules_in_use(starts)}
    is_open = {pair: window for pair, window in windows.items() if window.is_open(now)}
    rows = _booked({event_pk for event_pk, _ in is_open})
    due = [
        Due(pk, event_pk, f"bookings.{message}:{reference}", at, is_open[event_pk, rules_pk])
        for pk, event_pk, rules_pk, reference, at in rows
        if (event_pk, rules_pk) in is_open
    ]
    return _untold(due)


def _due_links(now: datetime.datetime) -> list[Due]:
    rows = Session.objects.filter(ends_at__gt=now, starts_at__lte=now + HORIZON)
    rows = rows.filter(
        event__standing=Event.Standing.PUBLISHED, event__mode__in=(DeliveryMode.VIRTUAL, DeliveryMode.HYBRID)
    )
    sessions = list(rows.exclude(joining_link="", event__joining_link="").order_by("starts_at", "pk"))
    shown: dict[tuple[int, int], list[tuple[Session, Window]]] = {}
    for event_pk, rules in _rules_in_use({session.event_id for session in sessions}):
        of_date = [(one, link_window(rules, one)) for one in sessions if one.event_id == event_pk]
        shown[event_pk, rules.pk] = [(one, window) for one, window in of_date if window.is_open(now)]
    due = [
        Due(pk, event_pk, f"bookings.joining_link:{reference}:{session.pk}", at, window, session.pk)
        for pk, event_pk, rules_pk, reference, at in _booked(
            {event_pk for (event_pk, _), near in shown.items() if near}
        )
        for session, window in shown.get((event_pk, rules_pk), [])
    ]
    return _untold(due)


def _rules_in_use(event_pks: Iterable[int]) -> list[tuple[int, BookingPolicyVersion]]:
    """Each of these dates with each version of the rules that a booking of it was made under."""
    booked = Booking.objects.filter(status=Status.BOOKED, event__in=list(event_pks)).order_by("event", "policy_version")
    rules = BookingPolicyVersion.objects.in_bulk()
    pairs = booked.values_list("event", "policy_version").distinct()
    return [(event_pk, rules[rules_pk]) for event_pk, rules_pk in pairs]


def _booked(event_pks: Iterable[int]) -> list[tuple[int, int, int, str, datetime.datetime]]:
    """Id, date, rules and reference of each booking and when it got its place; bookings from elsewhere have no step."""
    rows = Booking.objects.filter(status=Status.BOOKED, event__in=list(event_pks)).exclude(person__email="")
    given = Coalesce(Min("steps__at", filter=Q(steps__became=Status.BOOKED)), F("made_at"))
    fields = ("pk", "event", "policy_version", "reference", "booked_at")
    return list(rows.annotate(booked_at=given).order_by("event", "pk").values_list(*fields))


def _untold(due: list[Due]) -> list[Due]:
    told = set(Message.objects.filter(key__in=[one.key for one in due]).values_list("key", flat=True))
    return [one for one in due if one.key not in told]


# --- Telling -------------------------------------------------------------------------------------------------


def _tell(due: list[Due], tell: Callable[[Booking, Due, datetime.datetime], None], now: datetime.datetime) -> int:
    return sum(_tell_one(one, tell, now) for one in due)


@transaction.atomic
def _tell_one(due: Due, tell: Callable[[Booking, Due, datetime.datetime], None], now: datetime.datetime) -> bool:
    """Under the date's lock and after another look: another worker may have told them, or they have just left."""
    event = lock_event(due.event_pk)
    booking = lock_booking(due.booking_pk)
    booking.event = event
    if booking.status != Status.BOOKED or event.standing != Event.Standing.PUBLISHED or not _untold([due]):
        return False
    tell(booking, due, now)
    return True
