"""A date again on another day, or on many: drafts, all in one transaction."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction

from training.catalogue.actions.events import PLAIN, add_event
from training.catalogue.actions.rights import require_coordinator
from training.catalogue.actions.sessions import propose
from training.catalogue.actions.teaching import is_trainer
from training.catalogue.emails import ask_to_teach_dates
from training.catalogue.errors import CatalogueError
from training.catalogue.models import ClosedFor, Course, CourseVersion, Event, Teaching
from training.catalogue.plans import EventPlan, SessionPlan
from training.catalogue.repeating import MOST_COPIES, moved_to
from training.people.models import Person, User
from training.web.when import london_day

# What belongs to one date alone.
OWN = {"joining_link": "", "booking_opens_at": None, "booking_closes_at": None}


@transaction.atomic
def copy_event(
    *, event: Event, first_day: datetime.date | None, submission: uuid.UUID | None = None, by: User
) -> Event:
    """A draft like this date on the course's current version, its days as far apart and at the same clock times.

    A session for one organisation stays theirs. The joining link and the days of booking are not copied: they belong
    to one date. E-learning has no first day.
    """
    sessions = [] if first_day is None else moved_to(list(event.sessions.all()), first_day)
    return _copy(event, sessions, submission, by)


@transaction.atomic
def repeat_event(
    *,
    event: Event,
    first_days: Sequence[datetime.date],
    submission: uuid.UUID,
    by: User,
    now: datetime.datetime,
    asks_trainers: bool = True,
) -> list[Event]:
    """A draft on each of these days; those who teach this date are asked for all of them in one message.

    The same `submission` again gives what it made the first time and asks nobody again.
    Raises CatalogueError, and makes nothing, where a clock change leaves out a time on one of the days.
    """
    asker = require_coordinator(by)
    days = sorted(set(first_days))
    if not days:
        raise CatalogueError("Tick at least one date.")
    if len(days) > MOST_COPIES:
        raise CatalogueError(f"Make {MOST_COPIES} dates at most at once.")
    sessions = list(event.sessions.all())
    if not sessions:
        raise CatalogueError("This date has no day yet, so it cannot be repeated.")
    copies = [_copy(event, moved_to(sessions, day), uuid.uuid5(submission, day.isoformat()), by) for day in days]
    if asks_trainers:
        _ask(event, copies, submission, asker, now)
    return copies


def _copy(event: Event, sessions: Sequence[SessionPlan], submission: uuid.UUID | None, by: User) -> Event:
    kept = {name: getattr(event, name) for name in PLAIN}
    plan = EventPlan(**{**kept, **OWN}, sessions=sessions)
    version = CourseVersion.objects.select_related("course").get(course=event.version.course_id, is_current=True)
    copy = add_event(version=version, plan=plan, by=by, submission=submission)
    if version.course.kind == Course.Kind.CLOSED and copy.revision == 1 and not copy.closed_for.exists():
        there = event.closed_for.values_list("agency_id", flat=True)
        ClosedFor.objects.bulk_create([ClosedFor(event=copy, agency_id=pk) for pk in there])
    return copy


def _ask(event: Event, copies: Sequence[Event], submission: uuid.UUID, by: Person, now: datetime.datetime) -> None:
    """For each day that they teach now, and that is to come. Copies made before have their trainers already."""
    today = london_day(now)
    taught = Teaching.objects.live().filter(session__event=event).select_related("person", "session")
    positions: dict[Person, set[int]] = {}
    for teaching in taught.order_by("person__name", "person"):
        positions.setdefault(teaching.person, set()).add(teaching.session.position)
    new = [copy for copy in copies if copy.starts_at and copy.starts_at > now and not _has_trainers(copy)]
    for person, taken in positions.items():
        sessions = [one for copy in new for one in copy.sessions.all() if one.position in taken]
        if sessions and is_trainer(person, today):
            for session in sessions:
                propose(session, person, by=by, now=now)
            ask_to_teach_dates(person, event=event, sessions=sessions, key=str(submission), now=now)


def _has_trainers(event: Event) -> bool:
    return Teaching.objects.filter(session__event=event).exists()
