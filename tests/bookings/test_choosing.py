"""Who is next, by both rules, without a database: named cases, and any history of a room and its list."""

import datetime
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.models import Booking, NextRule
from bookings.places.choosing import Waiting, choose_next, no_place, position_sentence, why_chosen
from bookings.places.room import Belongs, Cap, Kept, Room
from training.web.reasons import Reason

SCHOOL, NURSERY = Belongs(1, "education"), Belongs(2, "early_years")
POLICE, HEALTH, CLINIC = Belongs(3, "police"), Belongs(4, "health"), Belongs(5, "health")
NOBODY = Belongs()
UNTIL = datetime.date(2040, 5, 3)
MIX, FIRST = NextRule.MIX, NextRule.FIRST_COME


def waiting(position: int, one: Belongs, **fields: object) -> Waiting:
    return Waiting(Booking(), position, one, **fields)  # type: ignore[arg-type]


def room(held_by: dict[Belongs, int], offered: int = 10, **fields: object) -> Room:
    return Room(offered, sum(held_by.values()), held_by=held_by, **{"rule": MIX, **fields})  # type: ignore[arg-type]


FULL_OF_HEALTH = room({HEALTH: 3, CLINIC: 1, SCHOOL: 1})


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        pytest.param([(HEALTH, 9, 0), (POLICE, 1, 0)], 1, id="whose sector is not there, however short they wait"),
        pytest.param([(HEALTH, 9, 0), (SCHOOL, 1, 0)], 1, id="whose sector has fewer there"),
        pytest.param([(POLICE, 1, 0), (NURSERY, 2, 0)], 1, id="of two that are not there who waits longer"),
        pytest.param([(POLICE, 2, 0), (NURSERY, 2, 30)], 1, id="of those who wait as long who is overdue"),
        pytest.param([(POLICE, 2, 0), (NURSERY, 2, 0)], 0, id="and else who came first"),
        pytest.param([(CLINIC, 9, 0), (HEALTH, 8, 99)], 0, id="another organisation of the same sector is no mix"),
        pytest.param([(NOBODY, 99, 0), (HEALTH, 1, 0)], 1, id="whose workplace nobody knows adds nothing"),
        pytest.param([(NOBODY, 99, 0)], 0, id="but gets the place before it stands empty"),
    ],
)
def test_a_mixed_room(rows: list[tuple[Belongs, int, int]], chosen: int) -> None:
    listed = [waiting(n, one, days=days, overdue=over) for n, (one, days, over) in enumerate(rows, start=1)]

    assert choose_next(listed, FULL_OF_HEALTH)[0] is listed[chosen]
    assert choose_next(listed, FULL_OF_HEALTH, FIRST)[0] is listed[0]


def test_both_are_told_why() -> None:
    rows = [waiting(1, HEALTH, days=9), waiting(2, POLICE)]

    chosen, passed = choose_next(rows, FULL_OF_HEALTH)

    assert chosen is rows[1]
    assert str(why_chosen(chosen, FULL_OF_HEALTH)) == "For a mixed room: nobody from the police sector has a place."
    assert [(row, reason.code, str(reason)) for row, reason in passed] == [
        (
            rows[0],
            "mix",
            "For a mixed room: nobody from the police sector has a place, 4 from the health sector have one.",
        )
    ]


def test_whoever_lost_a_place_comes_first_by_either_rule() -> None:
    rows = [waiting(1, HEALTH, is_first=True), waiting(2, POLICE, days=30)]

    assert choose_next(rows, FULL_OF_HEALTH)[0] is rows[0]
    assert choose_next(rows[::-1], FULL_OF_HEALTH)[1][0][1].code == "first_again"


def test_an_organisation_has_no_more_than_the_cap() -> None:
    capped = room({SCHOOL: 2, POLICE: 1}, cap=Cap(2, UNTIL), rule=FIRST)
    rows = [waiting(1, SCHOOL), waiting(2, POLICE)]

    chosen, passed = choose_next(rows, capped)

    assert chosen is rows[1]
    assert [str(reason) for _, reason in passed] == [
        "At most 2 people of one organisation have a place until Thu 3 May 2040."
    ]
    assert (capped.free_for(SCHOOL), capped.free_for(POLICE), capped.free_for(NOBODY)) == (0, 1, 7)


def test_places_kept_for_an_organisation_are_not_taken_off_it_by_the_cap() -> None:
    kept = room({SCHOOL: 2}, cap=Cap(2, UNTIL), kept=[Kept(3, agency_id=1, whom="St Olave’s", until=UNTIL)])

    assert (kept.left_under_cap(SCHOOL), kept.free_for(SCHOOL)) == (1, 1)


