"""Facets and dates: each filter, the counts beside it, and what makes no sense in the address."""

import datetime

import pytest
from django.http import QueryDict

from tests.factories_catalogue import make_course, make_event, make_framework
from training.catalogue.finding.queries import FoundCourses, find_courses
from training.catalogue.finding.wanted import Choices, Wanted, as_query, read_wanted
from training.catalogue.models import Course, CourseLevel, CourseVersion, DeliveryMode, Remit
from training.governance.models import Priority
from training.people.models import Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(partnership: Partnership, now: datetime.datetime) -> None:
    """Five courses, with dates on the 1st and the 20th of June 2027 (London):

    A children, L1,    face to face 1 June (2 places left) and live online 20 June (full), neglect
    B children, L2–L3, live online 1 June (full), neglect and housing
    C adults,   L3, group B, face to face by habit, no date
    D joint,    no level, in one's own time, open
    E joint,    L3, group A–B, live online by habit, a date that is over and one that is a draft
    """
    neglect, housing = (Priority.objects.create(name=name) for name in ("Neglect", "Housing & homes"))
    june, later = datetime.date(2027, 6, 1), datetime.date(2027, 6, 20)
    online, room = DeliveryMode.VIRTUAL, DeliveryMode.FACE_TO_FACE
    a = make_course("Alpha", code="A", levels=["1"], priorities=[neglect])
    make_event(a, mode=room, days=[june], places_held=16, now=now)
    make_event(a, mode=online, days=[later], places_held=18, now=now)
    b = make_course("Beta", code="B", usual_mode=online, levels=["2-3"], priorities=[neglect, housing])
    make_event(b, mode=online, days=[june], places_held=18, now=now)
    make_course("Gamma", code="C", remit=Remit.ADULTS, levels=["3"])
    d = make_course("Delta", code="D", remit=Remit.JOINT, usual_mode=DeliveryMode.E_LEARNING)
    make_event(d, mode=DeliveryMode.E_LEARNING, now=now)
    e = make_course("Epsilon", code="E", remit=Remit.JOINT, usual_mode=online, levels=["3"])
    make_event(e, mode=room, days=[datetime.date(2027, 5, 3)], now=now)
    make_event(e, mode=room, days=[june], is_published=False, now=now)
    groups = make_framework("adults", ("A", "B", "C", "D"), name="Adults", prefix="")
    for code, lowest, highest in (("C", 2, 2), ("E", 1, 2)):
        version = CourseVersion.objects.get(course__code=code, is_current=True)
        CourseLevel.objects.create(version=version, framework=groups, lowest=lowest, highest=highest)


def wanted(address: str) -> tuple[Wanted, Choices]:
    choices = Choices.load()
    return read_wanted(QueryDict(address), choices), choices


def find(address: str, now: datetime.datetime) -> FoundCourses:
    return find_courses(*wanted(address), now=now)


def codes(found: FoundCourses) -> str:
    by_id = dict(Course.objects.values_list("pk", "code"))
    return "".join(by_id[pk] for pk in found.course_ids)


def counts(found: FoundCourses, label: str) -> dict[str, int | None]:
    facets = [facet for facet in found.facets if facet.label == label]
    return {option.label: option.count for facet in facets for option in facet.options}


# The address and the codes found, in order.
FOUND = {
    "sort=title": "ABDEC",
    "": "ABDEC",
    "sort=date&mode=virtual": "BAE",
    "mode=face_to_face&sort=title": "AC",
    "mode=face-to-face&sort=title": "AC",
    "mode=e_learning": "D",
    "mode=hybrid": "",
    "remit=children&sort=title": "AB",
    "remit=children&remit=adults&sort=title": "ABC",
    "level=3&sort=title": "BEC",
    "level=L3&sort=title": "BEC",
    "level=local:3&sort=title": "BEC",
    "level=local:1&level=local:2&sort=title": "AB",
    "level=1-2&sort=title": "AB",
    "level=B&sort=title": "EC",
    "level=adults:a&sort=title": "E",
    "level=local:3&level=adults:B&sort=title": "EC",
    "priority=neglect&sort=title": "AB",
    "priority=Housing+%26+homes": "B",
    "priority=housing-homes": "B",
    "from=2027-06-01&to=2027-06-01&sort=title": "AB",
    "from=2027-06-02&sort=title": "A",
    "to=2027-05-31": "",
    "from=20/06/2027&to=20.6.2027": "A",
    "places=1&sort=title": "AD",
    "places=1&mode=virtual": "",
    "places=1&from=2027-06-02": "",
    "from=2027-06-02&mode=face_to_face": "",
    "remit=children&level=3&priority=housing-homes&mode=virtual&from=2027-06-01": "B",
}


@pytest.mark.usefixtures("catalogue")
def test_filters(now: datetime.datetime) -> None:
    assert {address: codes(find(address, now)) for address in FOUND} == FOUND


