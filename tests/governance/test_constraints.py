"""PostgreSQL refuses, by name, what no code of ours should ever try."""

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_person
from tests.factories_programme import make_meeting
from training.governance.models import ActionPoint, AgendaItem, Recommendation, Review

pytestmark = pytest.mark.usefixtures("coordinator")
DAY = datetime.date(2027, 5, 14)
AT = datetime.datetime(2027, 5, 14, 9, tzinfo=datetime.UTC)


def refused(name: str, action: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        action()


def test_action_point_refuses() -> None:
    person = make_person()
    row = {"meeting": make_meeting(), "owner": person, "due_on": DAY, "made_at": AT, "made_by": person}
    refused("action_point_says_what", lambda: ActionPoint.objects.create(**row, what=""))
    name = "action_point_closes_with_who_when_and_outcome"
    for fields in (
        {"standing": "done"},
        {"closed_at": AT},
        {"closed_by": person},
        {"standing": "done", "closed_at": AT, "closed_by": person},
        {"standing": "gone", "outcome": "x", "closed_at": AT, "closed_by": person},
    ):
        refused(name, lambda fields=fields: ActionPoint.objects.create(**row, what="X", **fields))


def test_agenda_item_refuses() -> None:
    person = make_person()
    row = {"body": make_meeting().body, "put_by": person, "put_at": AT}
    for subject, asked in (("", "A"), ("S", "")):
        refused(
            "agenda_item_asks_something",
            lambda subject=subject, asked=asked: AgendaItem.objects.create(**row, subject=subject, asked=asked),
        )
    refused(
        "agenda_item_is_decided_or_withdrawn",
        lambda: AgendaItem.objects.create(**row, subject="S", asked="A", withdrawn_at=AT),
    )


def test_recommendation_refuses() -> None:
    review = Review.objects.create(title="M", kind="child", published_on=DAY)
    refused("review_has_a_title", lambda: Review.objects.create(title="", kind="child", published_on=DAY))
    one = Recommendation.objects.create(review=review, number=1, text="X")
    refused("recommendation_number_once", lambda: Recommendation.objects.create(review=review, number=1, text="Y"))
    refused("recommendation_says_something", lambda: Recommendation.objects.create(review=review, number=2, text=""))
    rows = Recommendation.objects.filter(pk=one.pk)
    for fields in ({"closed_on": DAY}, {"closed_on": DAY, "closed_by": make_person(), "what_was_seen": "Seen"}):
        refused("recommendation_closes_with_a_decision_and_what_was_seen", lambda fields=fields: rows.update(**fields))
