"""What the parts of a quarter's or a year's report are written from, read once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.analysis.assessing import Assessing, load_assessing_of
from evaluation.analysis.coming import Came, Rooms, came_in, load_rooms
from evaluation.analysis.dates import DateFacts, load_dates, pks
from evaluation.analysis.managers import Examples, Managers, load_examples, load_managers
from evaluation.analysis.money import ContractFacts, Cost, load_contracts, load_cost, load_in_kind
from evaluation.analysis.own_time import OwnTime, load_own_time
from evaluation.analysis.planning import Ahead, Cancelling, load_ahead, load_cancelled
from evaluation.analysis.quality import Quality, load_quality
from evaluation.analysis.reach import Members, Waiting, Workforce, load_members, load_waiting, load_workforce
from evaluation.analysis.returns import Returns, load_returns
from evaluation.analysis.said import Said, load_said
from evaluation.analysis.trend import QuarterFacts, quarters_to, trend
from evaluation.evidence import newly_approved, priorities_without
from evaluation.reports.period.decided import Decided, load_decided
from evaluation.reports.scopes import Scope
from providers.money import Budget, budget_on
from providers.targets import Targets, targets_on
from training.catalogue.models import Course
from training.governance.models import Priority
from training.web.periods import Period, quarter_before, quarter_of, year_of
from training.web.when import london_day

if TYPE_CHECKING:
    from evaluation.reports.building import Material

BLOCKED = "blocked"


@dataclass(frozen=True)
class FiveQuarters:
    """The dates of five quarters, and who was on those that ran."""

    quarters: list[Period]
    dates: list[DateFacts]
    rooms: Rooms

    def came_in_last_four(self, now: datetime.datetime) -> Came:
        keys = {one.key for one in self.quarters[-4:]}
        return came_in(self.rooms, [one for one in self.dates if one.place.quarter in keys and one.has_run(now)])


@dataclass(frozen=True)
class PeriodFacts:
    """`about` are the dates whose people were asked two months on: those of the quarter before, or of the year."""

    period: Period
    today: datetime.date
    trend: list[QuarterFacts]
    last_year: Came
    cancelled: list[Cancelling]
    cost: Cost
    in_kind: list[tuple[str, float]]
    contracts: list[ContractFacts]
    workforce: Workforce
    waiting: list[Waiting]
    members: Members
    about: Period
    about_dates: list[DateFacts]
    blocked: Said
    managers: Managers
    examples: Examples
    approved: dict[str, int]
    without: list[str]
    priorities: dict[str, list[str]]
    decided: Decided
    ahead: Ahead
    ahead_title: str
    assessing: Assessing
    targets: Targets
    own_time: list[OwnTime]
    quality: Quality
    budget: Budget | None
    returns: Returns

    @property
    def is_recent(self) -> bool:
        return is_recent(self.period, self.today)


def is_recent(period: Period, today: datetime.date) -> bool:
    """What stands today, such as contracts and waiting lists, is no part of a report of more than a year ago."""
    return period.ends_on > today - datetime.timedelta(days=365)


def is_of_a_period(scope: Scope) -> bool:
    return scope.period is not None and scope.kind in ("quarter", "year")


def load_five_quarters(period: Period, first_month: int, now: datetime.datetime) -> FiveQuarters:
    """Three queries. A year's last quarter with the four before it; a quarter with the four before it."""
    quarters = quarters_to(period, first_month, london_day(now))
    dates = list(load_dates(quarters[0].starts_on, quarters[-1].ends_on, first_month).values())
    return FiveQuarters(quarters, dates, load_rooms(one for one in dates if one.has_run(now)))


def asked_about(period: Period) -> Period:
    return quarter_before(period) if period.quarter else period


def load_facts(material: Material, five: FiveQuarters, period: Period, first_month: int) -> PeriodFacts:
    """The same number of queries for any number of dates, courses, organisations and contracts."""
    lattice, about = material.lattice, asked_about(period)
    about_dates = [one for one in lattice.dates.values() if _is_in(one, about)]
    managers, asked = load_managers(lattice), pks(about_dates)
    next_of = quarter_of if period.quarter else year_of
    following = next_of(period.ends_on, first_month)
    recent = is_recent(period, lattice.today)
    return PeriodFacts(
        period=period,
        today=lattice.today,
        trend=trend(five.quarters, five.dates, five.rooms, lattice.now),
        last_year=five.came_in_last_four(lattice.now),
        cancelled=load_cancelled(material.dates),
        cost=load_cost(material.ran, material.came),
        in_kind=load_in_kind(material.ran),
        contracts=load_contracts(lattice.today) if recent else [],
        workforce=load_workforce(period.year),
        waiting=load_waiting(lattice.now) if recent else [],
        members=load_members(lattice.today),
        about=about,
        about_dates=about_dates,
        blocked=load_said(lattice, asked, BLOCKED),
        managers=managers,
        examples=load_examples(managers, asked),
        approved=newly_approved(period),
        without=[one.name for one in priorities_without(lattice.today)],
        priorities=_priorities(),
        decided=load_decided(period, following, lattice.today),
        ahead=load_ahead(following.starts_on, following.ends_on),
        ahead_title=following.title,
        assessing=load_assessing_of(
            lattice, period, material.dates, material.ran, material.came, material.measures, material.answered
        ),
        quality=load_quality(period),
        returns=load_returns(period),
        budget=budget_on(period.ends_on - datetime.timedelta(days=1), lattice.now),
        own_time=load_own_time(period, first_month, lattice.today, lattice.below),
        targets=targets_on(min(period.ends_on - datetime.timedelta(days=1), lattice.today)),
    )


def _is_in(one: DateFacts, period: Period) -> bool:
    return one.place.quarter == period.key if period.quarter else one.place.year == period.year


def _priorities() -> dict[str, list[str]]:
    """Each priority with the codes of the courses that answer it."""
    found: dict[str, list[str]] = {
        name: [] for name in Priority.objects.order_by("name").values_list("name", flat=True)
    }
    for code, name in Course.objects.filter(priorities__isnull=False).values_list("code", "priorities__name"):
        found[name].append(code)
    return found
