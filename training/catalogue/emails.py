"""The messages of this app, one function each; every one is called inside its action's transaction."""

import datetime
from collections.abc import Sequence

from training.catalogue.models import Event, MaterialVersion, Session, Teaching, TeachingStep
from training.outbox.posting import post
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
