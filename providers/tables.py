"""What a provider's pages show: lists as tables, and the assessments with everything they rest on."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html

from providers.models import Commission, Contract, Engagement, KpiAssessment, KpiTarget, Provider
from providers.targets import expected_on, is_missed, target_words
from providers.terms import option_words, time_of
from training.catalogue.models import Event
from training.catalogue.words import span_words
from training.web.components import Cell, Column, Table
from training.web.words import day, full_day, pounds

ORDER_TAGS = {"proposed": "yellow", "ordered": "blue", "paused": "yellow", "delivered": "green", "cancelled": "grey"}
OUTCOME_WORDS = {"open": "not decided", "taken": "extended", "refused": "not extended"}
OPTION_TAGS = {"open": "yellow", "taken": "green", "refused": "grey"}
HIDDEN = "hidden: too few answers"
DECIDE_SOON = datetime.timedelta(days=183)


def _table(caption: str, columns: Sequence[Column], rows: Iterable[list[object]]) -> Table:
    return Table(caption, columns, list(rows), is_caption_hidden=True)


def providers_table(providers: Iterable[Provider], today: datetime.date) -> Table:
    """Providers annotated with `orders_to_come`, their contracts prefetched with terms and options."""
    columns = [Column("Provider"), Column("Contracts that run"), Column("Until"), Column("To come", is_numeric=True)]
    return _table("Providers", columns, [_provider_row(provider, today) for provider in providers])


def _provider_row(provider: Provider, today: datetime.date) -> list[object]:
    running = [contract for contract in provider.contracts.all() if _runs(contract, today)]
    ends = [day(time_of(contract).ends_on) for contract in running]
    return [
        Cell(provider.name, url=reverse("providers:provider", args=[provider.reference]), hint=provider.contact_email),
        ", ".join(contract.reference for contract in running) or "–",
        ", ".join(ends) or "–",
        provider.orders_to_come,  # type: ignore[attr-defined]
    ]


def _runs(contract: Contract, today: datetime.date) -> bool:
    time = time_of(contract)
    return time.starts_on <= today <= time.ends_on


def contracts_table(contracts: Iterable[Contract], today: datetime.date, *, sees_deadlines: bool) -> Table:
    """By when to decide is the partnership's own affair: a provider who knows that time runs out can wait for it."""
    columns = [Column(label) for label in ("Contract", "Runs", "Options", "Last possible end", "Value")]
    return _table("Contracts", columns, [_contract_row(contract, today, sees_deadlines) for contract in contracts])


def _contract_row(contract: Contract, today: datetime.date, sees_deadlines: bool) -> list[object]:
    time = time_of(contract)
    return [
        Cell(contract.reference, url=reverse("providers:contract", args=[contract.reference]), hint=contract.title),
        Cell(f"{full_day(time.starts_on)} to {full_day(time.ends_on)}", hint=f"agreed: {option_words(contract)}"),
        Cell(_options(contract) or "none", hint=_to_decide(contract, today) if sees_deadlines else ""),
        full_day(time.last_possible_on),
        "–" if contract.value_pence is None else pounds(contract.value_pence),
    ]


def _options(contract: Contract) -> str:
    return ", ".join(f"{option.months} months {OUTCOME_WORDS[option.outcome]}" for option in contract.options.all())


def _to_decide(contract: Contract, today: datetime.date) -> str:
    """The next decision, if it is near."""
    open_options = [option for option in contract.options.all() if option.outcome == "open" and option.decide_by]
    if not open_options or time_of(contract).ends_on < today:
        return ""
    decide_by = open_options[0].decide_by
    if decide_by is None or decide_by > today + DECIDE_SOON:
        return ""
    return f"decide by {full_day(decide_by)}" if decide_by >= today else f"was to be decided by {full_day(decide_by)}"


def options_table(contract: Contract, *, sees_deadlines: bool) -> Table:
    deadline = [Column("Decide by")] if sees_deadlines else []
    columns = [Column("Option"), Column("Months", is_numeric=True), *deadline, Column("What was decided")]
    rows: list[list[object]] = [
        [
            f"Option {option.position}",
            option.months,
            *([full_day(option.decide_by) if option.decide_by else "–"] if sees_deadlines else []),
            Cell(option.get_outcome_display(), tag=OPTION_TAGS[option.outcome], hint=option.reason),
        ]
        for option in contract.options.all()
    ]
    return _table("Options to extend", columns, rows)


