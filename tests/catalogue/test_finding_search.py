"""Words: spelling, synonyms, beginnings, what is offered when nothing fits."""

import datetime

import pytest
from django.http import QueryDict

from tests.factories_catalogue import make_course
from training.catalogue.finding.indexing import index_courses
from training.catalogue.finding.queries import FoundCourses, courses_like, find_courses
from training.catalogue.finding.synonyms import STANDING, load_standing_synonyms
from training.catalogue.finding.wanted import Choices, read_wanted
from training.catalogue.models import Course, CourseVersion, Synonym
from training.governance.models import Priority
from training.people.models import Partnership

pytestmark = pytest.mark.django_db

TITLES = {
    "ABUSE": ("Domestic abuse and its impact on children", ["Recognise coercive control", "Plan for safety"]),
    "NEGLECT": ("Neglect: recognition and the graded care profile", ["Identify harm early"]),
    "LEAD": ("Designated safeguarding lead: induction", ["Keep records and transfer files"]),
    "LADO": ("Managing allegations and the LADO", ["Know when to consult the designated officer"]),
    "EXPLOIT": ("Child sexual and criminal exploitation", ["Spot grooming"]),
    "SELF-1": ("Mental Capacity Act and self-neglect", ["Assess capacity for a decision"]),
    "PREVENT": ("Prevent awareness", ["Notice signs of radicalisation"]),
}


@pytest.fixture
def catalogue(partnership: Partnership) -> None:
    load_standing_synonyms()
    for code, (title, outcomes) in TITLES.items():
        make_course(title, code=code, outcomes=outcomes, audience="Practitioners")


def search(text: str, now: datetime.datetime) -> FoundCourses:
    choices = Choices.load()
    query = QueryDict(mutable=True)
    query["q"] = text
    return find_courses(read_wanted(query, choices), choices, now=now)


def codes(course_ids: object) -> list[str]:
    by_id = dict(Course.objects.values_list("pk", "code"))
    return [by_id[pk] for pk in course_ids]  # type: ignore[attr-defined]


FOUND = {
    "DV": ["ABUSE"],
    "dv training": ["ABUSE"],
    "domestic violence": ["ABUSE"],
    "DSL": ["LEAD"],
    "DSLs": ["LEAD"],
    "the DSL’s": ["LEAD"],
    "LADO": ["LADO"],
    "CSE": ["EXPLOIT"],
    "CCE": ["EXPLOIT"],
    "county lines": ["EXPLOIT"],
    "exploitation of children": ["EXPLOIT"],
    "neglect tool": ["NEGLECT"],
    "GCP2": ["NEGLECT"],
    "MCA": ["SELF-1"],
    "DoLS": ["SELF-1"],
    "extremism": ["PREVENT"],
    "self-1": ["SELF-1"],
    "lado": ["LADO"],
    "domestic abus": ["ABUSE"],
    "domes": ["ABUSE"],
    "recognising control": ["ABUSE"],
}
# What is typed: what it is taken for, and the first course found.
MENDED = {
    "saftey": ("safety", "ABUSE"),
    "neglet": ("neglect", "NEGLECT"),
    "safegaurding": ("safeguarding", "LEAD"),
    "domestik abbuse": ("domestic abuse", "ABUSE"),
    "explotation": ("exploitation", "EXPLOIT"),
    "neglect xylophone": ("neglect", "NEGLECT"),
    "laddo": ("lado", "LADO"),
}


@pytest.mark.usefixtures("catalogue")
def test_search_finds_what_is_meant(now: datetime.datetime) -> None:
    answers = {text: search(text, now) for text in FOUND}

    assert {text: codes(answer.course_ids) for text, answer in answers.items()} == FOUND
    assert [text for text, answer in answers.items() if answer.understood.is_mended] == []


@pytest.mark.usefixtures("catalogue")
def test_search_forgives_spelling_and_says_so(now: datetime.datetime) -> None:
    answers = {text: search(text, now) for text in MENDED}

    assert {t: (a.understood.meant, codes(a.course_ids)[0]) for t, a in answers.items()} == MENDED
    assert [text for text, answer in answers.items() if not answer.understood.is_mended] == []


