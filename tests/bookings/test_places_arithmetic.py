"""Free places and who is next, without a database."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.models import Booking
from bookings.places.choosing import Waiting, choose_next, kept_in_words, ordinal, position_sentence
from bookings.places.room import Belongs, Kept, Room
from training.web.reasons import Reason

SCHOOL, OTHER_SCHOOL = Belongs(1, "education"), Belongs(2, "education")
POLICE = Belongs(3, "police")
FOR_SCHOOLS = Kept(2, sector="education", whom="the education sector", until=datetime.date(2040, 5, 3))


def test_without_limit_there_is_always_a_place() -> None:
    assert Room(None, 900).free_for(POLICE) is None
    assert Room(None, 900).has_place_for(POLICE)


def test_kept_places_are_free_for_their_own_only() -> None:
    room = Room(10, 8, [FOR_SCHOOLS])

    assert (room.free_for(POLICE), room.free_for(SCHOOL)) == (0, 2)


def test_places_that_their_own_took_up_are_kept_no_longer() -> None:
    room = Room(10, 8, [FOR_SCHOOLS], {SCHOOL: 1, OTHER_SCHOOL: 1, POLICE: 6})

    assert room.free_for(POLICE) == 2


def test_an_organisation_uses_its_own_places_before_its_sectors() -> None:
    room = Room(10, 2, [FOR_SCHOOLS, Kept(1, agency_id=1, whom="St Olave’s")], {SCHOOL: 2})

    assert [(kept.whom, number) for kept, number in room.unused()] == [("St Olave’s", 0), ("the education sector", 1)]


def test_more_held_than_offered_is_no_place_and_no_crash() -> None:
    assert Room(5, 7, [FOR_SCHOOLS]).free_for(POLICE) == 0


holders = st.dictionaries(st.sampled_from([SCHOOL, OTHER_SCHOOL, POLICE, Belongs()]), st.integers(0, 9))
keeps = st.lists(
    st.one_of(
        st.builds(Kept, st.integers(1, 6), sector=st.sampled_from(["education", "police", "faith"])),
        st.builds(Kept, st.integers(1, 6), agency_id=st.integers(1, 4)),
    ),
    max_size=4,
    unique_by=lambda kept: (kept.agency_id, kept.sector),
)


@given(holders, keeps, st.integers(0, 40))
def test_arithmetic_holds(held_by: dict[Belongs, int], kept: list[Kept], offered: int) -> None:
    room = Room(offered, sum(held_by.values()), kept, held_by)

    for _, number in room.unused():
        assert number >= 0
    for one in (SCHOOL, OTHER_SCHOOL, POLICE, Belongs()):
        free = room.free_for(one)
        assert free is not None
        assert 0 <= free <= (room.left or 0)
        after = room.with_one_more(one).free_for(one)
        assert after is not None
        assert after <= free


def waiting(position: int, one: Belongs, stop: Reason | None = None) -> Waiting:
    return Waiting(Booking(), position, one, stop)


def test_first_come_first_served() -> None:
    rows = [waiting(1, POLICE), waiting(2, SCHOOL)]

    assert choose_next(rows, Room(2, 1)) == (rows[0], [])


def test_nobody_is_chosen_or_passed_over_without_a_place() -> None:
    assert choose_next([waiting(1, POLICE)], Room(2, 2)) == (None, [])


def test_whoever_has_no_right_to_kept_places_is_passed_over_with_a_reason() -> None:
    rows = [waiting(1, POLICE), waiting(2, SCHOOL)]

    row, passed = choose_next(rows, Room(10, 8, [FOR_SCHOOLS]))

    assert row == rows[1]
    assert [str(reason) for _, reason in passed] == ["2 places are kept for the education sector until Thu 3 May 2040."]


def test_whoever_cannot_come_is_passed_over() -> None:
    busy = Reason("busy", "Has a place elsewhere.")
    rows = [waiting(1, POLICE, busy), waiting(2, POLICE)]

    assert choose_next(rows, Room(2, 1)) == (rows[1], [(rows[0], busy)])


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (113, "113th")],
)
def test_ordinal(number: int, word: str) -> None:
    assert ordinal(number) == word


def test_sentences() -> None:
    one_kept = Kept(1, agency_id=9, whom="St Olave’s", until=datetime.date(2040, 5, 3))

    assert position_sentence(3, Room(4, 4), POLICE) == "3rd on the list"
    assert kept_in_words(Room(4, 3, [one_kept]), POLICE) == "1 place is kept for St Olave’s until Thu 3 May 2040"
