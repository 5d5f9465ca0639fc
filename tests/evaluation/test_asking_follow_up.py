"""Two months on: which day, in term, at most once a month."""

import datetime

import pytest
from django.utils import timezone

from evaluation.actions.asking import plan_asking
from evaluation.actions.posting import post_invitation
from evaluation.models import Invitation, Stage
from evaluation.timing import follow_up_day
from tests.factories import make_agency, make_person
from tests.factories_evaluation import (
    DAY,
    HOUR,
    make_attended,
    make_invitation,
    make_past_event,
)
from training.outbox.models import Message
from training.web.school_holidays import is_school_holiday
from training.web.when import london_day
from training.web.working_days import is_working_day

pytestmark = pytest.mark.usefixtures("partnership")


def asked_by_message() -> list[str]:
    kinds = Message.objects.filter(kind__startswith="evaluation.ask_").order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("evaluation.ask_") for kind in kinds]


def test_follow_up_is_six_to_eight_weeks_on() -> None:
    ended = datetime.date(2026, 9, 8)

    day = follow_up_day(ended)

    assert day is not None
    assert 42 <= (day - ended).days <= 56


@pytest.mark.parametrize("days", range(0, 366, 9))
def test_follow_up_is_never_on_a_holiday(days: int) -> None:
    day = follow_up_day(datetime.date(2026, 4, 1) + DAY * days)

    assert day is not None
    assert is_working_day(day)
    assert not is_school_holiday(day)


def test_follow_up_waits_for_the_end_of_the_summer() -> None:
    assert follow_up_day(datetime.date(2026, 6, 10)) == datetime.date(2026, 9, 1)


def test_follow_up_leaves_a_month_to_another() -> None:
    ended = datetime.date(2026, 9, 8)
    first = follow_up_day(ended)
    assert first is not None

    second = follow_up_day(ended, [first])

    assert second is not None
    assert (second - first).days >= 30


def test_follow_up_is_left_out_when_no_day_is_free() -> None:
    ended = datetime.date(2026, 9, 8)

    assert follow_up_day(ended, [ended + DAY * number for number in (40, 60, 80)]) is None


def test_person_on_two_courses_is_not_asked_twice_in_a_month() -> None:
    person = make_person(agency=make_agency())
    for days_ago in (3, 2):
        make_attended(make_past_event(days_ago=days_ago), person)

    plan_asking(now=timezone.now())

    days = sorted(london_day(one.due_at) for one in Invitation.objects.filter(stage=Stage.FOLLOW_UP))
    assert len(days) == 2
    assert (days[1] - days[0]).days >= 30


def test_follow_up_is_posted_when_due_and_not_before() -> None:
    invitation = make_invitation(make_attended(), Stage.FOLLOW_UP)

    assert post_invitation(invitation_pk=invitation.pk, now=invitation.due_at - HOUR) is False
    assert post_invitation(invitation_pk=invitation.pk, now=invitation.due_at) is True
    assert post_invitation(invitation_pk=invitation.pk, now=invitation.due_at) is False
    assert asked_by_message() == ["follow_up"]
