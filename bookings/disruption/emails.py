"""What those concerned by a suspension, a conversion or a new day read; one message a change and booking."""

import datetime
from collections.abc import Sequence

from bookings.emails import tell_disrupted
from bookings.models import Booking, Notice, PersonalLink, Status
from training.catalogue.models import Event
from training.outbox.models import Message
from training.outbox.posting import Recipient, post
from training.people.emails import absolute, recipient
from training.people.models import Person
from training.web.tokens import new_token
from training.web.words import count

What = Notice.What
MESSAGES = {
    What.SUSPENDED: "date_suspended",
    What.CONVERTED: "date_moved_online",
    What.RESUMED: "date_goes_on",
    What.POSTPONED: "date_postponed",
    What.LOST: "date_lost",
}
TAKES_PLACE = (What.CONVERTED, What.RESUMED, What.POSTPONED)
# What trainers, providers and suppliers read at the head of their list of dates.
SAID = {
    What.SUSPENDED: (
        "Suspended",
        "These dates are suspended. They do not take place unless we write to you that they do:",
    ),
    What.RESUMED: ("Going ahead", "These dates were suspended and take place after all, as agreed:"),
    What.LOST: ("Did not take place", "These dates were suspended when their day came and did not take place:"),
}


def tell_learner(notice: Notice, booking: Booking, now: datetime.datetime) -> None:
    """Comes with its date, person and rules, locked; the calendar entry comes or goes with it."""
    what, disrupted = What(notice.what), notice.disrupted
    context: dict[str, object] = {
        "reason": disrupted.reason if disrupted else "",
        "waits": booking.status == Status.WAITLISTED,
        "course": absolute("catalogue:course", booking.event.version.course.code),
        **{key: value for key, value in notice.data.items() if key == "was"},
    }
    if what in TAKES_PLACE:
        context["link"] = absolute("bookings:date-changed", _link(booking, now))
    key = f"{booking.reference}:{notice.pk}"
    tell_disrupted(MESSAGES[what], booking, now, context, key=key, takes_place=what in TAKES_PLACE)


def _link(booking: Booking, now: datetime.datetime) -> str:
    """The page on which its reader keeps the place, moves or leaves; only the hash is kept."""
    token, hashed = new_token()
    PersonalLink.objects.create(
        token_hash=hashed,
        booking=booking,
        purpose=PersonalLink.Purpose.CHANGED,
        made_at=now,
        expires_at=booking.event.starts_at or now,
    )
    return token


def tell_other(notice: Notice, events: Sequence[Event], now: datetime.datetime) -> Message | None:
    """A trainer, a provider or a supplier, once for all dates that are theirs."""
    heading, opening = SAID[What(notice.what)]
    context: dict[str, object] = {
        "heading": heading,
        "opening": opening,
        "many": count(len(events), "date"),
        "events": events,
        "reason": notice.suspension.reason if notice.suspension else "",
        "is_stopped": notice.what == What.SUSPENDED,
        "order": notice.order,
    }
    message, to = _whom(notice)
    return post(f"bookings.{message}", key=str(notice.pk), to=to, now=now, context=context)


def _whom(notice: Notice) -> tuple[str, Recipient]:
    if notice.person is not None:
        return "dates_trainer", recipient(notice.person)
    if notice.provider is not None:
        return "dates_provider", Recipient(notice.provider.contact_email, notice.provider.name)
    if notice.order is not None:
        return "dates_supplier", Recipient(notice.order.supplier_email, notice.order.supplier)
    raise ValueError("a notice without a reader")


def alert_duty(
    event: Event, trainer: Person, reason: str, to: Sequence[Person], *, key: str, now: datetime.datetime
) -> list[Message]:
    """A trainer can't come, near the day: to whoever is on duty. The kind is what a text message is made of, too."""
    context: dict[str, object] = {
        "event": event,
        "trainer": trainer,
        "reason": reason,
        "page": absolute("bookings:date-rescue", event.reference),
        "sessions": list(event.sessions.select_related("venue")),
    }
    sent = [
        post("bookings.trainer_cant_come", key=f"{key}:{one.reference}", to=recipient(one), now=now, context=context)
        for one in to
    ]
    return [message for message in sent if message is not None]


def tell_alone(event: Event, trainers: Sequence[Person], *, key: str, now: datetime.datetime) -> None:
    """To whoever goes on without the other."""
    for one in trainers:
        context: dict[str, object] = {
            "event": event,
            "sessions": list(event.sessions.select_related("venue")),
            "page": absolute("desk:my-teaching"),
        }
        post("bookings.teach_alone", key=f"{key}:{one.reference}", to=recipient(one), now=now, context=context)
