"""What stands in the way of a course or a date, as reasons that its page and its actions share."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.db.models import QuerySet

from training.catalogue.clashing import Clashes, clashes_of, trainer_reason
from training.catalogue.models import Course, DeliveryMode, Event, Session, Teaching, Venue
from training.web.reasons import Reason
from training.web.school_holidays import school_holiday
from training.web.when import london_day
from training.web.words import clock, count, day
from training.web.working_days import bank_holiday

IN_A_ROOM = frozenset({DeliveryMode.FACE_TO_FACE, DeliveryMode.HYBRID})
ONLINE = frozenset({DeliveryMode.VIRTUAL, DeliveryMode.HYBRID})


def reasons_course_not_publishable(course: Course) -> list[Reason]:
    version = course.versions.get(is_current=True)
    reasons = []
    if course.kind == Course.Kind.COURSE and not version.outcomes.exists():
        reasons.append(
            Reason(
                "no_outcomes",
                "The course says nothing yet about what people will be able to do.",
                "Add at least one outcome, or make it a briefing, which needs none.",
            )
        )
    if not version.audience:
        reasons.append(
            Reason("no_audience", "The page does not say who the course is for.", "Add it if you can.", blocking=False)
        )
    return reasons


def dates_still_open(course: Course, now: datetime.datetime) -> "QuerySet[Event]":
    """Of a course that is to be withdrawn: somebody has to say what becomes of each."""
    return Event.objects.published().to_come(now).filter(version__course=course).order_by("starts_at", "pk")


def reasons_course_not_withdrawable(
    course: Course, now: datetime.datetime, running: Collection[int] = ()
) -> list[Reason]:
    """Open dates to come, each with how many are booked: they come first. `running` are let run."""
    events = dates_still_open(course, now).exclude(pk__in=running)
    listed = [f"{event} ({_on(event)}{count(event.places_held, 'person', 'people')} booked)" for event in events]
    if not listed:
        return []
    sentence = f"{count(len(listed), 'date').capitalize()} of this course can still be booked: {', '.join(listed)}."
    return [Reason("dates_to_come", sentence, "Say what becomes of each.")]


def _on(event: Event) -> str:
    return f"{day(event.starts_at)}, " if event.starts_at else ""


def reasons_not_publishable(event: Event, now: datetime.datetime, clashes: Clashes | None = None) -> list[Reason]:
    """Everything that stops a date from being opened (blocking) or that somebody should see to (warnings).

    For a list, load it by `with_details` and hand in `clashes_of` the whole list.
    """
    found = clashes_of([event]) if clashes is None else clashes
    days, rooms = _of_the_days(event, now), _of_rooms(event, found)
    return [*_of_the_course(event), *days, *rooms, *_of_trainers(event), *_of_busy_trainers(event, found)]


def today_problems(event: Event) -> list[Reason]:
    """What is still missing on the day itself: a trainer, a link, a room."""
    return [*_missing_places(event), *_of_trainers(event)]


def _of_the_course(event: Event) -> Iterator[Reason]:
    course = event.version.course
    if course.standing == Course.Standing.WITHDRAWN:
        yield Reason("course_withdrawn", f"The course {course} is withdrawn.", "Put it back into the catalogue first.")
    if course.standing == Course.Standing.DRAFT:
        yield Reason("course_draft", f"The course {course} is still a draft.", "Put it into the catalogue first.")
    if course.kind == Course.Kind.CLOSED and not _is_for_somebody(event):
        yield Reason(
            "closed_for_nobody", "It does not say for which organisation it is.", "Say so: nobody else can book it."
        )
    if not event.version.is_current:
        yield Reason(
            "old_version",
            "The outcomes of the course have changed since this date was made.",
            "It keeps those it was made with.",
            blocking=False,
        )


def _is_for_somebody(event: Event) -> bool:
    """Asked in the same query as the date, out of `with_details`."""
    return vars(event)["has_closed_for"] if "has_closed_for" in vars(event) else event.closed_for.exists()


def _of_the_days(event: Event, now: datetime.datetime) -> Iterator[Reason]:
    if event.mode == DeliveryMode.E_LEARNING:
        return
    sessions = list(event.sessions.all())
    if not sessions:
        yield Reason("no_sessions", "No day and time is set.", "Add at least one.")
    for session in sessions:
        if session.starts_at <= now:
            yield Reason(
                "session_past", f"{_upper_first(_name(session, sessions))} lies in the past.", "Choose a day to come."
            )
        yield from holiday_warnings(_upper_first(_name(session, sessions)), london_day(session.starts_at))
    yield from _missing_places(event)


def holiday_warnings(name: str, on: datetime.date) -> Iterator[Reason]:
    """Warnings: of two that fall together the bank holiday alone, which says more."""
    if holiday := bank_holiday(on):
        yield Reason("bank_holiday", f"{name} is a bank holiday: {holiday}.", "Check the day.", blocking=False)
    elif period := school_holiday(on):
        first, last = period
        yield Reason(
            "school_holiday",
            f"{name} is in the school holidays ({day(first)} to {day(last)}).",
            "Fewer people from schools can come. Check the day.",
            blocking=False,
        )


def _missing_places(event: Event) -> Iterator[Reason]:
    sessions = list(event.sessions.all())
    no_venue = [session for session in sessions if session.venue_id is None]
    if event.mode in IN_A_ROOM and no_venue:
        yield Reason("no_venue", f"No venue is set for {_names(no_venue, event)}.", "Choose one.")
    no_link = [session for session in sessions if not (session.joining_link or event.joining_link)]
    if event.mode in ONLINE and no_link:
        yield Reason(
            "no_link",
            f"There is no joining link for {_names(no_link, event)}.",
            "Add it before the day.",
            blocking=False,
        )


def _of_rooms(event: Event, clashes: Clashes) -> Iterator[Reason]:
    told: set[int] = set()  # a room of several days is spoken of once
    for session in event.sessions.all():
        venue = session.venue
        if venue is None or event.mode not in IN_A_ROOM:
            continue
        if venue.pk not in told:
            yield from _of_the_room(event, venue)
        told.add(venue.pk)
        for other in clashes.rooms.get(session.pk, ()):
            yield Reason(
                "venue_clash",
                f"{venue} is also taken by {other.event} on {day(other.starts_at)} from {clock(other.starts_at)}.",
                "Check with the venue.",
                blocking=False,
                data={"event": other.event.reference},
            )


def _of_the_room(event: Event, venue: Venue) -> Iterator[Reason]:
    if not venue.is_in_use:
        yield Reason("venue_closed", f"{venue} is no longer in use.", "Choose another venue.")
    if event.mode == DeliveryMode.FACE_TO_FACE and venue.capacity < (event.room_limit or 0):
        yield Reason(
            "room_too_small",
            f"{venue} holds {venue.capacity}, but the room limit of this date is {event.room_limit}.",
            "Lower the limit or choose a larger room.",
            data={"capacity": venue.capacity},
        )


def _of_trainers(event: Event) -> Iterator[Reason]:
    if event.mode == DeliveryMode.E_LEARNING:
        return
    taught = {session: _by_status(session) for session in event.sessions.all()}
    nobody = [session for session, by_status in taught.items() if not by_status["confirmed"] + by_status["proposed"]]
    if nobody:
        yield Reason("no_trainer", f"No trainer is asked for {_names(nobody, event)}.", "Ask one.", blocking=False)
    waiting = [session for session, by_status in taught.items() if by_status["proposed"] and not by_status["confirmed"]]
    if waiting:
        people = sorted({teaching.person.name for session in waiting for teaching in taught[session]["proposed"]})
        sentence = f"{' and '.join(people)} {'has' if len(people) == 1 else 'have'} not confirmed"
        yield Reason(
            "trainer_unconfirmed",
            f"{sentence} {_names(waiting, event)} yet.",
            "Ring them, and confirm for them.",
            blocking=False,
        )


def _of_busy_trainers(event: Event, clashes: Clashes) -> Iterator[Reason]:
    for session in event.sessions.all():
        yield from (trainer_reason(other) for other in clashes.trainers.get(session.pk, ()))


def _by_status(session: Session) -> dict[str, list[Teaching]]:
    sorted_out: dict[str, list[Teaching]] = defaultdict(list)
    for teaching in session.teachings.all():
        sorted_out[teaching.status].append(teaching)
    return sorted_out


def _name(session: Session, among: Sequence[Session]) -> str:
    """ "Tue 14 May" of a date of one day; "day 2 (Tue 14 May)" of one of several."""
    words = day(session.starts_at)
    return words if len(among) == 1 else f"day {session.position} ({words})"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _names(sessions: list[Session], event: Event) -> str:
    among = list(event.sessions.all())
    names = [_name(session, among) for session in sessions]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
