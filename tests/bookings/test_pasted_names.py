"""Reading what leads paste: from mails, lists and spreadsheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.agencies.pasted_names import MOST_LINES, folded, read_lines


@pytest.mark.parametrize(
    ("text", "name", "email"),
    [
        ("Ada Okafor", "Ada Okafor", ""),
        ("  ada   okafor ", "ada okafor", ""),
        ("Ada Okafor <ada@bankside.example>", "Ada Okafor", "ada@bankside.example"),
        ("ADA@Bankside.Example", "", "ada@bankside.example"),
        ("Ada Okafor\tada@bankside.example", "Ada Okafor", "ada@bankside.example"),
        ("Ada Okafor, ada@bankside.example", "Ada Okafor", "ada@bankside.example"),
        ('"Okafor, Ada" <ada@bankside.example>;', "Ada Okafor", "ada@bankside.example"),
        ("Okafor, Ada", "Ada Okafor", ""),
        ("- Ada Okafor", "Ada Okafor", ""),
        ("3. Ada Okafor", "Ada Okafor", ""),
        ("Ada Okafor (ada@bankside.example)", "Ada Okafor", "ada@bankside.example"),
        ("Siân O’Brien-Łódź", "Siân O’Brien-Łódź", ""),
        ("Ada\x00 Okafor", "Ada Okafor", ""),
        ("not@an@address", "not@an@address", ""),
    ],
)
def test_a_line_is_a_name_an_address_or_both(text: str, name: str, email: str) -> None:
    (line,) = read_lines(text)

    assert (line.number, line.name, line.email) == (1, name, email)


def test_empty_lines_and_repeated_ones_are_left_out() -> None:
    lines = read_lines("\nAda Okafor\r\n\n  \nADA OKAFOR\nBo Lee\n")

    assert [(line.number, line.name) for line in lines] == [(1, "Ada Okafor"), (2, "Bo Lee")]


def test_a_long_list_is_read_one_beyond_what_is_allowed() -> None:
    assert len(read_lines("\n".join(f"Person {number}" for number in range(5000)))) == MOST_LINES + 1


@pytest.mark.parametrize(("one", "other"), [("Siân", "SIAN"), ("O’Brien", "o'brien"), ("José  Díaz", "jose diaz")])
def test_folded_is_the_same_for_two_spellings(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    for line in read_lines(text):
        assert line.name or line.email
        assert len(line.name) <= 120
        assert len(line.email) <= 254