@pytest.mark.usefixtures("catalogue")
def test_search_puts_the_title_that_begins_so_first(now: datetime.datetime) -> None:
    assert codes(search("neglect", now).course_ids) == ["NEGLECT", "SELF-1"]


def test_search_puts_words_in_the_title_before_words_below_it(partnership: Partnership, now: datetime.datetime) -> None:
    make_course("A checklist", code="AIM", aims="About homelessness.", outcomes=["Act early"])
    make_course("Children and homelessness", code="TITLE", outcomes=["Act early"])
    make_course("Before all", code="OUTCOME", outcomes=["Prevent homelessness"])

    assert codes(search("homelessness", now).course_ids) == ["TITLE", "OUTCOME", "AIM"]


@pytest.mark.usefixtures("catalogue")
def test_search_without_a_word_shows_everything(now: datetime.datetime) -> None:
    assert len(search(":*&|!", now).course_ids) == len(TITLES)


@pytest.mark.usefixtures("catalogue")
def test_search_that_finds_nothing_offers_the_nearest(now: datetime.datetime) -> None:
    answer = search("capacity exploitation", now)

    assert answer.course_ids == []
    assert sorted(codes(answer.nearest_ids)) == ["EXPLOIT", "SELF-1"]


@pytest.mark.usefixtures("catalogue")
def test_search_for_something_else_altogether_offers_any_course(now: datetime.datetime) -> None:
    answer = search("xylophone", now)

    assert answer.course_ids == []
    assert len(answer.nearest_ids) == 5
    assert answer.without_filters == 0


@pytest.mark.usefixtures("catalogue")
def test_a_synonym_that_a_coordinator_writes_counts_at_once(now: datetime.datetime) -> None:
    Synonym.objects.create(term="paperwork", meaning="records")

    assert codes(search("paperwork", now).course_ids) == ["LEAD"]


@pytest.mark.usefixtures("catalogue")
def test_only_published_courses_are_found_or_mended_to(now: datetime.datetime) -> None:
    Course.objects.filter(code="NEGLECT").update(standing=Course.Standing.WITHDRAWN)
    Course.objects.filter(code="SELF-1").update(standing=Course.Standing.DRAFT)

    answer = search("neglet", now)

    assert answer.course_ids == []
    assert "NEGLECT" not in codes(answer.nearest_ids)


@pytest.mark.usefixtures("catalogue")
def test_courses_like_leaves_out_the_course_itself(now: datetime.datetime) -> None:
    lado = Course.objects.get(code="LEAD")

    assert codes(courses_like("Designated safeguarding lead", besides=lado.pk, now=now)) == ["LADO"]


def test_index_courses_reads_the_current_version_and_the_priorities(
    partnership: Partnership, now: datetime.datetime
) -> None:
    course = make_course("Something else", code="ONE")
    course.priorities.add(Priority.objects.create(name="Homelessness"))
    CourseVersion.objects.filter(course=course).update(title="Bruising in babies")

    assert index_courses([course.pk]) == 1

    assert codes(search("bruise baby", now).course_ids) == ["ONE"]
    assert codes(search("homeless", now).course_ids) == ["ONE"]
    assert search("something", now).course_ids == []


def test_index_courses_twice_changes_nothing(partnership: Partnership) -> None:
    course, other = make_course(), make_course()
    Course.objects.update(search=None, search_words="")

    assert index_courses([course.pk]) == 1
    assert index_courses() == 1
    assert index_courses() == 0
    other.refresh_from_db()
    assert "neglect" in other.search_words.split()


def test_index_courses_of_none_does_nothing(partnership: Partnership) -> None:
    Course.objects.filter(pk=make_course().pk).update(search=None)

    assert index_courses([]) == 0


def test_the_standing_synonyms_are_added_once(db: None) -> None:
    Synonym.objects.all().delete()
    Synonym.objects.create(term="dv", meaning="Domestic abuse")
    rows = len(STANDING.read_text(encoding="utf-8").splitlines()) - 1

    assert load_standing_synonyms() == rows - 1
    assert load_standing_synonyms() == 0
