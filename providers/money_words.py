"""The money page's tables and files."""

from collections.abc import Iterable

from django.urls import reverse

from providers.money import ContractMoney, Money, ProgrammeMoney
from training.web.components import Cell, Column, NavItem, Row, Table
from training.web.downloads import Sheet
from training.web.words import count, full_day, pounds

HEADINGS = (
    *("Year", "Contract", "Provider", "Lot", "Runs from", "Runs to", "Value", "Delivered in the year"),
    *("On order in the year", "Dates in the year", "Delivered in all", "On order in all", "Left", "Forecast"),
    *("Dates without a fee", "Exceptions"),
)


def contracts_money_table(money: Money) -> Table:
    numbers = ("Value", "Delivered", "On order", "Left of the value", "Forecast")
    columns = [Column("Contract"), *(Column(label, is_numeric=True) for label in numbers)]
    rows = [_contract_row(one) for one in money.contracts]
    spend = money.in_year
    total = ["All contracts", "", pounds(spend.delivered), pounds(spend.committed), "", ""]
    marked = frozenset(number for number, one in enumerate(money.contracts) if one.exceptions)
    return Table(f"Contracts in {money.year.name}", columns, rows, is_caption_hidden=True, total=total, marked=marked)


def _contract_row(one: ContractMoney) -> list[object]:
    contract, value = one.contract, one.contract.value_pence
    return [
        Cell(
            contract.reference,
            url=reverse("providers:contract", args=[contract.reference]),
            hint=f"{contract.provider}, to {full_day(one.time.ends_on)}",
        ),
        "–" if value is None else pounds(value),
        Cell(pounds(one.in_year.delivered), hint=f"{pounds(one.total.delivered)} in all"),
        Cell(pounds(one.in_year.committed), hint=f"{pounds(one.total.committed)} in all"),
        "–" if one.left is None else pounds(one.left),
        pounds(one.forecast),
    ]


def exceptions_of(contracts: Iterable[ContractMoney]) -> list[tuple[str, str]]:
    """Reference and sentence."""
    return [(one.contract.reference, sentence) for one in contracts for sentence in one.exceptions]


def programme_rows(money: ProgrammeMoney) -> list[Row]:
    envelope = money.programme.envelope_pence
    planned = pounds(money.to_order)
    if money.without_cost:
        planned = f"{planned}, and {count(money.without_cost, 'date')} without a cost"
    rows = [
        Row("Budget", "Not set" if envelope is None else pounds(envelope)),
        Row("Contracts awarded in its years", pounds(money.contract_value)),
        Row("Delivered, so payable", pounds(money.spend.delivered)),
        Row("On order", pounds(money.spend.committed)),
        Row("Planned and not put on", planned),
        Row("Forecast", pounds(money.forecast)),
    ]
    return rows if money.left is None else [*rows, Row("Left of the budget, after all orders", pounds(money.left))]


def programme_sentence(money: ProgrammeMoney) -> str:
    envelope = money.programme.envelope_pence
    if envelope is None:
        return "No budget is set, so there is nothing to hold the orders against."
    if money.forecast > envelope:
        over = pounds(money.forecast - envelope)
        return f"As planned it comes to {pounds(money.forecast)}, {over} more than the budget."
    return f"As planned it comes to {pounds(money.forecast)}, {pounds(envelope - money.forecast)} within the budget."


def money_sheet(money: Money) -> Sheet:
    """Pounds with pence, as numbers."""
    return Sheet("Money", HEADINGS, [_file_row(money, one) for one in money.contracts])


def _file_row(money: Money, one: ContractMoney) -> list[object]:
    contract = one.contract
    sums = (one.in_year.delivered, one.in_year.committed, one.in_year.dates, one.total.delivered, one.total.committed)
    delivered, committed, dates, all_delivered, all_committed = sums
    return [
        money.year.key,
        contract.reference,
        contract.provider.name,
        contract.lot_number,
        one.time.starts_on,
        one.time.ends_on,
        _pounds(contract.value_pence),
        *(_pounds(delivered), _pounds(committed), dates, _pounds(all_delivered), _pounds(all_committed)),
        *(_pounds(one.left), _pounds(one.forecast), one.total.unpriced, " ".join(one.exceptions)),
    ]


def _pounds(pence: int | None) -> float | None:
    return None if pence is None else pence / 100


def year_tabs(money: Money) -> list[NavItem]:
    page = reverse("providers:money")
    return [NavItem(one.key.replace("-", "–"), f"{page}?year={one.key}", one == money.year) for one in money.years[-6:]]
