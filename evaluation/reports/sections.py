"""The sections of a report, each as plain values: figures, rows and sentences. Nothing here knows a page or a file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from bookings.registers.attendance import Attendance, total
from evaluation.analysis import coming
from evaluation.analysis.change import (
    LABELS,
    Comparison,
    average_change,
    matched_people,
    outcome_changes,
    outcome_texts,
)
from evaluation.analysis.dates import DateFacts, pks
from evaluation.analysis.ratings import rated
from training.people.models import Sector
from training.web.words import count, full_day, london_day

if TYPE_CHECKING:
    from evaluation.reports.building import Material

Section = dict[str, Any]
NOBODY = "Where they work is not known"


def delivery(material: Material) -> Section:
    came, dates = material.came, material.dates
    dated = [one for one in dates if one.starts_at is not None]
    return {
        "ran": len(material.ran),
        "cancelled": sum(one.is_cancelled for one in dated),
        "to_come": sum(one.is_published for one in dated) - len(material.ran),
        "figures": [figure(came.all).as_dict() for figure in (coming.attendance, coming.did_not_attend, coming.fill)]
        + [coming.mixed(came).as_dict()],
        "walk_ins": came.all.walk_ins,
        "counts": _counts(came.all),
        "courses": _courses(material),
        "dates": [_date(material, one) for one in dated],
    }


def _courses(material: Material) -> list[Section]:
    rows = []
    for code, dates in _by_course(material.dates).items():
        here = [one for one in dates if one.starts_at is not None]
        came = _sum(material, here)
        ran = sum(one.has_run(material.lattice.now) for one in here)
        cancelled = sum(one.is_cancelled for one in here)
        rows.append({"code": code, "title": here[-1].title, "ran": ran, "cancelled": cancelled, **_counts(came)})
    return rows


def _date(material: Material, one: DateFacts) -> Section:
    came = material.came.by_event.get(one.pk)
    return {
        "reference": one.reference,
        "title": one.title,
        "on": london_day(one.starts_at).isoformat() if one.starts_at else None,
        "state": _state(material, one),
        "provider": one.provider_name,
        "sectors": material.came.sectors_in_room.get(one.pk),
        **(_counts(came) if came else _counts(Attendance(capacity=one.capacity))),
    }


def _state(material: Material, one: DateFacts) -> str:
    if one.is_cancelled:
        return "cancelled"
    if not one.has_run(material.lattice.now):
        return "to come"
    return "register not sent" if one.pk in material.came.unsent else "ran"


def agencies(material: Material) -> Section:
    came = material.came
    worst = came.worst()
    known = [(agency, came.agencies[agency]) for agency in came.by_agency if agency in came.agencies]
    in_order = sorted(known, key=lambda row: (-came.by_agency[row[0]].booked, row[1].name, row[0]))
    rows = [
        {
            "name": facts.name,
            "sector": Sector(facts.sector).label,
            "is_worst": agency in worst,
            **_rates(came.by_agency[agency]),
        }
        for agency, facts in in_order
    ]
    if None in came.by_agency:
        rows.append({"name": NOBODY, "sector": "", "is_worst": False, **_rates(came.by_agency[None])})
    return {"rows": rows, "sectors": _sectors(material), "worst": [came.agencies[pk].name for pk in worst]}


def _sectors(material: Material) -> list[Section]:
    """Every sector of the partnership, those that nobody came from too."""
    came, by_sector = material.came, material.came.by_sector
    return [
        {
            "name": Sector(sector).label,
            "organisations_seen": came.seen_of_sector(sector),
            "organisations": max(number, came.seen_of_sector(sector)),
            **_rates(by_sector.get(sector, Attendance())),
        }
        for sector, number in came.known.items()
        if number or sector in by_sector
    ]


def answers(material: Material) -> Section:
    below = material.lattice.below
    found = [rated(measure, material.cut, below) for measure in material.measures]
    return {
        "stages": [
            {**one.figure.as_dict(), "stage": one.stage, "open_until": _day(one.open_until)} for one in material.stages
        ],
        "questions": [
            {
                "stage": one.stage,
                "text": one.text,
                "answered": one.answered,
                "figure": one.figure.as_dict(),
                "parts": [part.as_dict() for part in one.parts],
            }
            for one in found
            if one.answered
        ],
    }


def change(material: Material) -> Section:
    """Each comparison by itself: the true baseline and the remembered one are never added up."""
    below, cut = material.lattice.below, material.cut
    comparisons = []
    for comparison, matched in material.changes.items():
        people = matched_people(matched, cut)
        overall = average_change(matched, cut, LABELS[comparison], below)
        figures = _change_rows(material, comparison) if people else []
        comparisons.append(
            {
                "code": comparison.value,
                "label": LABELS[comparison],
                "matched": people,
                "overall": overall.as_dict(),
                "figures": [figure.as_dict() for figure in figures],
            }
        )
    return {"by": "course" if material.scope.is_wide else "outcome", "comparisons": comparisons}


def _change_rows(material: Material, comparison: Comparison) -> list[Any]:
    matched, below = material.changes[comparison], material.lattice.below
    if not material.scope.is_wide:
        versions = {one.version for one in material.dates if one.pk in matched.matched}
        return outcome_changes(matched, material.cut, outcome_texts(versions), below)
    return [
        average_change(matched, pks(dates), dates[-1].title, below)
        for dates in _by_course(material.dates).values()
        if matched_people(matched, pks(dates))
    ]


def said(material: Material) -> Section:
    found = material.said
    return {
        "written": found.written,
        "cleared": found.cleared,
        "waiting": found.waiting,
        "texts": list(found.texts),
    }


def notes(material: Material) -> list[str]:
    """What a reader has to know before leaning on a figure."""
    lattice, below = material.lattice, material.lattice.below
    unsent = [one.reference for one in material.ran if one.pk in material.came.unsent]
    found = [
        f"Answers of fewer than {below} people are hidden, also where they could be worked out from other figures: "
        "small groups are shown together with others of their quarter or year, or not at all. Attendance is in full.",
    ]
    if unsent:
        found.append(f"Not in the rates, because the register is not complete: {', '.join(unsent)}.")
    for one in material.stages:
        if one.open_until:
            found.append(f"“{one.label}”: some can still answer until {full_day(one.open_until)}.")
    closed = lattice.closed("end")
    if any(one.pk not in closed for one in material.ran):
        found.append(
            f"Answers about a date count in steps of {below} while its form is open, the newest step held back."
        )
    return found


def _by_course(dates: list[DateFacts]) -> dict[str, list[DateFacts]]:
    found: dict[str, list[DateFacts]] = defaultdict(list)
    for one in dates:
        if one.starts_at is not None:
            found[one.course].append(one)
    return dict(sorted(found.items(), key=lambda row: row[1][-1].title))


def _sum(material: Material, dates: list[DateFacts]) -> Attendance:
    return total(material.came.by_event.get(one.pk, Attendance()) for one in dates)


def _counts(came: Attendance) -> Section:
    return {
        "booked": came.booked,
        "attended": came.attended,
        "apologies": came.apologies,
        "did_not_attend": came.did_not_attend,
        "walk_ins": came.walk_ins,
        "capacity": came.capacity,
    }


def _rates(came: Attendance) -> Section:
    return {
        **_counts(came),
        "attendance": coming.attendance(came).as_dict(),
        "did_not_attend_rate": coming.did_not_attend(came).as_dict(),
    }


def _day(moment: Any) -> str | None:
    return london_day(moment).isoformat() if moment else None


def dates_in_words(number: int) -> str:
    return count(number, "date")
