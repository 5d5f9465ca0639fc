"""What the page of a programme shows to this reader."""

import datetime
from typing import Any

from django.urls import reverse

from training.governance.models import Body, Decision
from training.governance.rights import is_member
from training.people.models import User
from training.people.permissions import Permission
from training.programme.actions.deciding import reasons_not_offerable, steps_of
from training.programme.actions.planning import quarters_of
from training.programme.costs import cost_of
from training.programme.coverage import scheduled_of
from training.programme.models import Programme
from training.programme.tables import TAGS, amendments_table, plan_table
from training.web.components import NavItem, Step
from training.web.periods import Period
from training.web.words import day

STEP_WORDS = {
    "recommended": "Recommended to the Executive",
    "agreed": "Agreed",
    "draft": "Sent back",
    "live": "Began",
    "closed": "Closed",
}


def programme_context(programme: Programme, user: User, asked_year: str, today: datetime.date) -> dict[str, Any]:
    quarters = quarters_of(programme)
    years = sorted({period.year for period in quarters})
    year = _year(years, asked_year, today, quarters)
    planned = list(programme.planned.select_related("course").prefetch_related("course__versions"))
    of_year = [period for period in quarters if period.year == year]
    days = {period.starts_on for period in of_year}
    plans = user.may(Permission.PLAN_PROGRAMME)
    amendments = programme.amendments.order_by("-number")
    return {
        "programme": programme,
        "colour": TAGS[programme.standing],
        "cost": cost_of(planned, programme.envelope_pence),
        "year_tabs": [_tab(programme, one, one == year) for one in years],
        "year_name": f"{year}–{(year + 1) % 100:02}",
        "table": plan_table(
            [row for row in planned if row.quarter_starts_on in days], of_year, scheduled_of(programme), programme,
            may_edit=plans and programme.is_draft,
        ),
        "has_plan": bool(planned),
        "priorities": programme.year_priorities.filter(year=year).select_related("priority"),
        "steps": _steps(programme),
        "amendments": amendments_table(amendments) if amendments else None,
        "reasons": reasons_not_offerable(programme) if plans and programme.is_draft else [],
        **_doing(programme, user, plans, today),
    }  # fmt: skip


def _doing(programme: Programme, user: User, plans: bool, today: datetime.date) -> dict[str, bool]:
    """Which buttons this reader has now."""
    members = {body.kind for body in Body.objects.all() if is_member(user, body)}
    standing, is_offered = programme.standing, programme.offered_at is not None
    is_agreed = standing in ("agreed", "live")
    return {
        "plans": plans,
        "may_edit": plans and programme.is_draft,
        "may_offer": plans and programme.is_draft and not is_offered,
        "may_take_back": plans and programme.is_draft and is_offered,
        "may_recommend": Body.Kind.PDL in members and programme.is_draft and is_offered,
        "may_agree": Body.Kind.EXECUTIVE in members and standing == "recommended",
        "may_start": plans and standing == "agreed" and programme.starts_on <= today,
        "may_amend": plans and is_agreed,
        "may_close": plans and is_agreed,
    }


def _year(years: list[int], asked: str, today: datetime.date, quarters: list[Period]) -> int:
    """The one asked for, else the current one, else the first."""
    if asked.isascii() and asked.isdecimal() and len(asked) == 4 and int(asked) in years:
        return int(asked)
    return next((period.year for period in quarters if period.starts_on <= today < period.ends_on), years[0])


def _tab(programme: Programme, year: int, is_current: bool) -> NavItem:
    url = reverse("programme:programme", args=[programme.reference], query={"year": year})
    return NavItem(f"{year}–{(year + 1) % 100:02}", url, is_current)


def _outcome(decision: Decision) -> str:
    return f"{decision.outcome} ({decision.minute})" if decision.minute else decision.outcome


def _steps(programme: Programme) -> list[Step]:
    return [
        Step(
            STEP_WORDS[step.became],
            str(step.decision.meeting) if step.decision else day(step.at),
            f"by {step.by.name}",
            _outcome(step.decision) if step.decision else step.reason,
        )
        for step in steps_of(programme)
    ]