@pytest.mark.parametrize(
    ("given", "one", "sentence"),
    [
        (room({HEALTH: 1}), POLICE, "3rd on the list; places go first to sectors with few people in the room"),
        (
            room({HEALTH: 2}, cap=Cap(2, UNTIL), rule=FIRST),
            HEALTH,
            "3rd on the list; at most 2 people of one organisation have a place until Thu 3 May 2040",
        ),
        (room({HEALTH: 2}, cap=Cap(2, UNTIL), rule=FIRST), CLINIC, "3rd on the list"),
    ],
)
def test_what_somebody_who_waits_reads(given: Room, one: Belongs, sentence: str) -> None:
    assert position_sentence(3, given, one) == sentence


people = st.sampled_from([SCHOOL, NURSERY, POLICE, HEALTH, CLINIC, NOBODY])
STOP = Reason("busy", "Has a place elsewhere.")
joins = st.tuples(st.just("join"), people, st.integers(0, 3), st.integers(0, 40), st.booleans())
others = st.tuples(st.sampled_from(["leave", "offered", "keep", "release", "cap", "free"]), people, st.integers(0, 9))
histories = st.lists(st.one_of(joins, others), max_size=40)


@dataclass
class History:
    """A room and its list while people come and go; after each step the free places are given away."""

    room: Room
    rows: list[Waiting] = field(default_factory=list)
    joined: int = 0

    def step(self, what: str, one: Belongs, number: int, days: int = 0, is_first: bool = False) -> None:
        held, changed = dict(self.room.held_by), self.room
        if what == "join":
            self.joined += 1
            stop = STOP if number == 3 else None
            self.rows.append(waiting(self.joined, one, stop=stop, days=days, is_first=is_first and days > 35))
        elif what == "leave" and held.get(one):
            changed = replace(changed, held=changed.held - 1, held_by={**held, one: held[one] - 1})
        elif what == "offered":
            changed = replace(changed, offered=max(number, changed.held))
        elif what == "keep" and one.sector:
            changed = replace(changed, kept=[Kept(1 + number % 3, sector=one.sector)])
        elif what == "release":
            changed = replace(changed, kept=[])
        elif what in ("cap", "free"):
            changed = replace(changed, cap=Cap(1 + number, UNTIL) if what == "cap" else None)
        self.room = changed
        self.give_away()

    def give_away(self) -> None:
        while True:
            before = self.room
            chosen, passed = choose_next(self.rows, before)
            if chosen is None:
                return
            self.check(chosen, passed, before)
            self.rows = [row for row in self.rows if row is not chosen]
            self.room = before.with_one_more(chosen.belongs)

    def check(self, chosen: Waiting, passed: list[tuple[Waiting, Reason]], before: Room) -> None:
        """The order can be proved: whoever stood before has a reason, and nobody who stood better was left out."""
        assert before.has_place_for(chosen.belongs)
        assert chosen.stop is None
        assert [row for row, _ in passed] == [row for row in self.rows if row.position < chosen.position]
        assert all(reason.sentence for _, reason in passed)
        able = [row for row in self.rows if row.stop is None and before.has_place_for(row.belongs)]
        if before.rule == FIRST:
            assert chosen is able[0]
        elif not chosen.is_first:
            known = [before.of_sector(row.belongs.sector) for row in able if row.belongs.sector]
            assert not any(row.is_first for row in able)
            assert not known or before.of_sector(chosen.belongs.sector) == min(known)
            spread = {
                row.belongs.sector for row in able if row.belongs.sector and not before.of_sector(row.belongs.sector)
            }
            assert not spread or chosen.belongs.sector in spread


@given(st.sampled_from(list(NextRule)), st.integers(0, 8), histories)
def test_no_place_is_idle_and_every_order_can_be_proved(
    rule: NextRule, offered: int, steps: list[tuple[object, ...]]
) -> None:
    """Forty histories in every run, thousands in `make deep`."""
    one = History(Room(offered, 0, rule=rule))

    for step in steps:
        one.step(*step)  # type: ignore[arg-type]

        assert one.room.offered is not None
        assert one.room.held <= one.room.offered
        for row in one.rows:
            idle = row.stop is None and one.room.has_place_for(row.belongs)
            assert not idle
            assert row.stop is not None or one.room.left == 0 or no_place(one.room, row.belongs) is not None
