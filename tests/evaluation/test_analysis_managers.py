"""What managers said, in figures: n of N, and nothing of fewer than five."""

import pytest
from django.utils import timezone

from evaluation.analysis.dates import load_lattice
from evaluation.analysis.managers import load_managers, managers_who_answered, managers_who_saw_a_change
from tests.evaluation.making import make_ran
from tests.evaluation.manager_making import confirmed
from training.catalogue.models import Event

pytestmark = pytest.mark.usefixtures("partnership")


def figures(*events: Event) -> tuple[str, str, bool]:
    lattice = load_lattice(None, first_month=4, now=timezone.now(), below=5)
    found, cut = load_managers(lattice), frozenset(event.pk for event in events)
    saw = managers_who_saw_a_change(found, cut, 5)
    return managers_who_answered(found, cut).words, saw.words, saw.is_withheld


def test_share_of_a_date_says_of_how_many() -> None:
    event = make_ran()
    confirmed(event, saw_change=6, not_yet=5, asked=3, not_theirs=2)

    assert figures(event) == (
        "78.6 %: managers answered for 11 of 14 people",
        "54.5 %: managers saw a change in 6 of 11 people",
        False,
    )


@pytest.mark.parametrize("states", [{"saw_change": 4}, {"saw_change": 6, "not_yet": 2}, {"asked": 9}])
def test_few_are_withheld(states: dict[str, int]) -> None:
    event = make_ran()
    confirmed(event, **states)

    assert figures(event)[1:] == ("hidden: fewer than 5 answers", True)


def test_date_is_withheld_while_a_manager_can_still_answer() -> None:
    event = make_ran()
    confirmed(event, is_open=True, saw_change=6, not_yet=5)

    assert figures(event)[2] is True


def test_nobody_asked_is_nothing_to_count() -> None:
    event = make_ran(people=3)

    assert figures(event) == ("nothing to count yet", "hidden: fewer than 5 answers", True)
