"""What one reader's bulletin says: pure, from the pool and what is known of the reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from bookings.bulletin.pool import Pool, Rungs
from bookings.places.room import Belongs
from training.catalogue.finding.dates import when_in_words
from training.catalogue.finding.wording import who_for
from training.catalogue.models import CourseVersion, Event, Remit
from training.record.falling_due import DueRow
from training.web.words import count, full_day

MOST_DATES, MOST_DUE, MOST_NEW, MOST_AHEAD = 8, 5, 5, 10


@dataclass(frozen=True)
class Interest:
    """What somebody asked to read about: `levels` by code of the framework, each a set of rungs. Empty: everything."""

    remit: str = ""
    levels: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def fits(self, version: CourseVersion, rungs: Rungs) -> bool:
        """Whether it is for them; a course that stands on none of their ladders is for everybody."""
        if self.remit and version.course.remit not in (self.remit, Remit.JOINT):
            return False
        asked = [(rungs[code], wanted) for code, wanted in self.levels.items() if code in rungs]
        return not asked or any(wanted & set(range(low, high + 1)) for (low, high), wanted in asked)


@dataclass(frozen=True)
class Reader:
    """`knows` are courses that they have a place on or did within a year."""

    name: str
    interest: Interest = field(default_factory=Interest)
    works: Sequence[Belongs] = ()
    knows: frozenset[int] = frozenset()
    due: Sequence[DueRow] = ()


@dataclass(frozen=True)
class Line:
    """A line of the letter: a link and what follows it."""

    label: str
    url: str
    rest: str = ""


@dataclass(frozen=True)
class Letter:
    """The sections of a bulletin; an empty one is left out."""

    name: str
    due: Sequence[Line]
    dates: Sequence[Line]
    more_dates: int
    new: Sequence[Line]
    ahead: Sequence[Line]
    ahead_in_words: str
    quarter: str
    search_url: str


def letter_of(reader: Reader, pool: Pool) -> Letter:
    dates = list(_dates(reader, pool))
    ahead = [event for event in pool.ahead if _fits(reader, event.version, pool)]
    courses = _by_course(ahead)
    return Letter(
        name=reader.name,
        due=[_due(row) for row in reader.due[:MOST_DUE]],
        dates=dates[:MOST_DATES],
        more_dates=max(0, len(dates) - MOST_DATES),
        new=[_new(version) for version in pool.new if _fits(reader, version, pool)][:MOST_NEW],
        ahead=[_course(events) for events in courses[:MOST_AHEAD]],
        ahead_in_words=f"{count(len(ahead), 'date')} of {count(len(courses), 'course')}" if ahead else "",
        quarter=pool.quarter.title,
        search_url=_search(reader, pool),
    )


def _fits(reader: Reader, version: CourseVersion, pool: Pool) -> bool:
    return reader.interest.fits(version, pool.rungs.get(version.pk, {}))


def _dates(reader: Reader, pool: Pool) -> Iterator[Line]:
    """With a place that this reader could have; those with places kept for where they work first."""
    found = []
    for event in pool.dates:
        if event.version.course_id in reader.knows or not _fits(reader, event.version, pool):
            continue
        room, works = pool.rooms[event.pk], reader.works or [Belongs()]
        free = max(room.free_for(one) or 0 for one in works)
        if free:
            kept = [kept for kept, left in room.unused() if left and any(kept.is_for(one) for one in works)]
            found.append((event, free, kept[0].whom if kept else ""))
    for event, free, whom in sorted(found, key=lambda one: not one[2]):
        places = f": {count(free, 'place')} left"
        yield Line(
            f"{event.version.title}, {when_in_words(event)}",
            _page("catalogue:event", event.reference),
            f"{places}, some of them kept for {whom}" if whom else places,
        )


def _due(row: DueRow) -> Line:
    when = f": due by {full_day(row.due.on)}"
    if row.event is None:
        return Line(row.due.rule.name, _page("catalogue:course-list"), f"{when}. No date is open yet.")
    label = f"{row.due.rule.name}"
    offered = row.event.version.title
    day = f" on {full_day(row.event.starts_at)}" if row.event.starts_at else ", when you like"
    return Line(label, _page("catalogue:event", row.event.reference), f"{when}. Next: {offered}{day}.")


def _new(version: CourseVersion) -> Line:
    return Line(
        version.title, _page("catalogue:course", version.course.code), f". For: {who_for(version.course, version)}"
    )


def _by_course(events: Sequence[Event]) -> list[list[Event]]:
    """In the order of titles, each course's dates together."""
    courses: dict[int, list[Event]] = {}
    for event in events:
        courses.setdefault(event.version.course_id, []).append(event)
    return sorted(courses.values(), key=lambda dates: (dates[0].version.title, dates[0].pk))


def _course(events: Sequence[Event]) -> Line:
    first = events[0]
    from_day = f" from {full_day(first.starts_at)}" if first.starts_at else ""
    return Line(
        first.version.title,
        _page("catalogue:course", first.version.course.code),
        f": {count(len(events), 'date')}{from_day}",
    )


def _search(reader: Reader, pool: Pool) -> str:
    """The catalogue with what they asked for, in the next quarter."""
    query = QueryDict(mutable=True)
    if reader.interest.remit:
        query.setlist("remit", [reader.interest.remit, Remit.JOINT.value])
    query["from"] = pool.quarter.starts_on.isoformat()
    return f"{_page('catalogue:course-list')}?{query.urlencode()}"


def _page(name: str, *arguments: object) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=arguments)}"
