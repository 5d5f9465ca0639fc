"""`build_report`: everything a report says, in plain values; more dates make no more queries."""

import datetime
from dataclasses import dataclass
from typing import Any

from evaluation.analysis.change import Comparison, Matched, load_changes
from evaluation.analysis.coming import Came, came_in, load_came
from evaluation.analysis.dates import DateFacts, Lattice, load_lattice, pks
from evaluation.analysis.ratings import Measure, load_measures
from evaluation.analysis.responding import Responding, load_answered, responding
from evaluation.analysis.said import Said, load_said
from evaluation.models.questionnaire import Stage
from evaluation.reports import sections, sentences
from evaluation.reports.evidence import evidence_section
from evaluation.reports.period import parts as period_parts
from evaluation.reports.period.facts import (
    FiveQuarters,
    asked_about,
    is_of_a_period,
    load_facts,
    load_five_quarters,
)
from evaluation.reports.scopes import Scope
from training.people.models import Partnership
from training.web.periods import Period, year_of
from training.web.when import london_day

Report = dict[str, Any]
# What a published copy was written as: pages and files show older ones as they were shown then.
FORMAT = 2


@dataclass(frozen=True)
class Material:
    """What the sections are written from."""

    scope: Scope
    lattice: Lattice
    dates: list[DateFacts]
    ran: list[DateFacts]
    cut: frozenset[int]
    came: Came
    stages: list[Responding]
    measures: list[Measure]
    changes: dict[Comparison, Matched]
    said: Said
    answered: dict[tuple[int, str], int]


def build_report(scope: Scope, *, partnership: Partnership, now: datetime.datetime) -> Report:
    """The report as it stands now. Sections in the order in which they are read."""
    first_month = partnership.financial_year_starts_month
    five = _five_quarters(scope, first_month, now)
    material = load_material(scope, five, partnership=partnership, now=now)
    parts: dict[str, Any] = {
        "delivery": sections.delivery(material),
        "agencies": sections.agencies(material),
        "answers": sections.answers(material),
        "change": sections.change(material),
        "said": sections.said(material),
        "evidence": evidence_section(material.dates, scope.period, london_day(now)),
    }
    parts["notes"] = sections.notes(material)
    parts["sentences"] = sentences.five(material, parts)
    if five is not None and scope.period is not None:
        parts |= period_parts.written(material, load_facts(material, five, scope.period, first_month), parts)
    return {
        "format": FORMAT,
        "title": scope.title,
        "caption": scope.caption,
        "scope": scope.as_dict(),
        "partnership": partnership.name,
        "as_of": london_day(now).isoformat(),
        "below": partnership.withhold_below,
        "sections": parts,
    }


def _five_quarters(scope: Scope, first_month: int, now: datetime.datetime) -> FiveQuarters | None:
    if scope.period is None or not is_of_a_period(scope):
        return None
    return load_five_quarters(scope.period, first_month, now)


def load_material(
    scope: Scope, five: FiveQuarters | None, *, partnership: Partnership, now: datetime.datetime
) -> Material:
    """The dates of the report's years come with it, since small groups are put together with theirs."""
    first_month = partnership.financial_year_starts_month
    lattice = load_lattice(
        _years(scope, first_month),
        first_month=first_month,
        now=now,
        below=partnership.withhold_below,
        since=asked_about(scope.period) if scope.period and five else None,
    )
    dates = scope.dates(lattice)
    ran = [one for one in dates if one.has_run(now)]
    cut, answered = pks(dates), load_answered(lattice)
    return Material(
        scope=scope,
        lattice=lattice,
        dates=dates,
        ran=ran,
        cut=cut,
        came=came_in(five.rooms, ran) if five else load_came(ran),
        stages=[responding(lattice, answered, cut, stage) for stage in Stage],
        measures=load_measures(lattice),
        changes=load_changes(lattice),
        said=load_said(lattice, cut),
        answered=answered,
    )


def _years(scope: Scope, first_month: int) -> Period | None:
    return year_of(scope.period.starts_on, first_month) if scope.period else None
