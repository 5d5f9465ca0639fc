"""Courses, venues, providers, contracts, trainers: the other lists of a week to switch."""

import pytest

from providers.models import Contract, Engagement, Provider
from providers.terms import time_of
from tests.factories_catalogue import make_event, make_trainer
from tests.imports.reading import DATA, counted, own_files, said, take
from training.catalogue.models import Course, CourseLevel, CourseVersion, Venue
from training.governance.models import Priority
from training.people.models import User
from training.web.tables import TableError

COURSES = "code,title,level,groups,mode,remit,hours,refresher_months,priority,lot,learning_outcomes\n"
ONE = "BSP1,Neglect,L3,2-3,face-to-face,children,6,36,Neglect,1,Identify neglect | Use the profile\n"


def test_own_lists_and_the_same_again(by: User) -> None:
    own_files(by)

    assert Venue.objects.count() == 7
    assert Course.objects.filter(standing="published").count() == 32
    assert Provider.objects.count() == 18
    assert set(Priority.objects.values_list("name", flat=True)) == {
        *("Neglect", "Domestic abuse", "Complex safeguarding", "Mental health")
    }
    assert str(time_of(Contract.objects.get(reference="BSP-2020-1")).last_possible_on) == "2025-03-31"
    for name, number in (("venues", 7), ("courses", 32), ("providers", 18), ("contracts", 4)):
        assert counted(take(DATA / f"{name}.csv", by)) == [{"unchanged": number}]


def test_a_course_stands_on_the_frameworks_of_its_columns(by: User) -> None:
    take(COURSES + ONE + ONE.replace("BSP1", "BSP2").replace("2-3", "B-C"), by)

    levels = CourseLevel.objects.order_by("version__course__code", "framework__code")
    assert [f"{level.version.course} {level.framework.code} {level}" for level in levels] == [
        "BSP1 groups Group 2–3",
        "BSP1 local L3",
        "BSP2 adult-groups Group B–C",
        "BSP2 local L3",
    ]


def test_a_reworded_outcome_stays_a_version_and_another_one_makes_one(by: User) -> None:
    take(COURSES + ONE, by)
    make_event(Course.objects.get(), is_published=False)

    take(COURSES + ONE.replace("Use the profile", "Use the care profile"), by)
    assert CourseVersion.objects.count() == 1
    outcome = take(COURSES + ONE.replace("profile\n", "profile | Plan\n"), by)

    assert [str(change) for change in outcome.plans[0].lines[0].changes] == [
        "Learning outcomes: Identify neglect | Use the care profile → Identify neglect | Use the profile | Plan"
    ]
    assert list(CourseVersion.objects.order_by("number").values_list("number", "is_current")) == [(1, False), (2, True)]


def test_an_empty_cell_keeps_what_muster_holds(by: User) -> None:
    take(COURSES + ONE, by)

    outcome = take(COURSES + "BSP1,Neglect,,,face-to-face,children,,,,,Identify neglect | Use the profile\n", by)

    assert counted(outcome) == [{"unchanged": 1}]


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("L3", "L9", "level: found “L9”, expected a local level, such as L3 or L2-3."),
        ("2-3", "A-9", "groups: found “A-9”, expected groups 1 to 8 or A to D, such as 2-3 or B-C."),
        ("children", "cats", "remit: found “cats”, expected children, adults or joint; the nearest: “adults”."),
        (",6,", ",many,", "hours: found “many”, expected a number from 0.25 to 500."),
        (",36,", ",-1,", "refresher_months: found “-1”, expected a whole number from 1 to 240."),
        ("Neglect,L3", ",L3", "title: found nothing, expected something: it cannot be empty."),
        ("BSP1", "../..", "code: found “../..”, expected letters, digits and dashes, like BSP001."),
        ("Neglect,L3", "=1+1,L3", "title: found “=1+1”, expected words, not a formula."),
    ],
)
def test_what_a_course_must_not_say(by: User, was: str, becomes: str, problem: str) -> None:
    assert said(take(COURSES + ONE.replace(was, becomes, 1), by))[0] == f"Row 2, {problem}"
    assert not Course.objects.exists()


def test_trainers_work_for_providers(by: User) -> None:
    own_files(by)
    make_trainer("Dana Whitlock")
    text = "name,works_for\nDana Whitlock,Beacon Safeguarding Training CIC\n"

    assert counted(take(text, by)) == [{"changed": 1}]
    assert Engagement.objects.get().provider.name == "Beacon Safeguarding Training CIC"
    assert counted(take(text, by)) == [{"unchanged": 1}]
    assert said(take("name,works_for\nA,Bacon Safeguarding\n", by)) == [
        "Row 2, works_for: found “Bacon Safeguarding”, expected a provider or an organisation that Muster knows;"
        " the nearest: “Beacon Safeguarding Training CIC” and “Signal Safeguarding Ltd”."
    ]


def test_the_time_of_a_contract_is_not_changed_by_a_list(by: User) -> None:
    own_files(by)
    text = (DATA / "contracts.csv").read_text().replace("2020-04-01,36,12+12,96000", "2021-04-01,36,24,95000")

    assert said(take(text, by)) == [
        "Row 2, start: found “2021-04-01”, expected 01/04/2020, as Muster has it.",
        "Row 2, initial_months: found “36”, expected 36 + 12 + 12 months with its options, as Muster has it.",
    ]


def test_columns_missing_and_columns_nobody_reads(by: User) -> None:
    with pytest.raises(TableError, match="These columns are missing: learning outcomes, remit"):
        take("code,title,mode\nA,B,virtual\n", by)
    with pytest.raises(TableError, match="none of the lists read here"):
        take("x,y\n1,2\n", by)
    assert take(COURSES.replace("lot", "Old Lot"), by).plans[0].warnings == ["The column “Old Lot” is not read."]
