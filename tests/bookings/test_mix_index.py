"""The multi-agency index of one date and of several."""

import datetime

import pytest
from django.utils import timezone

from bookings.places.mix import Mix, Spread, mix_of, mix_over, mixes_of, spread_of
from tests.bookings.place_rules import book_from, from_sector, ruled_event
from tests.bookings.registering import make_door
from tests.factories_bookings import fill
from tests.factories_catalogue import make_event

pytestmark = pytest.mark.django_db


def test_of_a_date_to_come_it_is_whoever_has_a_place() -> None:
    health, police = from_sector("health"), from_sector("police")
    for sector in ("education", "fire"):
        from_sector(sector)
    event = ruled_event(3)
    book_from(event, health, health, police, from_sector("faith"))  # the last one waits

    mix = mix_of(event, timezone.now())

    assert mix == Mix(["health", "police"], ["health", "police", "education", "faith", "fire"])
    assert (str(mix), mix.absent) == ("2 of 5 sectors in the room", ["education", "faith", "fire"])
    assert mix.absent_in_words == "education, faith, fire"


def test_of_a_date_that_is_over_it_is_whoever_came_and_nothing_before_that_is_known(at_the_door: None) -> None:
    door = make_door(["Anna Bell"])
    over = door.event.ends_at
    assert over is not None

    assert mix_of(door.event, over + datetime.timedelta(minutes=1)) is None
    assert mix_of(door.event, over - datetime.timedelta(minutes=1)) is not None


def test_of_several_it_takes_no_more_queries(django_assert_max_num_queries: object) -> None:
    events = [make_event() for _ in range(3)]
    fill(events[0], leaving=10)

    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(mixes_of(events, timezone.now())) == 3


@pytest.mark.parametrize(
    ("rooms", "average", "mixed", "words", "more"),
    [
        ([], None, 0, "", ""),
        ([0, 0], None, 0, "", ""),
        ([3, 4, 6, 0], 13 / 3, 2, "4.3 of 9 sectors in the room on average", "four or more on 2 of 3 dates"),
    ],
)
def test_of_several_dates_empty_rooms_do_not_count(
    rooms: list[int], average: float | None, mixed: int, words: str, more: str
) -> None:
    spread = spread_of(rooms, 9)

    assert (spread.average, spread.mixed, str(spread), spread.mixed_in_words) == (average, mixed, words, more)


def test_dates_of_which_nobody_knows_yet_are_left_out() -> None:
    assert mix_over([None, Mix(["health"], ["health", "fire"])]) == Spread([1], 2)
