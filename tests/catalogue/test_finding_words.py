"""What is typed, as words: pure functions, no database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.catalogue.finding.wording import hours_in_words, modes_in_words, refresher_in_words
from training.catalogue.finding.words import LONGEST_TEXT, nearest_word, slips_between, tidy, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Domestic  Abuse", ["domestic", "abuse"]),
        ("the DSL’s course", ["the", "dsl"]),
        ("self-harm", ["self", "harm"]),
        (":*&|! <-> () \\ '", []),
        ("🙂", []),
        ("training", []),
        ("neglect training", ["neglect"]),
        ("حماية الأطفال", ["حماية", "الأطفال"]),
        ("Zoë’s çourse_x", ["zoë", "çourse", "x"]),
    ],
)
def test_words_of(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_words_of_a_very_long_text_are_twelve() -> None:
    assert len(words_of("neglect " * 500)) == 12


@given(st.text())
def test_tidy_is_short_one_line_and_settled(text: str) -> None:
    once = tidy(text)

    assert len(once) <= LONGEST_TEXT
    assert tidy(once) == once
    assert not {"\n", "\x00", "\u202e"} & set(once)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("saftey", "safety", 1), ("neglet", "neglect", 1), ("abc", "abc", 0), ("", "abc", 3), ("kitten", "sitting", 3)],
)
def test_slips_between(one: str, other: str, slips: int) -> None:
    assert slips_between(one, other) == slips
    assert slips_between(other, one) == slips


def test_nearest_word_is_the_one_with_fewest_slips() -> None:
    assert nearest_word("neglet", ["reflect", "neglect"]) == "neglect"


@pytest.mark.parametrize("word", ["cooking", "dsx", "xylophone"])
def test_nearest_word_does_not_guess(word: str) -> None:
    assert (
        nearest_word(word, ["working", "looking", "dsl", "telephone", "phone"][: 1 if word == "cooking" else 5]) is None
    )


def test_nearest_word_with_more_than_one_slip_keeps_its_first_letter() -> None:
    assert nearest_word("confrance", ["conference"]) == "conference"
    assert nearest_word("konfrance", ["conference"]) is None


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, ""),
        (Decimal("0.5"), "½ hour"),
        (Decimal("1.00"), "1 hour"),
        (Decimal("1.50"), "1½ hours"),
        (Decimal("6.75"), "6.75 hours"),
        (Decimal("10.00"), "10 hours"),
        (Decimal("120"), "120 hours"),
    ],
)
def test_hours_in_words(hours: Decimal | None, words: str) -> None:
    assert hours_in_words(hours) == words


@pytest.mark.parametrize(
    ("months", "words"),
    [(None, ""), (12, "Every year"), (36, "Every 3 years"), (18, "Every 18 months"), (1, "Every month")],
)
def test_refresher_in_words(months: int | None, words: str) -> None:
    assert refresher_in_words(months) == words


def test_modes_in_words_are_in_the_order_of_the_list() -> None:
    assert modes_in_words({"virtual", "face_to_face"}) == "Face to face or live online"
