"""What of the month is shown at once, without the database."""

from types import SimpleNamespace
from typing import Any

import pytest

from bookings.agencies.folding import fold
from bookings.agencies.month import Going, KeptForUs, Month, Waits


def booked(name: str, number: str = "") -> Any:
    return SimpleNamespace(person=SimpleNamespace(name=name), employment=SimpleNamespace(employee_number=number))


NAMES = ("Ada Okafor", "Ben Osei", "Cal Lee", "Dee Ojo", "Eve Ali", "Fay Okafor")
MONTH = Month(
    [Going(booked(name, f"00{place}"), "free") for place, name in enumerate(NAMES)],
    [KeptForUs(SimpleNamespace(), 2) for _ in range(7)],  # type: ignore[arg-type]
    [Waits(booked("Wendy Okafor"), "1st on the list")],
)


@pytest.mark.parametrize(
    ("query", "going", "waiting", "is_open"),
    [
        ({}, 5, 1, (True, False, False)),
        ({"all": "going"}, 6, 1, (True, False, False)),
        ({"all": "kept"}, 5, 1, (True, True, False)),
        ({"name": "okafor"}, 2, 1, (True, False, True)),
        ({"name": "OKAFOR  ada"}, 1, 0, (True, False, False)),
        ({"name": "003"}, 1, 0, (True, False, False)),
        ({"name": "\x00"}, 5, 1, (True, False, False)),
        ({"name": "nobody" * 99}, 0, 0, (True, False, False)),
        ({"all": "\x00 nonsense"}, 5, 1, (True, False, False)),
    ],
)
def test_fold(query: dict[str, str], going: int, waiting: int, is_open: tuple[bool, bool, bool]) -> None:
    folded = fold(MONTH, query)

    assert (len(folded.going.rows), len(folded.waiting.rows)) == (going, waiting)
    assert (folded.going.is_open, folded.kept.is_open, folded.waiting.is_open) == is_open
    assert (folded.going.number, folded.not_taken, folded.is_long) == (6, 14, True)
