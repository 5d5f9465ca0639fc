"""Who on a waiting list is next, and why: pure choosing, by the rule of the course.

*First come*: whoever waits longest. *A mixed room*: whose sector has the fewest people in the room, then who waits
longest (in whole days), then whose training is overdue longest. By both, whoever lost a place to a cut and whoever a
coordinator moved up come before all others; and nobody is next who could not take a place.

One more person of the sector with the fewest adds most to the spread, whichever measure of it is taken: that is why
the rule compares counts and no index.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bookings.models import Booking, NextRule
from bookings.places.room import Belongs, Kept, Room
from training.people.models import Sector
from training.web.reasons import Reason
from training.web.words import count, day


@dataclass(frozen=True)
class Waiting:
    """One row of a waiting list, in its order. `stop` is why they could not take a place at all just now.

    `days` they have waited, and `overdue` for how many days their training is; `is_first` before all others.
    """

    booking: Booking
    position: int
    belongs: Belongs
    stop: Reason | None = None
    days: int = 0
    overdue: int = 0
    is_first: bool = False


Passed = list[tuple[Waiting, Reason]]


def choose_next(rows: Sequence[Waiting], room: Room, rule: NextRule | None = None) -> tuple[Waiting | None, Passed]:
    """Who gets the next free place by this rule (the room's unless said), and whoever stands before them and why not.

    Nobody is chosen, and nobody passed over, when no place is left at all.
    """
    if room.left == 0:
        return None, []
    rule, stops = rule or room.rule, _Stops(room)
    able = (row for row in rows if stops.of(row) is None)
    is_mix = rule == NextRule.MIX
    chosen = min(able, key=lambda row: _mix_key(row, room), default=None) if is_mix else next(able, None)
    before = rows if chosen is None else rows[: _index(rows, chosen)]
    return chosen, [(row, stops.of(row) or _outdone(row, chosen, room)) for row in before]


def _index(rows: Sequence[Waiting], chosen: Waiting) -> int:
    return next(number for number, row in enumerate(rows) if row is chosen)


class _Stops:
    """Why each could not have a place of this room, worked out once for all who belong alike."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.known: dict[Belongs, Reason | None] = {}

    def of(self, row: Waiting) -> Reason | None:
        if row.stop is not None:
            return row.stop
        if row.belongs not in self.known:
            self.known[row.belongs] = no_place(self.room, row.belongs)
        return self.known[row.belongs]


def _mix_key(row: Waiting, room: Room) -> tuple[object, ...]:
    sector = row.belongs.sector
    there = room.of_sector(sector) if sector else room.held + 1  # of no known sector: nothing is added to the spread
    return (not row.is_first, 0 if row.is_first else there, -row.days, -row.overdue, row.position)


def no_place(room: Room, one: Belongs) -> Reason | None:
    """Why none of the places that are left is for this one; None when one is."""
    if room.has_place_for(one):
        return None
    if room.left_under_cap(one) == 0:
        return Reason("capped", f"{_sentence(cap_in_words(room))}.")
    return Reason("kept", f"{kept_in_words(room, one)}.")


def _outdone(row: Waiting, chosen: Waiting | None, room: Room) -> Reason:
    """Why somebody who could have had the place did not get it."""
    assert chosen is not None  # noqa: S101 - somebody could have it, so somebody was chosen
    if chosen.is_first and not row.is_first:
        return Reason("first_again", "It went to somebody who had lost a place, or was moved to the top.")
    theirs, others = _there(room, row.belongs.sector), _there(room, chosen.belongs.sector)
    if row.belongs.sector and room.of_sector(row.belongs.sector) == room.of_sector(chosen.belongs.sector):
        if row.days == chosen.days:
            return Reason("mix_need", "Of those who wait as long, it went to somebody whose training is overdue.")
        return Reason("mix_wait", "It went to somebody who has waited longer.")
    return Reason("mix", f"For a mixed room: {others}, {theirs}.")


def why_chosen(row: Waiting, room: Room, rule: NextRule | None = None) -> Reason:
    """What speaks for the one who was chosen, before they are in the room."""
    if row.is_first:
        return Reason("first_again", "Had lost a place, or was moved to the top.")
    if (rule or room.rule) == NextRule.MIX and row.belongs.sector:
        return Reason("mix", f"For a mixed room: {_there(room, row.belongs.sector)}.")
    return Reason("waited", "Has waited longest of those who could have it.")


def _there(room: Room, sector: str) -> str:
    """ "nobody from the police sector has a place", "4 from the health sector have one"."""
    if not sector:
        return "where they work is not known"
    number = room.of_sector(sector)
    who = f"the {Sector(sector).label.lower()} sector"
    if not number:
        return f"nobody from {who} has a place"
    return f"{number} from {who} {'has' if number == 1 else 'have'} one"


def cap_in_words(room: Room) -> str:
    """ "at most 3 people of one organisation have a place until Mon 3 May"; empty without a cap."""
    if room.cap is None:
        return ""
    people = count(room.cap.places, "person", "people")
    has = "has" if room.cap.places == 1 else "have"
    return f"at most {people} of one organisation {has} a place until {day(room.cap.until)}"


def kept_in_words(room: Room, one: Belongs) -> str:
    """ "2 places are kept for the education sector until 3 May"; empty when nothing is kept for others."""
    return " and ".join(_one_kept(kept, number) for kept, number in room.kept_for_others(one))


def _one_kept(kept: Kept, number: int) -> str:
    until = f" until {day(kept.until)}" if kept.until else ""
    return f"{count(number, 'place')} {'is' if number == 1 else 'are'} kept for {kept.whom}{until}"


def place_words(room: Room, one: Belongs) -> list[str]:
    """What somebody should know of this date's places besides their number: kept for others, the cap, the mix."""
    return list(_place_words(room, one))


def _place_words(room: Room, one: Belongs) -> Iterator[str]:
    if kept := kept_in_words(room, one):
        yield kept
    if room.left_under_cap(one) == 0:
        yield cap_in_words(room)
    if room.rule == NextRule.MIX:
        yield "places go first to sectors with few people in the room"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    last = 0 if 10 < number % 100 < 14 else number % 10
    return f"{number}{ ({1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th')) }"


def position_sentence(position: int, room: Room, one: Belongs) -> str:
    """ "3rd on the list; 2 places are kept for the education sector until Mon 3 May"."""
    return "; ".join([f"{ordinal(position)} on the list", *place_words(room, one)])


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def days_waited(since: datetime.datetime | None, now: datetime.datetime) -> int:
    return (now - since).days if since else 0
