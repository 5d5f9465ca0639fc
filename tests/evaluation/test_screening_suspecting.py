"""Screening: what in a text may tell who somebody is, and what is left when it is taken out."""

from itertools import pairwise

import pytest

from evaluation.screening import suspicions
from evaluation.screening.redacting import redacted
from evaluation.screening.suspecting import is_nhs_number

pytestmark = pytest.mark.usefixtures("no_second_factor")


def found(text: str) -> list[tuple[str, str]]:
    return [(str(one.kind.value), text[one.start : one.end]) for one in suspicions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kai was left alone.", [("name", "Kai")]),
        ("jordan told me he was hungry", [("name", "jordan")]),
        ("I rang Mrs Okafor.", [("name", "Okafor")]),
        ("We met Priyanka’s mum", [("name", "Priyanka")]),
        ("Obafemi told me", [("name", "Obafemi")]),
        ("Obafemi Adeyemi asked", [("name", "Obafemi Adeyemi")]),
        ("Mum J.S. agreed", [("name", "J.S.")]),
        ("KAI CAME", [("name", "KAI")]),
        ("Born 3rd March 2015", [("birth", "3rd March 2015")]),
        ("dob: 03/04/2015", [("birth", "03/04/2015")]),
        ("He was born in May 2015.", [("birth", "born in May 2015")]),
        ("2015-04-03", [("birth", "2015-04-03")]),
        ("NHS no 943 476 5919", [("nhs_number", "943 476 5919")]),
        ("call 020 7946 0018", [("phone", "020 7946 0018")]),
        ("call +44 7700 900123 now", [("phone", "+44 7700 900123")]),
        ("at 12 Elm Road, SE16 4AB", [("address", "12 Elm Road"), ("address", "SE16 4AB")]),
        ("they live at 7 elm street", [("address", "7 elm street")]),
        ("in flat 3", [("address", "flat 3")]),
        ("se164ab", [("address", "se164ab")]),
        ("case 123456 is closed", [("case", "case 123456")]),
        ("ref: LCS/98765", [("case", "LCS/98765")]),
        ("the court gave ZC21C00123", [("case", "ZC21C00123")]),
        ("it is 1234567", [("case", "1234567")]),
        ("write to a.b@school.example", [("email", "a.b@school.example")]),
        ("at Elm Park Primary School", [("school", "Elm Park Primary School")]),
        ("The St Olave’s Nursery rang", [("school", "St Olave’s Nursery")]),
        ("Kai, 7, and others", [("name", "Kai"), ("age", "7")]),
        ("the 7 year old son of Kai", [("age", "7 year old"), ("name", "Kai")]),
        ("Kai is aged 7", [("name", "Kai"), ("age", "aged 7")]),
        ("Łukasz was there", [("name", "Łukasz")]),
    ],
)
def test_suspected(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Training was good. Staff were kind.",
        "I used the Graded Care Profile and Signs of Safety.",
        "Our School asked the MASH and the LADO on Monday in March.",
        "The Primary School I work in",
        "I work with 7 year old children",
        "10 years of work and 3 hours on the 2nd of May",
        "It cost £120000 for 45% of 1200 people",
        "the second level L2 2nd day",
        "In 2019 and 2020 we met.",
        "12 children in the house",
        "the case 2 weeks ago",
        "\u202e\ufeff",
        "x" * 20_000,
    ],
)
def test_not_suspected(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("digits", "is_one"),
    # 943 476 5919 is the example of the NHS Data Dictionary; 999 000 0000 has no valid check digit.
    [("9434765919", True), ("9434765918", False), ("4010232137", True), ("9990000000", False), ("0000000000", True)],
)
def test_nhs_check_digit(digits: str, is_one: bool) -> None:
    assert is_nhs_number(digits) == is_one


def test_suspicions_never_overlap_and_stay_in_order() -> None:
    text = "Kai Smith, 7, of 12 Elm Road SE16 4AB (Elm Road Primary School, 020 7946 0018, 943 476 5919, k@x.example)"

    spans = [(one.start, one.end) for one in suspicions(text)]

    assert len(spans) > 5
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_redacted_takes_a_name_out_everywhere() -> None:
    text = "Kai came. I told kai and KAI; the kaiser not. Elm team."
    first = suspicions(text)[0]

    assert redacted(text, suspicions(text), [first.key], ["elm  team"]) == (
        "[name] came. I told [name] and [name]; the kaiser not. [taken out]."
    )
