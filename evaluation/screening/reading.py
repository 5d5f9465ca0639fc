"""Which comment a screener reads next, and whether they see which course it is about."""

import datetime
import uuid

from evaluation.models import Comment, Invitation, ManagerConfirmation
from training.people.models import User

ENOUGH = 5
_SCREENERS = uuid.UUID("5d1f9a1e-6a0b-4f6e-9b1c-0d8a4f2f7c11")


def shows_event(comment: Comment, now: datetime.datetime) -> bool:
    """Whether its event may be seen: five people wrote something in this form, or its time is over.

    Before that the first words to come in would say who wrote them.
    """
    if comment.origin == Comment.Origin.MANAGER:
        return _shows_example(comment, now)
    event, stage = comment.about, comment.asked_at
    writers = Comment.objects.filter(response__event=event, response__stage=stage).values("response").distinct()
    if writers.count() >= ENOUGH:
        return True
    asked = Invitation.objects.filter(booking__event=event, stage=stage)
    return not asked.filter(closes_at__gt=now).exists()


def _shows_example(comment: Comment, now: datetime.datetime) -> bool:
    """Of a manager: five examples about that date are in, or no manager can write another."""
    examples = Comment.objects.filter(origin=Comment.Origin.MANAGER, event=comment.event_id)
    if examples.count() >= ENOUGH:
        return True
    asked = ManagerConfirmation.objects.filter(booking__event=comment.event_id, digest__closes_at__gt=now)
    return not asked.exists()


def next_to_screen(user: User, after: uuid.UUID | None = None) -> Comment | None:
    """The next by random id, round in a circle; two screeners start at different places."""
    start = after or uuid.uuid5(_SCREENERS, str(user.pk))
    waiting = Comment.objects.to_screen().order_by("pk")
    return waiting.filter(pk__gt=start).first() or waiting.exclude(pk=start).first()
