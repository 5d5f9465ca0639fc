"""Dates out of a list: what each row means."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Prefetch

from providers.imports.days import Span, days_words, read_days, spans_of
from providers.imports.known import Known
from providers.imports.words import EXPECTED_MODE, MODE_WORDS, MODES
from providers.models import Commission, Contract, Provider
from training.catalogue.models import Course, CourseVersion, DeliveryMode, Event, Session, Venue
from training.people.models import Person
from training.web.cells import Reader, nearest
from training.web.importing import (
    Change,
    Plan,
    PlannedLine,
    Seen,
    Sitting,
    Verdict,
    changes_between,
    each,
    judged,
    require_columns,
)
from training.web.tables import Line, Table
from training.web.when import london_day
from training.web.words import count

NEEDS = frozenset({"reference", "course_code", "mode", "sessions"})
REQUIRED = NEEDS | {"venue", "capacity"}
COLUMNS = ("reference", "course_code", "mode", "sessions", "venue", "capacity", "minimum", "provider", "trainer")
IN_A_ROOM = (DeliveryMode.FACE_TO_FACE, DeliveryMode.HYBRID)
CHUNK = 1000


@dataclass
class WantedEvent:
    """A row read. `contract` is what the date would be ordered under; `trainers` whether each may be confirmed."""

    reference: str
    version: CourseVersion | None
    mode: str
    days: list[Span]
    venues: list[Venue]
    capacity: int | None
    minimum: int | None
    provider: Provider | None
    contract: Contract | None = None
    trainers: list[tuple[Person, bool]] = field(default_factory=list)
    standing: str = Event.Standing.PUBLISHED
    known: Event | None = None

    def venue_of(self, number: int) -> Venue | None:
        """The room of the sitting counted from 0: one for all, or one each."""
        if not self.venues:
            return None
        return self.venues[number] if len(self.venues) > 1 else self.venues[0]


def plan_events(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("dates", warnings=require_columns(table, REQUIRED, COLUMNS))
    known, seen = Known(), Seen()
    lines = iter(each(table.lines, sitting.advance))
    while chunk := list(islice(lines, CHUNK)):
        held = held_events(str(line.cells.get("reference") or "").strip().upper() for line in chunk)
        plan.lines += [_plan_row(Reader(line, table.columns), line, known, held, seen, sitting) for line in chunk]
    return plan


def held_events(references: Iterator[str]) -> dict[str, Event]:
    """With all that `words_of` looks at, in a fixed number of queries."""
    live = Commission.objects.live().select_related("contract__provider")
    rows = Event.objects.with_details().filter(reference__in=set(references))
    return {event.reference: event for event in rows.prefetch_related(Prefetch("commissions", live, "live_orders"))}


def _plan_row(
    read: Reader, line: Line, known: Known, held: dict[str, Event], seen: Seen, sitting: Sitting
) -> PlannedLine:
    wanted = _wanted(read, known, seen)
    wanted.known = held.get(wanted.reference)
    planned = PlannedLine(line.number, wanted.reference, Verdict.WRONG, problems=read.problems, wanted=wanted)
    _check_places(read, wanted)
    if wanted.known is not None:
        _compare(read, planned, wanted, wanted.known)
    if not read.problems:
        _order(planned, wanted, known, sitting.now)
        _staff(read, planned, wanted, known)
        if wanted.known is None:
            _stand(planned, wanted, sitting.now)
    elif read.has("trainer"):
        read.text("trainer")  # for its formulas
    return judged(planned, is_new=wanted.known is None)


def _wanted(read: Reader, known: Known, seen: Seen) -> WantedEvent:
    reference = read.text("reference", 20, is_required=True).upper()
    if reference and not (reference.isascii() and reference.replace("-", "").isalnum() and reference[0] != "-"):
        read.wrong("reference", "letters, digits and dashes, like E0141")
    elif reference and (first := seen.before(reference, read.row)):
        read.wrong("reference", f"each date once: it is in row {first} too")
    version = read.one_of("course_code", known.courses, "the code of a course that Muster knows", suggests=False)
    mode = read.one_of("mode", MODES, EXPECTED_MODE)
    is_e_learning = mode == DeliveryMode.E_LEARNING
    days = read_days(read, is_e_learning=is_e_learning)
    provider = read.one_of("provider", known.providers, "a provider that Muster knows", is_required=False)
    return WantedEvent(
        reference,
        version,
        mode or "",
        days,
        _venues(read, known, len(days)),
        read.number("capacity", 1, 5000, is_required=mode is not None and not is_e_learning),
        read.number("minimum", 0, 5000),
        provider,
    )


def _venues(read: Reader, known: Known, days: int) -> list[Venue]:
    """One for all days, or one a day with semicolons between."""
    text = read.text("venue", 1000)
    if not text:
        return []
    if whole := known.venues.get(text.casefold()):
        return [whole]
    names = [name.strip() for name in text.split(";")]
    unknown = [name for name in names if name.casefold() not in known.venues]
    if unknown:
        expected = "a venue that Muster knows" + nearest(unknown[0], known.venues)
        read.wrong("venue", expected, unknown[0])
        return []
    if days and len(names) != days:
        read.wrong("venue", f"one venue, or one for each of the {days} days")
        return []
    return [known.venues[name.casefold()] for name in names]


def _check_places(read: Reader, wanted: WantedEvent) -> None:
    if wanted.mode == DeliveryMode.E_LEARNING:
        if wanted.capacity is not None:
            read.wrong("capacity", "nothing: e-learning has no limit of places")
        return
    smallest = min((venue.capacity for venue in wanted.venues), default=None)
    if wanted.mode == DeliveryMode.FACE_TO_FACE and smallest and (wanted.capacity or 0) > smallest:
        # A room's limit is its fire limit: the date could not be opened, so it must not slip in by a file.
        read.wrong("capacity", f"at most {smallest}, which the venue holds")
    if wanted.capacity is not None and (wanted.minimum or 0) > wanted.capacity:
        read.wrong("minimum", f"at most the capacity, {wanted.capacity}")


def _compare(read: Reader, planned: PlannedLine, wanted: WantedEvent, event: Event) -> None:
    course = event.version.course
    if wanted.version is not None and wanted.version.course_id != course.pk:
        read.wrong("course_code", f"{course}: {event} is a date of that course, and keeps it")
    if wanted.capacity is not None and wanted.capacity < event.places_held:
        people = count(event.places_held, "person is", "people are")
        read.wrong("capacity", f"at least {event.places_held}: {people} booked")
    if read.problems:
        return
    planned.changes = changes_between(words_of(event), _words(wanted, event))
    if planned.changes and event.standing == Event.Standing.CANCELLED:
        read.wrong("reference", "a date that is not cancelled. Copy it in Muster to make a new one")


def _words(wanted: WantedEvent, event: Event) -> dict[str, str]:
    """What the file says; what it leaves empty is as Muster has it."""
    minimum = event.minimum if wanted.minimum is None else wanted.minimum
    held = words_of(event)
    places = [venue.name for number in range(len(wanted.days)) if (venue := wanted.venue_of(number))]
    return {
        "How": MODE_WORDS[wanted.mode],
        "Days": days_words(wanted.days),
        "Venue": venue_words(places) or held["Venue"],
        "Capacity": str(wanted.capacity or ""),
        "Minimum": str(minimum or ""),
    }


def words_of(event: Event) -> dict[str, str]:
    """What Muster holds, in the same words. Of an event of `held_events`, without a query."""
    sessions = list(event.sessions.all())
    return {
        "How": MODE_WORDS[event.mode],
        "Days": days_words(spans_of(sessions)),
        "Venue": venue_words([session.venue.name for session in sessions if session.venue]),
        "Capacity": str(event.room_limit or ""),
        "Minimum": str(event.minimum or ""),
    }


def venue_words(names: list[str]) -> str:
    """One name when all days have the same."""
    return names[0] if len(set(names)) == 1 else "; ".join(names)


def live_order(event: Event) -> Commission | None:
    orders: list[Commission] = getattr(event, "live_orders", [])
    return orders[0] if orders else None


def _order(planned: PlannedLine, wanted: WantedEvent, known: Known, now: datetime.datetime) -> None:
    """The contract that the provider would deliver under; none that fits is a warning."""
    if wanted.provider is None or wanted.version is None:
        return
    order = live_order(wanted.known) if wanted.known else None
    if order is not None and order.contract.provider_id == wanted.provider.pk:
        return
    today = london_day(now)
    days = (london_day(wanted.days[0][0]), london_day(wanted.days[-1][1])) if wanted.days else (today, today)
    wanted.contract = known.contract_for(wanted.provider, wanted.version.course, days)
    if wanted.contract is None:
        planned.warnings.append(f"{wanted.provider} has no contract for that time, so no trainer order is prepared.")
    elif wanted.known is not None:
        was = order.contract.provider.name if order else ""
        planned.changes.append(Change("Provider", was, wanted.provider.name))


def _staff(read: Reader, planned: PlannedLine, wanted: WantedEvent, known: Known) -> None:
    taught = _taught(wanted.known)
    for name in read.parts("trainer", "|;", 120):
        people = known.trainers.get(name.casefold(), [])
        if len(people) != 1:
            why = "Several trainers are" if people else "No trainer is"
            planned.warnings.append(f"{why} called {name}{_or(name, known)}: the date lands without them.")
            continue
        person = people[0]
        if person.pk in taught or not wanted.days:
            continue
        other = known.busy.elsewhere(person.pk, wanted.days, wanted.reference)
        if other:
            planned.warnings.append(f"{person} is confirmed for {other} at that time, so they land as asked only.")
        else:
            known.busy.take(person.pk, wanted.days, wanted.reference)
        wanted.trainers.append((person, not other))
        if wanted.known is not None:
            planned.changes.append(Change("Trainer", ", ".join(taught.values()), person.name))


def _or(name: str, known: Known) -> str:
    alike = nearest(name, known.trainers)
    return f" ({alike.removeprefix('; ')})" if alike else ""


def _taught(event: Event | None) -> dict[int, str]:
    """Everybody who was ever put to the date, whatever they answered: a file does not ask them again."""
    sessions: list[Session] = list(event.sessions.all()) if event else []
    return {teaching.person_id: teaching.person.name for session in sessions for teaching in session.teachings.all()}


def _stand(planned: PlannedLine, wanted: WantedEvent, now: datetime.datetime) -> None:
    """What is over, or complete, is open; the rest lands as a draft."""
    if wanted.days and wanted.days[-1][1] <= now:
        return
    lacking = list(_lacking(wanted))
    if wanted.days and wanted.days[0][0] <= now:
        lacking.append("it has begun")
    if lacking:
        wanted.standing = Event.Standing.DRAFT
        planned.warnings.append(f"It lands as a draft: {', and '.join(lacking)}.")


def _lacking(wanted: WantedEvent) -> Iterator[str]:
    if wanted.version is not None and wanted.version.course.standing != Course.Standing.PUBLISHED:
        yield f"the course {wanted.version.course} is not in the catalogue"
    if wanted.mode in IN_A_ROOM and not wanted.venues:
        yield "it has no venue"
    if any(not venue.is_in_use for venue in wanted.venues):
        yield "its venue is no longer in use"
