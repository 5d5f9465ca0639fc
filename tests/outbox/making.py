"""Messages for tests, written by the real `post_ready`."""

import datetime
import itertools
from typing import Any

import pytest
from django.db import transaction

from training.outbox.models import Message
from training.outbox.posting import Recipient, post_ready

NOW = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC)
# With real commits; the outbox alone is installed meanwhile, so that only its two tables are emptied after each test.
COMMITTED = pytest.mark.django_db(transaction=True, available_apps=["training.outbox"])
_numbers = itertools.count(1)


def make_message(*, address: str = "ada@bankside.example", name: str = "Ada Obi", **fields: Any) -> Message:
    """Due since NOW."""
    defaults = {"key": str(next(_numbers)), "now": NOW, "subject": "Your place", "text": "You have a place.\n"}
    with transaction.atomic():
        return post_ready("trial.note", to=Recipient(address, name), **{**defaults, **fields})


def minutes(number: float) -> datetime.timedelta:
    return datetime.timedelta(minutes=number)


def outcomes(message: Message) -> list[str]:
    return [attempt.outcome for attempt in message.attempts.all()]
