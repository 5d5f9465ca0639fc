"""What an action is given to write: the parts of a course and of a date as plain values, checked on the way in."""

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from training.catalogue.errors import CatalogueError
from training.catalogue.models import DeliveryMode, Framework, Venue
from training.web.when import in_london

MOST_SESSIONS = 6
LONGEST_SITTING = datetime.timedelta(hours=24)


@dataclass(frozen=True)
class Level:
    """A place on a framework: its lowest and highest rung, counted from 1."""

    framework: Framework
    lowest: int
    highest: int


@dataclass(frozen=True)
class CourseText:
    """What a version of a course says. `hours` are hours of learning."""

    title: str
    aims: str = ""
    audience: str = ""
    content_warning: str = ""
    what_to_bring: str = ""
    hours: Decimal | None = None
    refresher_months: int | None = None


@dataclass(frozen=True)
class SessionPlan:
    """One sitting: two moments, and where or by which link.

    `was` is its position until now, so that a change moves the sitting instead of making another; None: a new one.
    """

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    venue: Venue | None = None
    joining_link: str = ""
    was: int | None = None


@dataclass(frozen=True)
class EventPlan:
    """Everything about a date but its sessions. E-learning has no places: `room_limit`, `places_offered` are None."""

    mode: str
    room_limit: int | None = None
    places_offered: int | None = None
    minimum: int = 0
    booking_opens_at: datetime.datetime | None = None
    booking_closes_at: datetime.datetime | None = None
    joining_link: str = ""
    notes_for_delegates: str = ""
    notes_for_trainers: str = ""
    sessions: Sequence[SessionPlan] = field(default=())


def session_plan(
    day: datetime.date,
    starts: datetime.time,
    ends: datetime.time,
    *,
    venue: Venue | None = None,
    joining_link: str = "",
    was: int | None = None,
) -> SessionPlan:
    """A sitting from what clocks in London show. Raises CatalogueError for a time that the night of the clock
    change leaves out, and for an end that is not after the start."""
    try:
        starts_at, ends_at = in_london(day, starts), in_london(day, ends)
    except ValueError as error:
        raise CatalogueError(str(error)) from None
    if ends_at <= starts_at:
        raise CatalogueError(f"The end, {ends:%H:%M}, must be after the start, {starts:%H:%M}.")
    return SessionPlan(starts_at, ends_at, venue, joining_link, was)


def checked(plan: EventPlan) -> EventPlan:
    """The plan with its sessions in order. Raises CatalogueError where PostgreSQL would refuse it."""
    _check_places(plan)
    opens, closes = plan.booking_opens_at, plan.booking_closes_at
    if opens and closes and closes <= opens:
        raise CatalogueError("Booking would close before it opens. Choose a later last day.", field="booking_closes_on")
    sessions = sorted(plan.sessions, key=lambda session: session.starts_at)
    if len(sessions) > MOST_SESSIONS:
        raise CatalogueError(f"A date has {MOST_SESSIONS} days at most. Make a second date for the rest.", field="days")
    if sessions and plan.mode == DeliveryMode.E_LEARNING:
        raise CatalogueError(
            "Training in people’s own time has no days and times. Remove them, or choose another way.", field="mode"
        )
    for session in sessions:
        if not session.starts_at < session.ends_at <= session.starts_at + LONGEST_SITTING:
            raise CatalogueError("Each day must end after it starts, within 24 hours.", field="day1_starts")
    for before, after in itertools.pairwise(sessions):
        if after.starts_at < before.ends_at:
            raise CatalogueError("Two of the days overlap. Give each its own time.", field="day1_on")
    return replace(plan, sessions=sessions)


def _for_online(plan: EventPlan, sentence: str) -> str:
    return "Enter how many may come at most." if plan.mode == DeliveryMode.VIRTUAL else sentence


def _check_places(plan: EventPlan) -> None:
    if plan.mode == DeliveryMode.E_LEARNING:
        if plan.room_limit is not None or plan.places_offered is not None or plan.minimum:
            raise CatalogueError(
                "Training in people’s own time has no limit of places. Leave the places empty.", field="room_limit"
            )
        return
    if not plan.room_limit:
        sentence = "Enter how many the room holds, or choose a venue: then it is what the venue holds."
        raise CatalogueError(_for_online(plan, sentence), field="room_limit")
    if not plan.places_offered:
        raise CatalogueError("Enter how many places are offered.", field="places_offered")
    if plan.places_offered > plan.room_limit:
        raise CatalogueError(
            f"{plan.places_offered} places are offered but the room holds {plan.room_limit}. Offer fewer.",
            field="places_offered",
        )
    if plan.minimum > plan.places_offered:
        raise CatalogueError(
            f"The fewest to run with, {plan.minimum}, is more than the {plan.places_offered} places offered.",
            field="minimum",
        )