@pytest.mark.usefixtures("catalogue")
def test_counts_without_filters(now: datetime.datetime) -> None:
    found = find("", now)

    assert counts(found, "How it is taught") == {"Face to face": 2, "Live online": 3, "In your own time": 1}
    assert counts(found, "Who it’s for") == {"Children": 2, "Adults": 1, "Children and adults": 2}
    assert counts(found, "Local levels") == {"L1": 1, "L2": 1, "L3": 3}
    assert counts(found, "Adults") == {"A": 1, "B": 2}
    assert counts(found, "Priorities") == {"Housing & homes": 1, "Neglect": 2}


@pytest.mark.usefixtures("catalogue")
def test_each_facet_is_counted_with_the_others_applied(now: datetime.datetime) -> None:
    found = find("mode=virtual&level=3", now)

    assert codes(found) == "BE"
    assert counts(found, "How it is taught") == {"Face to face": 1, "Live online": 2}  # of level 3: C; B, E
    assert counts(found, "Local levels") == {"L1": 1, "L2": 1, "L3": 2}  # of live online: A, B; E
    assert counts(found, "Who it’s for") == {"Children": 1, "Children and adults": 1}
    assert counts(found, "Adults") == {"A": 1, "B": 1}


@pytest.mark.usefixtures("catalogue")
def test_a_count_is_what_choosing_it_finds(now: datetime.datetime) -> None:
    for address in ("", "mode=virtual", "places=1", "remit=joint&level=adults:B"):
        for facet in find(address, now).facets:
            if facet.chosen:
                continue
            for option in facet.options:
                chosen = find(f"{address}&{facet.name}={option.value}", now)
                assert len(chosen.course_ids) == option.count, (address, option)


@pytest.mark.usefixtures("catalogue")
def test_a_chosen_filter_that_finds_nothing_stays_to_be_taken_away(now: datetime.datetime) -> None:
    found = find("mode=hybrid&remit=adults", now)

    assert counts(found, "How it is taught") == {"Face to face": 1, "In the room or live online": 0}
    assert found.without_filters == 5


NOTES = {
    "from=31/02/2027": "“31/02/2027” is not a date that we can search from, so it was left out.",
    "to=99999-01-01": "“99999-01-01” is not a date that we can search from, so it was left out.",
    "from=0001-01-01": "“0001-01-01” is not a date that we can search from, so it was left out.",
    "from=-5": "“-5” is not a date that we can search from, so it was left out.",
    "mode=telepathy": "We know no way of learning called “telepathy”, so that was left out.",
    "remit=<b>": "We know no remit called “<b>”, so that was left out.",
    "level=99": "There is no level called “99”, so that was left out.",
    "level=moon:3": "There is no level called “moon:3”, so that was left out.",
    "priority=%F0%9F%99%82": "There is no priority called “🙂”, so that was left out.",
    "places=many": "“many” is not a choice for “places left”, so that was left out.",
    "sort=price": "Courses cannot be sorted by “price”.",
    "from=2027-06-02&to=2027-06-01": "The second day is before the first, so they were swapped.",
}


def test_a_plain_level_is_the_local_frameworks_before_any_other(partnership: Partnership) -> None:
    make_framework("before", "12345678", prefix="Group ")
    make_framework("local")
    make_framework("after", "12345678", prefix="Group ")

    assert set(wanted("level=3")[0].chosen) == {"mode", "remit", "priority", "level:local"}
    assert wanted("level=Group+3")[0].chosen["level:before"] == {3}
    assert wanted("level=7-8")[0].chosen["level:before"] == {7, 8}


def test_what_makes_no_sense_is_told_in_a_sentence(partnership: Partnership) -> None:
    make_framework()

    assert {address: wanted(address)[0].notes for address in NOTES} == {a: (note,) for a, note in NOTES.items()}


@pytest.mark.usefixtures("catalogue")
def test_what_makes_sense_still_counts_beside_nonsense(now: datetime.datetime) -> None:
    found = find("mode=telepathy&mode=virtual&level=x&remit=children&from=never&page=-3&bogus=1&sort=title", now)

    assert codes(found) == "AB"


@pytest.mark.usefixtures("catalogue")
def test_the_address_of_a_search_says_the_same_again(now: datetime.datetime) -> None:
    asked, choices = wanted("q=+alpha++beta&level=L3&level=zzz&mode=face-to-face&from=1/6/2027&places=1&sort=title&x=1")

    again = as_query(asked, choices)

    assert again.urlencode() == ("q=alpha+beta&mode=face_to_face&level=local%3A3&from=2027-06-01&places=1&sort=title")
    assert as_query(read_wanted(again, choices), choices) == again


def test_a_repeated_parameter_is_read_twenty_times_at_most(partnership: Partnership) -> None:
    address = "&".join(f"mode={n}" for n in range(5000))

    assert len(wanted(address)[0].notes) == 20
