"""The rows behind the board, in a fixed number of queries however many courses and dates there are."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from django.db.models import Q

from bookings.board.sums import LEAD_WORKING_DAYS, Advice, BoardDate, Demand, Square, Usual, advise
from bookings.board.wanting import Key, demand_of, quarter_holding
from bookings.places.mix import Mix, mixes_of
from bookings.places.reading import rooms_of
from bookings.places.room import Belongs
from bookings.registers.attendance import Attendance, attendance_by_event
from training.catalogue.models import Course, DeliveryMode, Event
from training.people.models import Partnership, User
from training.people.permissions import Permission
from training.programme.models import PlannedCourse, Programme
from training.web.periods import Period, quarter_of
from training.web.when import london_day
from training.web.working_days import add_working_days, working_days_between

LOOKS_AHEAD = 3
TWO_YEARS = datetime.timedelta(days=731)
USUAL = Usual(places=18, minimum=8)


@dataclass(frozen=True)
class Line:
    """A course in the quarter that is shown. People are None for a reader who may not list them."""

    course: Course
    planned: int
    scheduled: int
    places: int
    booked: int
    demand: Demand | None
    ran: int
    came: int | None
    advice: Advice | None  # none for a quarter that is over


@dataclass(frozen=True)
class Board:
    quarter: Period
    lines: Sequence[Line]
    programme: Programme | None
    sees_people: bool
    suggested: Mapping[datetime.date, int] = field(default_factory=dict)  # how much is suggested, by quarter
    rooms: Sequence[tuple[Event, Mix]] = ()  # who is in each room of the quarter; none for those who see no people


@dataclass(frozen=True)
class Held:
    """Everything read at once. `ahead` are the quarters about which something can still be done."""

    quarter: Period
    ahead: Sequence[Period]
    courses: Mapping[int, Course]
    planned: Mapping[Key, int]
    dates: Mapping[Key, Sequence[Event]]
    usual: Mapping[int, Usual]
    demand: Mapping[Key, Demand]
    free: Mapping[int, int]
    sees_people: bool


def first_month() -> int:
    return Partnership.objects.get().financial_year_starts_month


def board_of(user: User, quarter: Period, now: datetime.datetime, programme: Programme | None) -> Board:
    """What is planned, put on and wanted of every course in this quarter, and what to do next, in sixteen queries."""
    held = _read(user, quarter, now, programme)
    advice = {pk: _advise(held, pk, now) for pk in held.courses}
    suggested: dict[datetime.date, int] = defaultdict(int)
    for rows in advice.values():
        for one in rows:
            suggested[one.square.quarter] += len(one.suggestions)
    over = [event for (_, day), events in held.dates.items() if day == quarter.starts_on for event in _ran(events, now)]
    came = attendance_by_event([event.pk for event in over]) if held.sees_people else {}
    lines = [_line(held, pk, advice[pk], came, now) for pk in held.courses]
    shown = [one for one in lines if _says_something(one)]
    rooms = _rooms(held, now) if held.sees_people else []
    return Board(quarter, sorted(shown, key=_in_order), programme, held.sees_people, dict(suggested), rooms)


def _rooms(held: Held, now: datetime.datetime) -> list[tuple[Event, Mix]]:
    """The dates of the quarter that are open or over, of which anybody can say who is in the room."""
    events = [event for (_, day), found in held.dates.items() if day == held.quarter.starts_on for event in found]
    events = [event for event in events if event.standing == Event.Standing.PUBLISHED and event.starts_at]
    mixes = mixes_of(events, now)
    pairs = [(event, mix) for event in events if (mix := mixes[event.pk])]
    return sorted(pairs, key=lambda pair: (str(pair[0].starts_at), pair[0].pk))


def _read(user: User, quarter: Period, now: datetime.datetime, programme: Programme | None) -> Held:
    ahead = quarters_ahead(london_day(now), quarter_month(quarter))
    quarters = sorted({quarter, *ahead}, key=lambda one: one.starts_on)
    sees_people = user.may(Permission.MANAGE_BOOKINGS)
    dates = _dates(quarters)
    first = next((one for one in ahead if _has_time(one, london_day(now))), ahead[-1])
    demand = demand_of(user, ahead, now, first) if sees_people else {}
    planned = _planned(programme, quarters)
    courses = _courses({pk for pk, _ in [*dates, *planned, *demand]})
    to_come = [event for events in dates.values() for event in events if event.starts_at and event.starts_at > now]
    rooms = rooms_of(to_come, london_day(now))
    free = {pk: room.free_for(Belongs()) or 0 for pk, room in rooms.items()}
    return Held(quarter, ahead, courses, planned, dates, _usual(courses, now), demand, free, sees_people)


def quarter_month(quarter: Period) -> int:
    """The month in which its financial year begins."""
    return (quarter.starts_on.month - 1 - 3 * ((quarter.quarter or 1) - 1)) % 12 + 1


def quarters_ahead(today: datetime.date, month: int) -> list[Period]:
    """This quarter and the next two."""
    found = [quarter_of(today, month)]
    while len(found) < LOOKS_AHEAD:
        found.append(quarter_of(found[-1].ends_on, month))
    return found


def _has_time(quarter: Period, today: datetime.date) -> bool:
    """Whether a new date can still be announced and booked before the quarter ends."""
    return add_working_days(today, LEAD_WORKING_DAYS) < quarter.ends_on


def _dates(quarters: Sequence[Period]) -> dict[Key, list[Event]]:
    """By course and quarter: drafts and open ones, the soonest first. What has no day is not on the board."""
    within = Q()
    for one in quarters:
        within |= Q(starts_at__date__gte=one.starts_on, starts_at__date__lt=one.ends_on)
    rows = Event.objects.not_cancelled().filter(within, places_offered__isnull=False).select_related("version")
    columns = ("reference", "standing", "starts_at", "ends_at", "places_offered", "places_held", "minimum")
    found: dict[Key, list[Event]] = defaultdict(list)
    for event in rows.only(*columns, "version__course").order_by("starts_at", "pk"):
        quarter = quarter_holding(quarters, london_day(event.starts_at)) if event.starts_at else None
        if quarter is not None:
            found[event.version.course_id, quarter.starts_on].append(event)
    return found


def _planned(programme: Programme | None, quarters: Sequence[Period]) -> dict[Key, int]:
    rows = PlannedCourse.objects.filter(
        programme=programme, quarter_starts_on__in=[one.starts_on for one in quarters], events__gt=0
    )
    return {(course, day): events for course, day, events in rows.values_list("course", "quarter_starts_on", "events")}


def _courses(ids: Iterable[int]) -> dict[int, Course]:
    rows = Course.objects.exclude(usual_mode=DeliveryMode.E_LEARNING).prefetch_related("versions")
    return {course.pk: course for course in rows.filter(pk__in=set(ids)).order_by("code")}


def _usual(courses: Iterable[int], now: datetime.datetime) -> dict[int, Usual]:
    """The middle of the last two years' dates of each course."""
    rows = Event.objects.not_cancelled().filter(
        version__course__in=list(courses), starts_at__gt=now - TWO_YEARS, places_offered__isnull=False
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for course, places, minimum in rows.values_list("version__course", "places_offered", "minimum"):
        found[course].append((places or 0, minimum))
    return {
        course: Usual(median_low(p for p, _ in pairs), max(1, median_low(m for _, m in pairs)))
        for course, pairs in found.items()
    }


def _advise(held: Held, course: int, now: datetime.datetime) -> list[Advice]:
    today = london_day(now)
    squares = [
        Square(
            quarter=one.starts_on,
            planned=held.planned.get((course, one.starts_on), 0),
            scheduled=len(held.dates.get((course, one.starts_on), ())),
            dates=[_board_date(held, event, today) for event in _to_come(held, course, one, now)],
            demand=held.demand.get((course, one.starts_on), Demand()),
            has_time=_has_time(one, today),
        )
        for one in held.ahead
    ]
    return advise(squares, held.usual.get(course, USUAL), knows_people=held.sees_people)


def _to_come(held: Held, course: int, quarter: Period, now: datetime.datetime) -> list[Event]:
    events = held.dates.get((course, quarter.starts_on), ())
    return [event for event in events if event.starts_at and event.starts_at > now]


def _board_date(held: Held, event: Event, today: datetime.date) -> BoardDate:
    starts_on = london_day(event.starts_at) if event.starts_at else today
    return BoardDate(
        event.reference,
        starts_on,
        event.standing == Event.Standing.PUBLISHED,
        event.places_offered or 0,
        event.places_held,
        held.free.get(event.pk, 0),
        event.minimum,
        working_days_between(today, starts_on),
    )


def _ran(events: Iterable[Event], now: datetime.datetime) -> list[Event]:
    """Open and over."""
    return [one for one in events if one.standing == Event.Standing.PUBLISHED and one.ends_at and one.ends_at <= now]


def _line(
    held: Held, course: int, advice: Sequence[Advice], came: Mapping[int, Attendance], now: datetime.datetime
) -> Line:
    key = (course, held.quarter.starts_on)
    events, ran = held.dates.get(key, ()), _ran(held.dates.get(key, ()), now)
    there = [came.get(event.pk, Attendance()) for event in ran]
    return Line(
        course=held.courses[course],
        planned=held.planned.get(key, 0),
        scheduled=len(events),
        places=sum(event.places_offered or 0 for event in events),
        booked=sum(event.places_held for event in events),
        demand=held.demand.get(key, Demand()) if held.sees_people else None,
        ran=len(ran),
        came=sum(one.attended + one.walk_ins for one in there) if held.sees_people else None,
        advice=next((one for one in advice if one.square.quarter == held.quarter.starts_on), None),
    )


def _says_something(line: Line) -> bool:
    suggestions = line.advice.suggestions if line.advice else ()
    return bool(line.planned or line.scheduled or suggestions or (line.demand and line.demand.people))


def _in_order(line: Line) -> tuple[bool, str]:
    """What something is suggested about comes first."""
    return not (line.advice and line.advice.suggestions), line.course.code
