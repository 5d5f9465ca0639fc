"""The interest list: asked once, told once, of a date that was opened after."""

import datetime

import pytest

from tests.factories import make_user
from tests.factories_catalogue import in_days, make_course, make_event
from training.catalogue.models import Course
from training.outbox.models import Message
from training.people.models import User
from training.programme.actions.demand import show_interest, take_interest_back, tell_interested
from training.programme.errors import ProgrammeError
from training.programme.models import DemandSignal

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def course(coordinator: User, now: datetime.datetime) -> Course:
    return make_course("Neglect", now=now)


def told() -> list[str]:
    return list(Message.objects.filter(kind="programme.date_opened").values_list("to_address", flat=True))


def test_told_once_of_the_date_that_opens(course: Course, now: datetime.datetime) -> None:
    user = make_user()
    show_interest(course=course, by=user, now=now - HOUR)
    event = make_event(course, days=[in_days(30, now=now)], now=now)

    assert [tell_interested(now=now), tell_interested(now=now)] == [1, 0]

    assert told() == [user.person.email]
    assert DemandSignal.objects.get().told_of == event
    assert str(event.starts_at.day) in Message.objects.get(kind="programme.date_opened").subject


def test_a_date_that_was_open_already_tells_nobody(course: Course, now: datetime.datetime) -> None:
    """Whoever asks has seen it and cannot come then."""
    make_event(course, days=[in_days(30, now=now)], now=now)
    show_interest(course=course, by=make_user(), now=now + HOUR)

    assert tell_interested(now=now + 2 * HOUR) == 0


def test_drafts_and_other_courses_tell_nobody(course: Course, now: datetime.datetime) -> None:
    show_interest(course=course, by=make_user(), now=now - HOUR)
    make_event(course, is_published=False, now=now)
    make_event(make_course(now=now), now=now)

    assert tell_interested(now=now) == 0


def test_twice_is_once_and_back_again(course: Course, now: datetime.datetime) -> None:
    user = make_user()
    first, again = (show_interest(course=course, by=user, now=now) for _ in range(2))
    for _ in range(2):
        take_interest_back(course=course, by=user, now=now)
    third = show_interest(course=course, by=user, now=now)

    assert first == again != third
    assert DemandSignal.objects.waiting().count() == 1


def test_a_withdrawn_course_has_no_list(course: Course, now: datetime.datetime) -> None:
    Course.objects.filter(pk=course.pk).update(standing="withdrawn")
    course.refresh_from_db()

    with pytest.raises(ProgrammeError, match="not offered"):
        show_interest(course=course, by=make_user(), now=now)
