"""Concerns: which words raise one, who is told at once, and who when it is overdue."""

import datetime

import pytest
from django.urls import reverse

from evaluation.actions.chasing import chase_concerns
from evaluation.actions.concerns import (
    raise_concern,
    take_concern,
)
from evaluation.concern_words import may_be_a_concern
from evaluation.models import Concern
from tests.conftest import ClientOf
from tests.factories import grant_directly, make_user
from tests.factories_catalogue import any_coordinator, make_teaching, make_trainer
from tests.factories_evaluation import make_attended, make_concern, make_duty, make_past_event
from training.outbox.models import Message
from training.people.models import Role
from training.web.when import in_london

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


SECRET = "Her brother hits her and I told nobody."


def page(name: str, concern: Concern) -> str:
    return reverse(f"evaluation:{name}", args=[concern.reference])


def told(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"evaluation.{kind}").values_list("to_name", flat=True))


def london(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    """In November 2030, whose fourth is a Monday: those on duty today are so then."""
    return in_london(datetime.date(2030, 11, day), datetime.time(hour, minute))


def raised_on_monday() -> Concern:
    return raise_concern(booking=make_attended(), texts=[SECRET], found="ticked", now=london(4, 10))


# --- The words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        "She disclosed to me that",
        "is this DISCLOSURE?",
        "he talked of suicide",
        "self-harm",
        "self   harming",
        "self‑harm",
        "A child is at risk now",
        "I want to kill\nmyself",
        "hurt by, she said,",
        "he hits\u00a0her",
    ],
)
def test_words_that_look_like_it(text: str) -> None:
    assert may_be_a_concern(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The lift was slow.",
        "suicidology",
        "It hits home",
        "No risk assessment form was given",
        "\u202e",
        "x" * 20000,
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not may_be_a_concern(text)


# --- Raised ------------------------------------------------------------------------------------


def test_all_duty_people_are_told_at_once_without_the_text() -> None:
    names = [make_duty(name).person for name in ("Dora Duty", "Dan Duty")]
    any_coordinator()

    make_concern(text=SECRET)

    assert len(names) == 2
    assert told("concern_raised") == ["Dan Duty", "Dora Duty"]
    assert told("concern_nobody") == []
    assert [SECRET in message.text + message.html for message in Message.objects.all()].count(True) == 0


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        ((4, 10), (5, 10)),
        ((8, 22), (11, 17)),  # Friday at night: Monday's hours
        ((9, 12), (11, 17)),
        ((8, 16), (11, 16)),
    ],
)
def test_clock_is_one_working_day(raised: tuple[int, int], due: tuple[int, int]) -> None:
    booking = make_attended()

    concern = raise_concern(booking=booking, texts=["x"], found="ticked", now=london(*raised))

    assert concern.due_at == london(*due)


def test_trainer_of_that_date_is_not_told_though_on_duty(client_of: ClientOf) -> None:
    event = make_past_event()
    teaches = make_trainer()
    make_teaching(event, teaches)
    grant_directly(teaches, Role.DUTY)
    trainer, other = make_user(teaches), make_duty("Dora Duty")

    concern = make_concern(make_attended(event))

    assert told("concern_raised") == ["Dora Duty"]
    assert client_of(trainer).get(page("concern", concern)).status_code == 404
    assert client_of(other).get(page("concern", concern)).status_code == 200


def test_nobody_on_duty_tells_the_coordinators() -> None:
    coordinator = any_coordinator()

    make_concern(text=SECRET)

    assert coordinator.person is not None
    assert told("concern_nobody") == [coordinator.person.name]


# --- Overdue -----------------------------------------------------------------------------------


def test_overdue_reminds_duty_people_and_tells_coordinators_without_the_text() -> None:
    make_duty("Dora Duty")
    coordinator = any_coordinator()
    raised_on_monday()

    made = [chase_concerns(now=london(5, hour)) for hour in (9, 11, 12)]

    assert coordinator.person is not None
    assert made == [0, 1, 0]
    assert told("concern_overdue") == ["Dora Duty"]
    assert told("concern_overdue_coordinator") == [coordinator.person.name]
    assert [SECRET in message.text for message in Message.objects.all()].count(True) == 0


def test_overdue_is_chased_each_working_day_until_it_is_taken() -> None:
    duty = make_duty()
    concern = raised_on_monday()

    made = [chase_concerns(now=london(day, 12)) for day in (7, 8, 9, 10, 11)]
    take_concern(concern=concern, by=duty, now=london(11, 13))

    assert made == [1, 1, 0, 0, 1]
    assert chase_concerns(now=london(12, 12)) == 0
