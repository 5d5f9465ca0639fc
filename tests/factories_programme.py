"""Bodies, meetings, programmes and needs for tests, made by the real actions."""

import datetime
import itertools
from collections.abc import Mapping

from django.utils import timezone

from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_course
from training.catalogue.models import Course
from training.governance.models import Body, Meeting, Priority
from training.people.models import Role, User
from training.programme.actions.deciding import (
    Minuted,
    agree_programme,
    offer_programme,
    recommend_programme,
    start_programme,
)
from training.programme.actions.planning import ProgrammeText, choose_priorities, draft_programme, plan_course
from training.programme.models import Programme

_numbers = itertools.count(1)
NAMES = {Body.Kind.PDL: "Practice Development and Learning subgroup", Body.Kind.EXECUTIVE: "Safeguarding Executive"}


def make_body(kind: str = Body.Kind.PDL) -> Body:
    return Body.objects.get_or_create(kind=kind, defaults={"name": NAMES[Body.Kind(kind)]})[0]


def make_meeting(kind: str = Body.Kind.PDL, *, days: int = 0, now: datetime.datetime | None = None) -> Meeting:
    held_on = timezone.localdate(now or timezone.now()) + datetime.timedelta(days=days)
    return Meeting.objects.get_or_create(body=make_body(kind), held_on=held_on)[0]


def pdl_member() -> User:
    make_body(Body.Kind.PDL)
    return make_user(role=Role.PDL_MEMBER)


def executive() -> User:
    make_body(Body.Kind.EXECUTIVE)
    return make_user(role=Role.EXECUTIVE)


def make_priority(name: str = "") -> Priority:
    return Priority.objects.create(name=name or f"Priority {next(_numbers)}")


def make_programme(
    *,
    first_year: int = 2027,
    years: int = 3,
    envelope_pence: int | None = 1_000_000,
    plan: Mapping[Course, Mapping[datetime.date, int]] | None = None,
    pence_each: int | None = 50_000,
    priorities: tuple[Priority, ...] | None = None,
) -> Programme:
    """A draft from April of `first_year`, with one course once in its first quarter, for one priority a year."""
    by = any_coordinator()
    text = ProgrammeText(f"Programme {next(_numbers)}", first_year, years, envelope_pence)
    programme = draft_programme(text=text, by=by)
    wanted = (make_priority(),) if priorities is None else priorities
    pairs = [(priority, year) for priority in wanted for year in range(first_year, first_year + years)]
    programme = choose_priorities(programme=programme, wanted=pairs, revision=programme.revision, by=by)
    for course, quarters in (plan or {make_course(): {datetime.date(first_year, 4, 1): 1}}).items():
        programme = plan_course(
            programme=programme, course=course, quarters=quarters, pence_each=pence_each,
            revision=programme.revision, by=by,
        )  # fmt: skip
    return programme


def moved_on(programme: Programme, standing: str, *, now: datetime.datetime) -> Programme:
    """As far as `standing`, by whoever may: offered, recommended, agreed, live."""
    by, minuted = any_coordinator(), Minuted(timezone.localdate(now), "So decided.", "item 3")
    programme = offer_programme(programme=programme, by=by, now=now)
    if standing == "offered":
        return programme
    programme = recommend_programme(programme=programme, minuted=minuted, by=pdl_member(), now=now)
    if standing == "recommended":
        return programme
    programme = agree_programme(programme=programme, minuted=minuted, by=executive(), now=now)
    return programme if standing == "agreed" else start_programme(programme=programme, by=by, now=now)
