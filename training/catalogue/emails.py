"""The messages of this app, one function each; every one is called inside its action's transaction."""

import datetime
from collections.abc import Sequence

from training.catalogue.models import (
    Event,
    MaterialVersion,
    Order,
    OrderStep,
    RunDecision,
    Session,
    Teaching,
    TeachingStep,
)
from training.outbox.posting import Recipient, post
from training.outbox.rendering import render_message
from training.people.emails import absolute, recipient
from training.people.models import Person

TEACHING_PAGE = "desk:my-teaching"


def ask_to_teach(step: TeachingStep, *, sessions: Sequence[Session], now: datetime.datetime) -> None:
    """`step` is the asking, which names the message: to be asked again later is another one."""
    event = step.teaching.session.event
    _tell("asked_to_teach", step.teaching.person, key=str(step.pk), event=event, sessions=sessions, now=now)


def ask_to_teach_dates(
    person: Person, *, event: Event, sessions: Sequence[Session], key: str, now: datetime.datetime
) -> None:
    """All copies of a date at once; `key` names the form that made them."""
    _tell("asked_to_teach_dates", person, key=f"{key}:{person.reference}", event=event, sessions=sessions, now=now)


def tell_taken_off(step: TeachingStep, *, now: datetime.datetime) -> None:
    event = step.teaching.session.event
    _tell("taken_off", step.teaching.person, key=str(step.pk), event=event, sessions=[], now=now)


def tell_trainer_of_change(
    person: Person, *, event: Event, sessions: Sequence[Session], now: datetime.datetime
) -> None:
    """The days, times or places of a date that this person teaches have changed; a new day needs their word."""
    key = f"{event.reference}:{person.reference}:{event.revision}"
    is_asked = Teaching.objects.unanswered().filter(session__in=sessions, person=person).exists()
    _tell("date_changed", person, key=key, event=event, sessions=sessions, now=now, extra={"is_asked": is_asked})


def tell_trainer_it_runs(person: Person, decision: RunDecision, *, now: datetime.datetime) -> None:
    event = decision.event
    sessions = list(event.sessions.all())
    key = f"{decision.pk}:{person.reference}"
    _tell("confirmed_to_run", person, key=key, event=event, sessions=sessions, now=now, extra={"decision": decision})


def tell_trainer_of_cancellation(person: Person, *, event: Event, reason: str, now: datetime.datetime) -> None:
    key = f"{event.reference}:{person.reference}"
    _tell(
        "date_cancelled",
        person,
        key=key,
        event=event,
        sessions=list(event.sessions.all()),
        now=now,
        extra={"reason": reason},
    )


def ask_to_confirm_materials(version: MaterialVersion, person: Person, *, now: datetime.datetime) -> None:
    """A trainer of a date to come says by a day that they use this version."""
    title = version.material.course.versions.get(is_current=True).title
    context = {"version": version, "title": title, "page": absolute("bookings:materials")}
    key = f"{version.pk}:{person.reference}"
    post("catalogue.confirm_materials", key=key, to=recipient(person), now=now, context=context)


# What the supplier is told, by the state the order is in after it; the same state again is a change.
SUPPLIER = {
    "ordered": "order_placed",
    "confirmed": "order_numbers",
    "cancelled": "order_cancelled",
    "": "order_changed",
}


def tell_supplier(order: Order, step: OrderStep, *, now: datetime.datetime) -> None:
    """To whoever delivers, if they have an address. `step` names the message."""
    is_change = step.was == step.became and step.became != Order.Status.CONFIRMED
    kind = f"catalogue.{SUPPLIER['' if is_change else step.became]}"
    to = Recipient(order.supplier_email, order.supplier)
    post(kind, key=str(step.pk), to=to, now=now, context=_order_context(order))


def supplier_text(order: Order, becomes: str) -> str:
    """What would be sent, for the page that asks before it is; `becomes` as in `SUPPLIER`."""
    to = Recipient(order.supplier_email, order.supplier)
    rendered = render_message(f"catalogue.{SUPPLIER[becomes]}", {**_order_context(order), "to": to})
    return f"{rendered.subject}\n\n{rendered.text}"


def _order_context(order: Order) -> dict[str, object]:
    sessions = list(order.event.sessions.select_related("venue"))
    return {"order": order, "event": order.event, "sessions": sessions}


def _tell(
    message: str,
    person: Person,
    *,
    key: str,
    event: Event,
    sessions: Sequence[Session],
    now: datetime.datetime,
    extra: dict[str, object] | None = None,
) -> None:
    context: dict[str, object] = {
        "event": event,
        "sessions": sessions,
        "page": absolute(TEACHING_PAGE),
        **(extra or {}),
    }
    post(f"catalogue.{message}", key=key, to=recipient(person), now=now, context=context)
