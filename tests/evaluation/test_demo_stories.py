"""The planted stories, in a small partnership: the whole demonstration is loaded once, in tests/demo_data."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.db.models import Avg
from django.utils import timezone

from evaluation.actions.asking import plan_asking
from evaluation.actions.posting import note_answered, post_due, remind_all
from evaluation.demo import load_demo
from evaluation.models import Answer, Concern, Invitation, Response, Stage
from tests.factories import make_agency, make_person, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, make_course, make_event
from tests.factories_evaluation import make_attended, make_duty, make_past_event
from training.demo.partnership.partnership import read_rows
from training.outbox.models import Message
from training.people.models import Person, Role


class SmallDemo:
    """As much of `training.config.parts.Demo` as this app's share needs."""

    password = ""

    def __init__(self, **cast: Person) -> None:
        self.now = timezone.now()
        self.today = timezone.localdate()
        self._cast, self._kept = cast, dict[str, Any]()

    def rng(self, part: str) -> Random:
        return Random(part)

    def rows(self, name: str) -> list[dict[str, str]]:
        return read_rows(name)

    def insert(self, _what: str, rows: Sequence[Any]) -> None:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)

    @contextmanager
    def step(self, _what: str) -> Iterator[Any]:
        yield lambda _number: None

    def person(self, part: str) -> Person:
        return self._cast[part]

    def keep(self, key: str, thing: Any) -> None:
        self._kept[key] = thing

    def kept(self, key: str) -> Any:
        return self._kept[key]


@pytest.fixture
def loaded(partnership: object) -> SmallDemo:
    make_duty("Dora Duty")
    agency = make_agency()
    coordinator, practitioner = any_coordinator().person, make_person(agency=agency)
    for days_ago, number in ((5, 14), (30, 12), (60, 10)):
        event = make_past_event(days_ago=days_ago, course=make_course())
        for _ in range(number):
            make_attended(event, agency=agency)
    make_attended(make_past_event(days_ago=5), practitioner)
    make_booking(make_event(), agency=agency)
    assert coordinator is not None
    chair = make_user(role=Role.PDL_MEMBER).person
    assert chair is not None
    demo = SmallDemo(coordinator=coordinator, practitioner=practitioner, pdl=chair)
    load_demo(demo)
    return demo


def test_clock_has_nothing_to_add_to_what_is_loaded(loaded: SmallDemo) -> None:
    """So that a fresh demonstration does not write thousands of messages in its first minutes."""
    assert (plan_asking(now=loaded.now), post_due(now=loaded.now), remind_all(now=loaded.now)) == (0, 0, 0)


def test_one_concern_is_raised_and_told(loaded: SmallDemo) -> None:
    assert "her partner hits her" in Concern.objects.get().text
    assert Message.objects.filter(kind="evaluation.concern_raised").count() == 1


def test_practitioner_has_something_to_answer(loaded: SmallDemo) -> None:
    hers = Invitation.objects.open(loaded.now).filter(booking__person=loaded.person("practitioner"))

    assert [one.stage for one in hers.filter(due_at__lte=loaded.now)] == ["end"]


def test_confidence_falls_after_the_course_of_the_story(loaded: SmallDemo) -> None:
    rows = Answer.objects.filter(response__event__version__course=loaded.kept("evaluation.falling_course"))
    means = {
        stage: rows.filter(response__stage=stage, question__code="outcome_now").aggregate(mean=Avg("rating"))["mean"]
        for stage in (Stage.BASELINE, Stage.END)
    }

    assert means[Stage.BASELINE] > means[Stage.END]


def test_every_response_has_a_spent_invitation_and_no_future_date(loaded: SmallDemo) -> None:
    note_answered(today=loaded.today + datetime.timedelta(days=1))  # the concern was raised by an answer of today
    spent = Invitation.objects.filter(is_spent=True).count()

    assert spent == Response.objects.count() > 0
    assert Response.objects.filter(on__gt=loaded.today).count() == 0
    assert Invitation.objects.filter(posted_at__gt=loaded.now + datetime.timedelta(minutes=5)).count() == 0
