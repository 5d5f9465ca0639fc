"""Text messages to those who gave a mobile number: the day before, and when something changes at the last moment.

They say what an e-mail says too, shorter and without a personal link.
"""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from bookings.calendars.facts import facts_of
from bookings.locking import lock_booking, lock_event
from bookings.models import Booking, Offer, Status
from training.catalogue.models import Event, Session
from training.outbox.models import Message
from training.outbox.posting import post_text
from training.people.emails import absolute, recipient
from training.web.when import LONDON, london_day

# From this hour on, the evening before; nobody's telephone rings at night.
FROM, UNTIL = datetime.time(16), datetime.time(20)
# What changes nearer than this may be read too late in an e-mail.
AT_THE_LAST = datetime.timedelta(hours=48)
ONE_DAY = datetime.timedelta(days=1)


def send_day_before(*, now: datetime.datetime) -> int:
    """For every day of a date that is tomorrow, to whoever has a place; gives how many. Safe to run two at once."""
    if not FROM <= now.astimezone(LONDON).time() < UNTIL:
        return 0
    tomorrow = datetime.datetime.combine(london_day(now) + ONE_DAY, datetime.time(), tzinfo=LONDON)
    days = Session.objects.filter(starts_at__gte=tomorrow, starts_at__lt=tomorrow + ONE_DAY)
    sent = 0
    for session in days.filter(event__standing=Event.Standing.PUBLISHED).order_by("starts_at", "pk"):
        rows = Booking.objects.filter(event=session.event_id, status=Status.BOOKED).exclude(person__mobile="")
        key = Concat(Value("bookings.text_tomorrow:"), OuterRef("reference"), Value(f":{session.pk}"))
        told = Message.objects.filter(key=key)
        for pk in rows.filter(~Exists(told)).order_by("pk").values_list("pk", flat=True):
            sent += _text_tomorrow(pk, session.pk, now)
    return sent


@transaction.atomic
def _text_tomorrow(booking_pk: int, session_pk: int, now: datetime.datetime) -> bool:
    """Under the date's lock and after another look: they may have left meanwhile, or the day moved."""
    event = lock_event(Booking.objects.values_list("event", flat=True).get(pk=booking_pk))
    booking = lock_booking(booking_pk)
    booking.event = event
    session = Session.objects.select_related("venue").filter(pk=session_pk, event=event).first()
    if session is None or booking.status != Status.BOOKED or london_day(session.starts_at) != london_day(now) + ONE_DAY:
        return False
    context = {"day": facts_of(event, session)}
    return _text("tomorrow", booking, f"{booking.reference}:{session.pk}", session.starts_at, now, context)


def text_change(booking: Booking, key: str, starts_at: datetime.datetime | None, now: datetime.datetime) -> None:
    """A day that is near is other than it was, or gone: look at the e-mail."""
    _at_the_last("changed", booking, key, starts_at, now)


def text_cancelled(booking: Booking, now: datetime.datetime) -> None:
    """We have cancelled a date that is near."""
    _at_the_last("cancelled", booking, booking.reference, booking.event.starts_at, now)


def text_offer(offer: Offer, now: datetime.datetime) -> None:
    """A place that is somebody's for some hours only."""
    if offer.expires_at <= now + ONE_DAY:
        _text("offered", offer.booking, str(offer.pk), offer.expires_at, now, {"offer": offer})


def _at_the_last(
    what: str, booking: Booking, key: str, starts_at: datetime.datetime | None, now: datetime.datetime
) -> None:
    if starts_at is not None and now < starts_at <= now + AT_THE_LAST:
        _text(what, booking, key, starts_at, now, {})


def _text(
    what: str,
    booking: Booking,
    key: str,
    expires_at: datetime.datetime,
    now: datetime.datetime,
    context: Mapping[str, object],
) -> bool:
    page = absolute("bookings:booking", booking.reference)
    shown = {"booking": booking, "event": booking.event, "page": page, **context}
    kind = f"bookings.text_{what}"
    return (
        post_text(kind, key=key, to=recipient(booking.person), now=now, context=shown, expires_at=expires_at)
        is not None
    )
