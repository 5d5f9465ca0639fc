"""Managers who are asked about people of theirs, made by the real actions."""

import datetime
from typing import Any

from django.utils import timezone

from bookings.models import Booking
from evaluation.actions.asking_managers import ask_manager
from evaluation.links import manager_token_of
from evaluation.managers import people_of
from evaluation.models import Invitation, ManagerConfirmation, ManagerDigest, Stage
from tests.evaluation.making import DAY, book
from tests.factories_evaluation import make_attended, make_invitation, make_past_event
from training.catalogue.models import Event

HEAD = "head@elm.example"


def make_managed(*, manager_email: str = HEAD, days_ago: int = 70, **fields: Any) -> Booking:
    """Somebody who came and gave a manager; their "two months on" is due by now."""
    event = fields.pop("event", None) or make_past_event(days_ago=days_ago)
    booking = make_attended(event, manager_email=manager_email, manager_name="Ruth Adeyemi", **fields)
    make_invitation(booking, Stage.FOLLOW_UP)
    Invitation.objects.filter(booking=booking, stage=Stage.FOLLOW_UP).update(
        due_at=timezone.now() - datetime.timedelta(days=5)
    )
    return booking


def make_digest(number: int = 1, **fields: Any) -> ManagerDigest:
    """Asked today about so many people."""
    address = fields.get("manager_email", HEAD)
    for _ in range(number):
        make_managed(**fields)
    month = timezone.localdate().replace(day=1)
    assert ask_manager(manager_email=address, month=month, now=timezone.now())
    return ManagerDigest.objects.get(manager_email=address, month=month)


def make_confirmations(number: int = 1, **fields: Any) -> list[ManagerConfirmation]:
    return people_of(make_digest(number, **fields))


def address_of(digest: ManagerDigest) -> str:
    return f"/confirm/{manager_token_of(digest.reference)}/"


def given(row: ManagerConfirmation, state: str, example: str = "") -> dict[str, str]:
    """What a browser sends for one person."""
    return {f"state-{row.reference}": state, f"example-{row.reference}": example}


def confirmed(event: Event, *, is_open: bool = False, **states: int) -> None:
    """So many answers of each kind about people of this date, all of one manager who was asked a while ago."""
    number = sum(states.values())
    posted_at = timezone.now() - (5 if is_open else 60) * DAY
    digest = ManagerDigest.objects.create(
        manager_email=f"{event.reference}@elm.example",
        month=posted_at.date().replace(day=1),
        token_hash=event.reference,
        posted_at=posted_at,
        closes_at=posted_at + 28 * DAY,
    )
    bookings = iter(book(event, number))
    for state, many in states.items():
        for _ in range(many):
            on = None if state == "asked" else posted_at.date()
            ManagerConfirmation.objects.create(digest=digest, booking=next(bookings), state=state, answered_on=on)
