"""What the pages of charges show, worked out once."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from bookings.charges.absence import AbsenceCost
from bookings.charges.words import STEP_TITLES, colour, why_not_words
from bookings.forms.charges import AbsenceForm
from bookings.models import Charge, ChargeAnswer
from training.people.models import Agency, Partnership
from training.web.components import Cell, Column, Row, Step, Table
from training.web.words import clock, day, full_day, pounds


@dataclass(frozen=True)
class ChargeRow:
    charge: Charge
    colour: str
    answers: list[str]
    is_chosen: bool


def charge_rows(charges: Iterable[Charge], *, chosen: set[str]) -> list[ChargeRow]:
    """Each with what was said about it, in words."""
    return [
        ChargeRow(one, colour(one), [said(answer) for answer in one.answers.all()], one.reference in chosen)
        for one in charges
    ]


def said(answer: ChargeAnswer) -> str:
    words = f": {answer.words}" if answer.words else ""
    return f"{answer.get_source_display()} says: {answer.get_why_display()}{words}"


def facts(charge: Charge) -> list[Row]:
    booking, event = charge.booking, charge.booking.event
    rows = [
        Row("Who", booking.person.name, reverse("bookings:booking", args=[booking.reference]), "See the booking"),
        Row("Course", f"{event.version.title}, {day(event.starts_at)}" if event.starts_at else event.version.title),
        Row("What", charge.get_ground_display()),
        Row("Who pays", charge.agency or "Nobody", _account_url(charge), "Change the numbers of its statements"),
        Row("Sum", f"{pounds(charge.amount_pence)}, {charge.get_vat_display()}"),
        Row("Could say why until", full_day(charge.explain_by)),
    ]
    if charge.why_not:
        return [*rows[:4], Row("Not charged", why_not_words(charge))]
    if charge.statement is not None:
        url = reverse("bookings:statement", args=[charge.statement.batch.number, charge.statement.agency.reference])
        rows.append(Row("Statement", charge.statement.number, url, "See the statement"))
    if given := charge.credited_pence:
        rows.append(Row("Given back", pounds(given)))
    return rows


def _account_url(charge: Charge) -> str:
    return reverse("bookings:agency-account", args=[charge.agency.reference]) if charge.agency else ""


def charge_steps(charge: Charge, *, reader_id: int | None) -> list[Step]:
    """What happened to it, the latest first; `reader_id` None is for somebody who sees no names."""
    steps = charge.steps.select_related("by")
    return [
        Step(
            STEP_TITLES.get(step.code, step.get_became_display()),
            at=f"{day(step.at)}, {clock(step.at)}",
            by=("You" if step.by_id == reader_id else step.by.name) if step.by else "Muster",
            note=step.reason,
        )
        for step in reversed(list(steps))
    ]


def absence_period(query: QueryDict, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """As the address says, else the financial year so far; never more than two years."""
    form = AbsenceForm(query)
    given = form.cleaned_data if form.is_valid() else {}
    partnership = Partnership.objects.first() or Partnership()
    last: datetime.date = given.get("last") or today
    first: datetime.date = given.get("first") or partnership.year_start(min(last, today))
    if not 2000 <= first.year <= last.year <= 2100 or first > last or (last - first).days > 731:
        return partnership.year_start(today), today
    return first, last


def absence_table(found: Mapping[Agency, AbsenceCost]) -> Table:
    columns = [
        Column("Organisation"), Column("Places empty", is_numeric=True), Column("Didn’t come", is_numeric=True),
        Column("Cancelled late", is_numeric=True), Column("While others waited", is_numeric=True),
        Column("Charged", is_numeric=True),
    ]  # fmt: skip
    rows = [[Cell(agency.name), *_cells(cost)] for agency, cost in found.items()]
    total = ["Together", *_cells(sum(found.values(), AbsenceCost()))]
    return Table("What absence cost", columns, rows, is_caption_hidden=True, total=total)


def _cells(cost: AbsenceCost) -> list[object]:
    return [cost.missed, cost.did_not_come, cost.cancelled_late, cost.lost, pounds(cost.charged_pence)]
