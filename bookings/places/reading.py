"""A date's room as the rows say: one query for any number of dates, two where it matters who holds its places."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q

from bookings.models import CAP_ENDS_BEFORE, Booking, NextRule
from bookings.places.room import Belongs, Cap, Kept, Room
from training.catalogue.models import Event
from training.people.models import Agency, Employment, Sector
from training.web.when import london_day
from training.web.working_days import add_working_days

OWN_CAP = ("own_cap", "own_cap__places", "own_cap__until")
COURSE = tuple(f"version__course__booking_rules__{name}" for name in ("next_rule", "cap", "cap_working_days"))
KEPT = ("kept__places", "kept__agency", "kept__agency__name", "kept__sector", "kept__release_on")


def belongs(employment: Employment | None) -> Belongs:
    return Belongs(employment.agency_id, employment.agency.sector) if employment else Belongs()


def belongs_to(agency: Agency) -> Belongs:
    return Belongs(agency.pk, agency.sector)


@dataclass
class _Facts:
    """What one date says of its places beyond their number."""

    cap: Cap | None
    rule: NextRule
    kept: list[Kept] = field(default_factory=list)

    @property
    def asks_who(self) -> bool:
        """Whether it matters who holds the places."""
        return bool(self.kept) or self.cap is not None or self.rule == NextRule.MIX


def room_of(event: Event, day: datetime.date, *, asks_who: bool = False) -> Room:
    """The places of this date as its row says now; for a decision the caller holds the row's lock.

    `has_place_rules` may have been read with the row for a page; never with a lock, whose subqueries may be older
    than it.
    """
    if vars(event).get("has_place_rules") is False and not asks_who:
        return Room(event.places_offered, event.places_held)
    return rooms_of([event], day, asks_who=asks_who)[event.pk]


def rooms_of(events: Iterable[Event], day: datetime.date, *, asks_who: bool = False) -> dict[int, Room]:
    """The same for many dates, by their id. With `asks_who` who holds the places though no rule of theirs asks it."""
    asked = list(events)
    facts = _facts_of([event.pk for event in asked], day)
    held = _held_by([pk for pk, one in facts.items() if asks_who or one.asks_who])
    return {event.pk: _room(event, facts[event.pk], held.get(event.pk, {})) for event in asked}


def _room(event: Event, facts: _Facts, held: dict[Belongs, int]) -> Room:
    return Room(event.places_offered, event.places_held, facts.kept, held, facts.cap, facts.rule)


def _facts_of(pks: Sequence[int], day: datetime.date) -> dict[int, _Facts]:
    in_force = Q(allocations__release_on__gt=day, allocations__released_at__isnull=True)
    rows = Event.objects.filter(pk__in=pks).annotate(kept=FilteredRelation("allocations", condition=in_force))
    rows = rows.order_by("pk", F("kept__pk").asc(nulls_last=True))
    found: dict[int, _Facts] = {}
    for pk, starts_at, *columns in rows.values_list("pk", "starts_at", *OWN_CAP, *COURSE, *KEPT):
        own, course, kept = columns[:3], columns[3:6], columns[6:]
        if pk not in found:
            found[pk] = _Facts(_cap(starts_at, own, course, day), NextRule(course[0] or NextRule.FIRST_COME))
        if kept[0] is not None:
            found[pk].kept.append(_kept(*kept))
    return found


def _cap(
    starts_at: datetime.datetime | None, own: Sequence[Any], course: Sequence[Any], day: datetime.date
) -> Cap | None:
    """The date's own cap, or its course's; None once its day has come."""
    has_own, places, until = own
    if has_own is None:
        places, until = course[1], cap_ends(starts_at, course[2])
    return Cap(places, until) if places and until and day < until else None


def cap_ends(starts_at: datetime.datetime | None, working_days: int | None) -> datetime.date | None:
    """The day from which a cap of a course counts no more on a date; None without a date."""
    if starts_at is None:
        return None
    return add_working_days(london_day(starts_at), -(CAP_ENDS_BEFORE if working_days is None else working_days))


def _kept(places: int, agency_id: int | None, name: str | None, sector: str, release_on: datetime.date) -> Kept:
    whom = name or f"the {Sector(sector).label.lower()} sector"
    return Kept(places, agency_id, sector, whom, release_on)


def _held_by(event_ids: list[int]) -> dict[int, dict[Belongs, int]]:
    found: dict[int, dict[Belongs, int]] = defaultdict(dict)
    if not event_ids:
        return found
    rows = Booking.objects.filter(event__in=event_ids).holding_a_place().order_by()
    where = rows.values_list("event", "employment__agency_id", "employment__agency__sector")
    for event_id, agency_id, sector, number in where.annotate(number=Count("pk")):
        found[event_id][Belongs(agency_id, sector or "")] = number
    return found
