"""The guidance that courses go by, and the reviews of what they teach."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_person, make_user
from tests.factories_catalogue import any_coordinator, make_course, make_trainer
from tests.people.making import make_lead
from training.catalogue.actions.care import Edition, add_guidance, care_of, look_after, record_review
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Course, CourseCare, CourseReview, Guidance
from training.catalogue.parts import move_person, todos
from training.people.models import Role

TODAY = datetime.date(2027, 5, 10)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def course(coordinator: object) -> Course:
    return make_course("Neglect", code="NEG")


def kcsie(now: datetime.datetime, edition: str = "2026", **fields: Any) -> tuple[Guidance, list[Course]]:
    return add_guidance(
        edition=Edition("Keeping children safe", edition, datetime.date(2026, 9, 1)),
        now=now,
        **{"by": any_coordinator(), **fields},
    )


def cite(course: Course, *guidance: Guidance, due: datetime.date | None = None) -> None:
    care = care_of(course)
    look_after(
        course=course,
        owner=care.owner,
        guidance=guidance,
        review_due_on=due,
        revision=care.revision,
        by=any_coordinator(),
    )


def review(course: Course, now: datetime.datetime, **fields: Any) -> CourseReview:
    given = {
        "on": TODAY, "who": "Dana Whitlock", "outcome": "unchanged", "note": "", "next_due_on": TODAY + 365 * DAY,
        "submission": None, "by": any_coordinator(),
    }  # fmt: skip
    return record_review(course=course, now=now, **{**given, **fields})


def test_a_newer_edition_makes_every_course_concerned_due(course: Course, now: datetime.datetime) -> None:
    other, gone, sooner = make_course(code="OTH"), make_course(code="GONE"), make_course(code="SOON")
    old, _ = kcsie(now)
    for one in (course, gone):
        cite(one, old)
    cite(sooner, old, due=TODAY + DAY)
    Course.objects.filter(pk=gone.pk).update(standing="withdrawn")

    new, concerned = kcsie(now, "2027", instead_of=old, review_by=TODAY + 30 * DAY)
    again = kcsie(now, "2027", instead_of=Guidance.objects.get(pk=old.pk), review_by=TODAY + 30 * DAY)

    assert [one.code for one in concerned] == ["NEG", "SOON"]
    assert again == (new, [])
    assert {one.code: care_of(one).review_due_on for one in (course, sooner, other, gone)} == {
        "NEG": TODAY + 30 * DAY,
        "SOON": TODAY + DAY,
        "OTH": None,
        "GONE": None,
    }
    assert list(care_of(course).guidance.order_by("edition")) == [old, new]
    assert care_of(course).why_due.startswith("Keeping children safe (2027) took the place of")


def test_add_guidance_refuses_what_is_replaced_and_what_has_no_day(now: datetime.datetime, coordinator: object) -> None:
    old, _ = kcsie(now)
    with pytest.raises(CatalogueError, match="Enter a day to come"):
        kcsie(now, "2027", instead_of=old)
    kcsie(now, "2027", instead_of=old, review_by=TODAY + DAY)

    with pytest.raises(CatalogueError, match="has been replaced already"):
        kcsie(now, "2028", instead_of=old, review_by=TODAY + DAY)
    with pytest.raises(CatalogueError, match="There is Keeping children safe"):
        kcsie(now, "2026", instead_of=Guidance.objects.get(edition="2027"), review_by=TODAY + DAY)


def test_record_review_sets_the_next_day_once(course: Course, now: datetime.datetime) -> None:
    form = uuid.uuid4()
    first = review(course, now, submission=form)

    again = review(course, now, submission=form, who="Somebody else")

    assert (again.pk, again.version.number, CourseReview.objects.count()) == (first.pk, 1, 1)
    assert (care_of(course).review_due_on, care_of(course).why_due) == (TODAY + 365 * DAY, "")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"who": " "}, "Enter who looked at it"),
        ({"on": TODAY + DAY}, "not in the future"),
        ({"next_due_on": TODAY}, "Enter a day to come"),
        ({"outcome": "changed", "note": " "}, "Enter what was changed"),
    ],
)
def test_record_review_refuses(course: Course, now: datetime.datetime, fields: Any, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        review(course, now, **fields)


def test_look_after_tells_the_second_of_two(course: Course, now: datetime.datetime) -> None:
    cite(course)

    with pytest.raises(StaleError):
        look_after(course=course, owner=None, guidance=[], review_due_on=None, revision=1, by=any_coordinator())


def test_care_is_the_coordinators(course: Course, now: datetime.datetime) -> None:
    other = make_user(role=Role.TRAINER)

    for action in (
        lambda: review(course, now, by=other),
        lambda: kcsie(now, by=other),
        lambda: look_after(course=course, owner=None, guidance=[], review_due_on=None, revision=1, by=other),
    ):
        with pytest.raises(CatalogueError, match="Only a coordinator"):
            action()


def test_todos_say_what_is_to_be_looked_at(course: Course, now: datetime.datetime) -> None:
    cite(course, due=TODAY - DAY)
    cite(make_course(), due=TODAY + 20 * DAY)
    cite(make_course(), due=TODAY + 90 * DAY)

    assert "Look at the content of 2 courses: 1 overdue." in [row.sentence for row in todos(any_coordinator(), now)]


def test_joining_two_records_moves_who_answers(course: Course, now: datetime.datetime) -> None:
    one, two = make_person(), make_person()
    look_after(course=course, owner=one, guidance=[], review_due_on=None, revision=1, by=any_coordinator())

    move_person(one, two, by=any_coordinator(), now=now)

    assert care_of(course).owner == two


def test_postgresql_refuses_half_a_truth(course: Course, now: datetime.datetime) -> None:
    old, _ = kcsie(now)
    kept = review(course, now)
    rows = Guidance.objects.filter(pk=old.pk)
    reviews = CourseReview.objects.filter(pk=kept.pk)
    refused = {
        "guidance_edition_once": lambda: Guidance.objects.create(title=old.title, edition="2026", issued_on=TODAY),
        "guidance_has_title_and_edition": lambda: rows.update(edition=""),
        "guidance_superseded_by_another_on_a_day": lambda: rows.update(superseded_on=TODAY),
        "course_review_says_who": lambda: reviews.update(who=""),
        "course_review_says_what_changed": lambda: reviews.update(outcome="changed"),
        "course_review_next_is_later": lambda: reviews.update(next_due_on=TODAY),
    }
    for name, write in refused.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()
    with pytest.raises(IntegrityError, match="superseded_by_another"), transaction.atomic():
        rows.update(superseded_on=TODAY, superseded_by=old)


def test_pages_save_and_keep_what_was_typed(course: Course, client_of: ClientOf) -> None:
    desk, url = client_of(any_coordinator()), "/desk/courses/NEG/content/"
    dana = make_trainer("Dana Whitlock")
    added = {
        "title": "KCSIE",
        "edition": "2026",
        "issued_on_day": "1",
        "issued_on_month": "9",
        "issued_on_year": "2026",
    }

    for _ in range(2):
        assert desk.post("/desk/guidance/", added).status_code == 302
    reference = Guidance.objects.get().reference
    first = {"do": "care", "owner": dana.reference, "guidance": [reference], "revision": "1", "seen": "{}"}
    saved = desk.post(url, first)
    stale = desk.post(url, {**first, "owner": ""})
    reviewed = desk.post(url, {"do": "review", "review-who": "Dana", "review-outcome": "else"})

    assert (saved.status_code, care_of(course).owner) == (302, dana)
    assert "Somebody else changed this course" in stale.content.decode()
    assert "Who answers for it: was empty, is now “Dana Whitlock”." in stale.content.decode()
    assert "outcome" in reviewed.context["reviewing"].errors
    look_after(
        course=course,
        owner=dana,
        guidance=[],
        review_due_on=timezone.localdate() - DAY,
        revision=2,
        by=any_coordinator(),
    )
    listed = desk.get("/desk/guidance/").content.decode()
    assert ("Neglect</a> (NEG)" in listed, "Overdue" in listed) == (True, True)


def test_pages_are_closed_to_others(course: Course, client: Client, client_of: ClientOf) -> None:
    lead = client_of(make_lead())

    for path in ("/desk/guidance/", "/desk/courses/NEG/content/"):
        assert (lead.post(path).status_code, client.post(path).status_code) == (403, 302)


def test_whoever_answers_for_a_course_has_it_to_do_once_guidance_is_replaced(
    course: Course, now: datetime.datetime
) -> None:
    owner = make_user(role=Role.EXPERT)
    old, _ = kcsie(now)
    cite(course, old)
    CourseCare.objects.filter(course=course).update(owner=owner.person)
    assert todos(owner, now) == []

    kcsie(now, "2027", instead_of=old, review_by=now.date() + datetime.timedelta(days=20))

    (todo,) = todos(owner, now)
    assert "which you answer for" in todo.sentence
    assert "took the place of" in todo.sentence
    assert todo.url == f"/courses/{course.code}/"
    assert todos(make_user(role=Role.EXPERT), now) == []
