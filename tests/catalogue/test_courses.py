import datetime

import pytest

from tests.catalogue.making import SHAPE, correction
from tests.factories_catalogue import in_days, make_course, make_event, make_framework
from training.catalogue.actions.courses import (
    add_course,
    correct_course,
    publish_course,
    revise_outcomes,
    withdraw_course,
)
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Course, CourseVersion
from training.catalogue.plans import CourseText, Level
from training.people.models import User


def outcomes_of(version: CourseVersion) -> list[str]:
    return [outcome.text for outcome in version.outcomes.all()]


def test_add_course_writes_a_draft_with_its_first_version(coordinator: User, now: datetime.datetime) -> None:
    level = Level(make_framework(), 2, 3)

    version = add_course(
        code="bsp014",
        shape=SHAPE,
        text=CourseText(title="  Working   with neglect "),
        outcomes=["Recognise  neglect", "", "Know whom to tell"],
        levels=[level],
        by=coordinator,
        now=now,
    )

    assert (version.course.code, version.course.standing) == ("BSP014", "draft")
    assert (version.title, version.number, version.is_current) == ("Working with neglect", 1, True)
    assert outcomes_of(version) == ["Recognise neglect", "Know whom to tell"]
    assert [str(level) for level in version.levels.all()] == ["L2–3"]


def test_add_course_is_found_by_its_words(coordinator: User, now: datetime.datetime) -> None:
    version = add_course(
        code="A1", shape=SHAPE, text=CourseText(title="County lines"), outcomes=["Act"], by=coordinator, now=now
    )

    version.course.refresh_from_db()
    assert "county" in version.course.search_words


def test_add_course_refuses_a_code_that_is_taken_in_any_case(coordinator: User, now: datetime.datetime) -> None:
    make_course(code="BSP014")

    with pytest.raises(CatalogueError, match=r"There is already a course with the code BSP014."):
        add_course(code="bsp014", shape=SHAPE, text=CourseText(title="Other"), outcomes=[], by=coordinator, now=now)


def test_add_course_refuses_a_title_of_spaces(coordinator: User, now: datetime.datetime) -> None:
    with pytest.raises(CatalogueError, match=r"Enter a title."):
        add_course(code="A1", shape=SHAPE, text=CourseText(title="  "), outcomes=[], by=coordinator, now=now)

    assert Course.objects.count() == 0


def test_actions_on_courses_refuse_a_practitioner(
    coordinator: User, practitioner: User, now: datetime.datetime
) -> None:
    course = make_course()
    attempts = [
        lambda: add_course(code="A1", shape=SHAPE, text=CourseText(title="T"), outcomes=[], by=practitioner, now=now),
        lambda: correct_course(**correction(course), by=practitioner),
        lambda: revise_outcomes(**correction(course), moves_drafts=True, by=practitioner, now=now),
        lambda: publish_course(course=course, by=practitioner),
        lambda: withdraw_course(course=course, by=practitioner, now=now),
    ]

    for attempt in attempts:
        with pytest.raises(CatalogueError, match=r"Only a coordinator"):
            attempt()


def test_correct_course_rewords_in_place(coordinator: User) -> None:
    course = make_course("Neglct", outcomes=["Recognise neglct", "Tell"])
    event = make_event(course)

    version = correct_course(
        **correction(course, title="Neglect", outcomes=["Recognise neglect", "Tell"]), by=coordinator
    )

    assert event.version == version
    assert (version.number, version.title) == (1, "Neglect")
    assert outcomes_of(version) == ["Recognise neglect", "Tell"]


def test_correct_course_refuses_one_outcome_more(coordinator: User) -> None:
    course = make_course(outcomes=["One"])

    with pytest.raises(CatalogueError, match=r"makes a new version"):
        correct_course(**correction(course, outcomes=["One", "Two"]), by=coordinator)


def test_correct_course_refuses_the_second_of_two_editors(coordinator: User) -> None:
    course = make_course("First")
    both_opened = correction(course, title="Mine")
    correct_course(**correction(course, title="Theirs"), by=coordinator)

    with pytest.raises(StaleError) as refusal:
        correct_course(**both_opened, by=coordinator)

    assert refusal.value.revision == Course.objects.get().revision
    assert course.versions.get().title == "Theirs"


def test_revise_outcomes_leaves_open_dates_with_the_old_version(coordinator: User, now: datetime.datetime) -> None:
    course = make_course(outcomes=["Old"])
    opened, draft = make_event(course), make_event(course, is_published=False)

    version = revise_outcomes(**correction(course, outcomes=["New"]), moves_drafts=True, by=coordinator, now=now)

    opened.refresh_from_db()
    draft.refresh_from_db()
    assert (version.number, outcomes_of(version)) == (2, ["New"])
    assert outcomes_of(opened.version) == ["Old"]
    assert draft.version == version
    assert list(course.versions.filter(is_current=True)) == [version]


def test_revise_outcomes_may_leave_drafts(coordinator: User, now: datetime.datetime) -> None:
    course = make_course()
    draft = make_event(course, is_published=False)

    revise_outcomes(**correction(course, outcomes=["New"]), moves_drafts=False, by=coordinator, now=now)

    draft.refresh_from_db()
    assert draft.version.number == 1


def test_publish_course_refuses_a_course_without_outcomes(coordinator: User) -> None:
    course = make_course(outcomes=[], is_published=False)

    with pytest.raises(CatalogueError, match=r"Add at least one outcome"):
        publish_course(course=course, by=coordinator)


def test_publish_course_takes_a_briefing_without_outcomes(coordinator: User) -> None:
    course = make_course(outcomes=[], kind="briefing", is_published=False)

    assert publish_course(course=course, by=coordinator).standing == "published"


def test_publish_course_twice_changes_nothing(coordinator: User) -> None:
    course = make_course()

    again = publish_course(course=course, by=coordinator)

    assert again.revision == course.revision


def test_withdraw_course_refuses_with_the_dates_in_the_way(coordinator: User, now: datetime.datetime) -> None:
    course = make_course()
    day = in_days(4, now=now)
    make_event(course, reference="E7", places_held=6, days=[day], now=now)
    make_event(course, reference="E8", is_published=False)

    with pytest.raises(CatalogueError) as refusal:
        withdraw_course(course=course, by=coordinator, now=now)

    assert str(refusal.value) == (
        "1 date of this course can still be booked: E7 (Fri 14 May 2027, 6 people booked). Say what becomes of each."
    )


def test_withdraw_course_takes_it_out_of_the_catalogue(coordinator: User, now: datetime.datetime) -> None:
    course = make_course()

    withdraw_course(course=course, by=coordinator, now=now)
    withdraw_course(course=course, by=coordinator, now=now)

    assert Course.objects.get().standing == "withdrawn"
    assert list(Course.objects.in_catalogue()) == []
