"""The messages of this app, one function each; every one is called inside its action's transaction."""

import datetime
from collections.abc import Iterable, Sequence

from evaluation.links import link_of, manager_link_of
from evaluation.models import Concern, Invitation, ManagerConfirmation, ManagerDigest, Unsealing
from training.outbox.posting import Recipient, post
from training.people.emails import absolute, recipient
from training.people.models import Person


def ask(invitation: Invitation, *, now: datetime.datetime) -> None:
    """The request or, once `reminders_made` has gone up, a reminder: with the same link."""
    booking = invitation.booking
    post(
        f"evaluation.ask_{invitation.stage}",
        key=f"{invitation.reference}:{invitation.reminders_made}",
        to=recipient(booking.person),
        now=now,
        context={
            "event": booking.event,
            "title": booking.event.version.title,
            "closes_at": invitation.closes_at,
            "is_reminder": invitation.reminders_made > 0,
            "link": link_of(invitation),
        },
        has_secret=True,
        expires_at=invitation.closes_at,
    )


def key_of_asking_again(invitation: Invitation) -> str:
    """What the keys of these messages begin with, as they stand in the outbox."""
    return f"evaluation.ask_again:{invitation.reference}:"


def ask_again(invitation: Invitation, *, number: int, now: datetime.datetime) -> None:
    """The same link once more, for whoever stands in the room and does not find it."""
    post(
        "evaluation.ask_again",
        key=f"{invitation.reference}:{number}",
        to=recipient(invitation.booking.person),
        now=now,
        context={
            "title": invitation.booking.event.version.title,
            "closes_at": invitation.closes_at,
            "link": link_of(invitation),
        },
        has_secret=True,
        expires_at=invitation.closes_at,
    )


def ask_manager(digest: ManagerDigest, people: Sequence[ManagerConfirmation], *, now: datetime.datetime) -> None:
    """One message about all of a manager's people, with the bookings of each."""
    post(
        "evaluation.ask_manager",
        key=digest.reference,
        to=Recipient(digest.manager_email, digest.manager_name),
        now=now,
        context={
            "people": people,
            "number": len(people),
            "closes_at": digest.closes_at,
            "link": manager_link_of(digest),
        },
        has_secret=True,
        expires_at=digest.closes_at,
    )


def remind_manager(digest: ManagerDigest, people: Sequence[ManagerConfirmation], *, now: datetime.datetime) -> None:
    """The same link once more, about those who are not answered for; never a second time."""
    post(
        "evaluation.remind_manager",
        key=digest.reference,
        to=Recipient(digest.manager_email, digest.manager_name),
        now=now,
        context=reminder_words(people, closes_at=digest.closes_at, link=manager_link_of(digest)),
        has_secret=True,
        expires_at=digest.closes_at,
    )


def reminder_words(
    people: Sequence[ManagerConfirmation], *, closes_at: datetime.datetime, link: str
) -> dict[str, object]:
    """What the reminder's text is written from."""
    return {"people": people, "number": len(people), "closes_at": closes_at, "link": link}


def tell_of_concern(concern: Concern, people: Iterable[Person], *, now: datetime.datetime) -> None:
    """To the duty people, at once; what was written is on the page alone."""
    for person in people:
        _about_concern("concern_raised", concern, person, key=concern.reference, now=now)


def tell_nobody_is_on_duty(concern: Concern, people: Iterable[Person], *, now: datetime.datetime) -> None:
    """To the coordinators, who may not read it but can find somebody who may."""
    for person in people:
        _about_concern("concern_nobody", concern, person, key=concern.reference, now=now)


def tell_concern_overdue(
    concern: Concern,
    duty: Iterable[Person],
    coordinators: Iterable[Person],
    *,
    now: datetime.datetime,
    day: datetime.date,
) -> None:
    """Once a day until somebody takes it."""
    key = f"{concern.reference}:{day.isoformat()}"
    for person in duty:
        _about_concern("concern_overdue", concern, person, key=key, now=now)
    for person in coordinators:
        _about_concern("concern_overdue_coordinator", concern, person, key=key, now=now)


def ask_to_agree(unsealing: Unsealing, people: Iterable[Person], *, now: datetime.datetime) -> None:
    for person in people:
        key = f"{unsealing.concern.reference}:{unsealing.pk}"
        _about_concern("unsealing_asked", unsealing.concern, person, key=key, now=now, unsealing=unsealing)


def _about_concern(
    message: str, concern: Concern, person: Person, *, key: str, now: datetime.datetime, **context: object
) -> None:
    post(
        f"evaluation.{message}",
        key=f"{key}:{person.reference}",
        to=recipient(person),
        now=now,
        context={
            "concern": concern,
            "event": concern.event,
            "title": concern.event.version.title,
            "page": absolute("evaluation:concern", concern.reference),
            **context,
        },
    )
