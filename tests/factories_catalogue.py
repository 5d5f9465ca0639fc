"""Courses, venues, dates and trainers for tests, made by the real actions."""

import datetime
import itertools
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from tests.factories import grant_directly, make_person, make_user
from training.catalogue.actions.closed import close_for
from training.catalogue.actions.courses import CourseShape, add_course, publish_course
from training.catalogue.actions.events import add_event
from training.catalogue.actions.standing import publish_event
from training.catalogue.actions.teaching import ask_trainer, confirm_teaching
from training.catalogue.actions.venues import save_venue
from training.catalogue.models import Course, CourseVersion, DeliveryMode, Event, Framework, Session, Teaching, Venue
from training.catalogue.plans import CourseText, EventPlan, Level, SessionPlan, session_plan
from training.people.models import Person, Role, RoleGrant, User
from training.web.when import london_day

_numbers = itertools.count(1)


def any_coordinator() -> User:
    """A coordinator: one that there is, else a new one."""
    grant = RoleGrant.objects.filter(role=Role.COORDINATOR, person__user__isnull=False).first()
    return User.objects.get(person=grant.person) if grant else make_user(role=Role.COORDINATOR)


def make_framework(code: str = "local", rungs: Sequence[str] = ("1", "2", "3", "4"), **fields: Any) -> Framework:
    defaults = {"name": "Local levels", "prefix": "L", "rungs": list(rungs), **fields}
    return Framework.objects.get_or_create(code=code, defaults=defaults)[0]


def make_course(title: str = "", *, is_published: bool = True, by: User | None = None, **fields: Any) -> Course:
    """A course with one version. Fields of shape or text may be given, `outcomes`, and `levels=["2-3"]` (local)."""
    number = next(_numbers)
    by = by or any_coordinator()
    shape = {"kind": "course", "remit": "children", "usual_mode": DeliveryMode.FACE_TO_FACE}
    shape |= {
        name: fields.pop(name) for name in ("kind", "remit", "usual_mode", "lot_number", "priorities") if name in fields
    }
    version = add_course(
        code=fields.pop("code", f"TST{number:03}"),
        outcomes=fields.pop("outcomes", ["Recognise the signs of neglect", "Know whom to tell"]),
        levels=[_level(notation) for notation in fields.pop("levels", ())],
        now=fields.pop("now", None) or timezone.now(),
        shape=CourseShape(**shape),
        text=CourseText(
            **{"title": title or f"Course {number}", "audience": "Everybody who works with children", **fields}
        ),
        by=by,
    )
    return publish_course(course=version.course, by=by) if is_published else version.course


def _level(notation: str) -> Level:
    framework = make_framework()
    place = framework.parse(notation)
    assert place is not None
    return Level(framework, *place)


def make_version(title: str = "", **fields: Any) -> CourseVersion:
    """The current version of a new course."""
    return make_course(title, **fields).versions.get(is_current=True)


def make_venue(name: str = "", **fields: Any) -> Venue:
    venue = Venue(
        **{"name": name or f"Room {next(_numbers)}", "address": "1 Wharf Street, London", "capacity": 24, **fields}
    )
    return save_venue(venue=venue, revision=1, by=any_coordinator())


def morning(day: datetime.date, *, venue: Venue | None = None, **fields: Any) -> SessionPlan:
    """From 9:30 to 13:00 in London; `starts` and `ends` may be given as times."""
    starts, ends = fields.pop("starts", datetime.time(9, 30)), fields.pop("ends", datetime.time(13))
    return session_plan(day, starts, ends, venue=venue, **fields)


def in_days(days: int, *, now: datetime.datetime | None = None) -> datetime.date:
    return london_day(now or timezone.now()) + datetime.timedelta(days=days)


def make_event(
    course: Course | CourseVersion | None = None,
    *,
    days: Sequence[datetime.date | SessionPlan] | None = None,
    is_published: bool = True,
    by: User | None = None,
    now: datetime.datetime | None = None,
    **fields: Any,
) -> Event:
    """A date, open for booking, with one morning in 30 days (in a room of 24 when face to face), 18 places.

    `days` are days (mornings) or session plans; `venue` is used for all, `closed_for` are organisations;
    other fields are the plan's.
    A date in the past is opened as if it were the day before its first session.
    """
    now = now or timezone.now()
    by = by or any_coordinator()
    version = _version_of(course)
    mode = fields.pop("mode", DeliveryMode.FACE_TO_FACE)
    sessions = _sessions(mode, [in_days(30, now=now)] if days is None else days, fields.pop("venue", None))
    places = {"room_limit": 24, "places_offered": 18, "minimum": 6} if mode != DeliveryMode.E_LEARNING else {}
    held = fields.pop("places_held", 0)
    reference, closed_for = fields.pop("reference", ""), fields.pop("closed_for", ())
    plan = EventPlan(mode=mode, sessions=sessions, **{**places, **fields})
    event = add_event(version=version, plan=plan, reference=reference, by=by)
    if closed_for:
        event = close_for(event=event, agencies=closed_for, revision=event.revision, by=by)
    if is_published:
        before = [session.starts_at - datetime.timedelta(days=1) for session in sessions]
        event = publish_event(event=event, by=by, now=min([now, *before]))
    if held:  # until bookings hold them
        Event.objects.filter(pk=event.pk).update(places_held=held)
    return Event.objects.get(pk=event.pk)


def _version_of(course: Course | CourseVersion | None) -> CourseVersion:
    if isinstance(course, CourseVersion):
        return course
    return (course or make_course()).versions.get(is_current=True)


def _sessions(mode: str, days: Sequence[datetime.date | SessionPlan], venue: Venue | None) -> list[SessionPlan]:
    if mode == DeliveryMode.E_LEARNING:
        return []
    if mode != DeliveryMode.VIRTUAL and venue is None and any(not isinstance(day, SessionPlan) for day in days):
        venue = make_venue()
    return [day if isinstance(day, SessionPlan) else morning(day, venue=venue) for day in days]


def make_trainer(name: str = "") -> Person:
    """A person with the role of trainer, and no login."""
    person = make_person(name)
    grant_directly(person, Role.TRAINER)
    return person


def make_teaching(
    event: Event | None = None,
    person: Person | None = None,
    *,
    is_confirmed: bool = True,
    now: datetime.datetime | None = None,
) -> list[Teaching]:
    """A trainer on every session of a date, confirmed or only asked."""
    event, person, by = event or make_event(), person or make_trainer(), any_coordinator()
    moment = now or min([timezone.now(), *[session.starts_at for session in event.sessions.all()]])
    asked = ask_trainer(event=event, person=person, by=by, now=moment)
    return confirm_teaching(event=event, person=person, by=by, now=moment) if is_confirmed else asked


def only_session(event: Event) -> Session:
    return event.sessions.get()