def people_table(engagements: Iterable[Engagement], *, manages: bool) -> Table:
    """Who works there; for a coordinator with a way to end it."""
    columns = [Column(label) for label in ("Name", "As", "Since", *(("Leaving",) if manages else ()))]
    return _table("Who works there", columns, [_person_row(row, manages) for row in engagements])


def _person_row(row: Engagement, manages: bool) -> list[object]:
    cells: list[object] = [row.person.name, "Manager" if row.is_manager else "Trainer", full_day(row.period.lower)]
    if not manages:
        return cells
    names = [row.provider.reference, row.person.reference]
    until = row.period.upper - datetime.timedelta(days=1) if row.period.upper else None
    words = format_html(
        '{}<span class="govuk-visually-hidden"> of {}</span>',
        f"Last day {full_day(until)}" if until else "Record a last day",
        row.person.name,
    )
    return [*cells, Cell(words, url=reverse("providers:engagement-end", args=names))]


def orders_table(orders: Iterable[Commission], *, manages: bool) -> Table:
    """Orders with their events' sessions prefetched. A coordinator's lead to the order's page."""
    columns = [Column("When"), Column("Course"), Column("Contract"), Column("Fee", is_numeric=True), Column("Order")]
    return _table("Trainer orders", columns, [_order_row(order, manages) for order in orders])


def _order_row(order: Commission, manages: bool) -> list[object]:
    page = "providers:date-order" if manages else "catalogue:event"
    return [
        Cell(span_words(order.event), url=reverse(page, args=[order.event.reference]), hint=order.event.reference),
        order.event.version.title,
        order.contract.reference,
        "–" if order.fee_pence is None else pounds(order.fee_pence),
        Cell(order.get_status_display(), tag=ORDER_TAGS[order.status], hint=order.reference),
    ]


def dates_table(dates: Iterable[Event]) -> Table:
    columns = [Column("When"), Column("Course"), Column("Booked", is_numeric=True)]
    rows: list[list[object]] = [
        [
            Cell(span_words(event), url=reverse("desk:date", args=[event.reference]), hint=event.reference),
            event.version.title,
            event.places_held,
        ]
        for event in dates
    ]
    return _table("Dates to teach", columns, rows)


# The figures that evaluation writes down here, as its definitions call them.
MEASURES = {
    **dict(KpiTarget.Measure.choices),
    "attendance": "Came",
    "response": "Who answered at the end",
}


def assessments_table(assessments: Iterable[KpiAssessment], targets: Sequence[KpiTarget]) -> Table:
    """Each figure with its numerator, denominator and n; a withheld one shows that it is.

    Held against what was expected on the last day of its period. `targets` are all there are.
    """
    columns = [
        Column("Measure"),
        Column("Period"),
        Column("Figure", is_numeric=True),
        Column("Of", is_numeric=True),
        Column("People (n)", is_numeric=True),
        Column("Likely between"),
        Column("Expected"),
    ]
    return _table("Assessments", columns, [_assessment_row(row, targets) for row in assessments])


def _assessment_row(row: KpiAssessment, targets: Sequence[KpiTarget]) -> list[object]:
    last = row.period_ends_on - datetime.timedelta(days=1)
    measure = Cell(MEASURES.get(row.measure, row.measure), hint=f"definition {row.definition_version}")
    period = f"{full_day(row.period_starts_on)} to {full_day(last)}"
    if row.is_withheld:
        return [measure, period, HIDDEN, "–", "–", "–", _expected(row, last, targets)]
    between = f"{_plain(row.lower)} and {_plain(row.upper)}" if row.lower is not None else "–"
    counted = f"{_plain(row.numerator)} of {_plain(row.denominator)}" if row.denominator is not None else "–"
    return [measure, period, _plain(row.value), counted, row.n, between, _expected(row, last, targets)]


def _expected(row: KpiAssessment, day: datetime.date, targets: Sequence[KpiTarget]) -> Cell | str:
    expected = expected_on(targets, row.measure, day)
    if expected is None:
        return "–"
    held = {row.measure: expected}
    missed = is_missed(held, row.measure, row.value)
    return Cell(target_words(held, row.measure).capitalize(), tag="orange" if missed else "")


def _plain(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.normalize():f}"
