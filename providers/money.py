"""Orders against what was agreed: by contract and financial year, and the programme's budget. Whole pence.

An order counts in the financial year of its date. Delivered is what ran as ordered, and so is payable: Muster keeps
no invoices and does not know what was paid.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from providers.models import Commission, Contract
from providers.terms import ContractTime, time_of
from training.catalogue.models import Event
from training.people.models import User
from training.programme.coverage import scheduled_of
from training.programme.models import Programme
from training.web.periods import Period, quarter_of, year_of
from training.web.when import london_day
from training.web.words import count, full_day, pounds

Status = Commission.Status


@dataclass(frozen=True)
class Spend:
    """`committed` is ordered and not delivered yet. `unpriced` dates are only proposed, without a fee."""

    delivered: int = 0
    committed: int = 0
    dates: int = 0
    unpriced: int = 0

    @property
    def ordered(self) -> int:
        return self.delivered + self.committed

    def __add__(self, other: "Spend") -> "Spend":
        return Spend(
            self.delivered + other.delivered,
            self.committed + other.committed,
            self.dates + other.dates,
            self.unpriced + other.unpriced,
        )


@dataclass(frozen=True)
class Order:
    """A live order as a sum of money; `on` is None for what has no day."""

    contract: int
    on: datetime.date | None
    is_over: bool
    is_cancelled: bool
    status: str
    fee_pence: int | None

    @property
    def spend(self) -> Spend:
        if self.fee_pence is None or self.status == Status.PROPOSED:
            return Spend(unpriced=1)
        is_delivered = self.status == Status.DELIVERED
        return Spend(self.fee_pence * is_delivered, self.fee_pence * (not is_delivered), 1, 0)


@dataclass(frozen=True)
class ContractMoney:
    """`in_year` is what falls into the year shown; `total` all that was ordered under the contract."""

    contract: Contract
    time: ContractTime
    in_year: Spend
    total: Spend
    exceptions: Sequence[str]

    @property
    def left(self) -> int | None:
        """What the agreed value still holds; negative when more was ordered. None without a value."""
        value = self.contract.value_pence
        return None if value is None else value - self.total.ordered

    @property
    def forecast(self) -> int:
        """All ordered, and the dates without a fee at what one has cost so far."""
        return forecast_of(self.total)


def forecast_of(spend: Spend) -> int:
    """A guess, so to the nearest pound."""
    return spend.ordered + (round(spend.ordered / spend.dates * spend.unpriced / 100) * 100 if spend.dates else 0)


@dataclass(frozen=True)
class ProgrammeMoney:
    """The budget of a programme's years. `to_order` is what is planned and not put on yet, at its planned cost, in
    quarters that are not over: what was not put on in time costs nothing."""

    programme: Programme
    contract_value: int
    spend: Spend
    to_order: int
    without_cost: int

    @property
    def left(self) -> int | None:
        envelope = self.programme.envelope_pence
        return None if envelope is None else envelope - self.spend.ordered

    @property
    def forecast(self) -> int:
        return forecast_of(self.spend) + self.to_order


@dataclass(frozen=True)
class Money:
    year: Period
    years: Sequence[Period]
    contracts: Sequence[ContractMoney]
    programme: ProgrammeMoney | None

    @property
    def in_year(self) -> Spend:
        return sum((one.in_year for one in self.contracts), Spend())


def money_of(user: User, year: Period, now: datetime.datetime, first_month: int) -> Money:
    """Contracts that run in the year or have orders in it, of those this user may see. Nine queries at most."""
    contracts = list(Contract.objects.visible_to(user).select_related("provider").prefetch_related("terms", "options"))
    orders = _orders(contracts, now)
    by_contract: dict[int, list[Order]] = defaultdict(list)
    for order in orders:
        by_contract[order.contract].append(order)
    rows = [_contract(one, by_contract[one.pk], year, london_day(now)) for one in contracts]
    shown = [one for one in rows if one.in_year != Spend() or _overlaps(one.time, year)]
    years = {year_of(order.on, first_month) for order in orders if order.on} | {year}
    return Money(
        year,
        sorted(years, key=lambda one: one.starts_on),
        sorted(shown, key=lambda one: (one.contract.provider.name, one.contract.reference)),
        _programme(user, year, contracts, orders, london_day(now)),
    )


@dataclass(frozen=True)
class Budget:
    """What was agreed for a programme's years, and the orders of its dates from its first day up to one of its days."""

    title: str
    envelope_pence: int | None
    spend: Spend


def budget_on(day: datetime.date, now: datetime.datetime) -> Budget | None:
    """Of the programme agreed for that day, whoever reads it: figures of reports. None without one. Three queries."""
    rows = Programme.objects.filter(period__contains=day, standing__in=_AGREED)
    programme = rows.order_by("-standing", "-pk").first()
    if programme is None:
        return None
    orders = _orders(Contract.objects.all(), now)
    until = [one for one in orders if one.on and programme.starts_on <= one.on <= day]
    return Budget(programme.title, programme.envelope_pence, sum((one.spend for one in until), Spend()))


def _orders(contracts: Iterable[Contract], now: datetime.datetime) -> list[Order]:
    rows = Commission.objects.live().filter(contract__in=[one.pk for one in contracts])
    columns = ("contract_id", "event__starts_at", "event__ends_at", "event__standing", "status", "fee_pence")
    return [
        Order(
            contract,
            london_day(starts_at) if starts_at else None,
            bool(ends_at and ends_at <= now),
            standing == Event.Standing.CANCELLED,
            status,
            fee,
        )
        for contract, starts_at, ends_at, standing, status, fee in rows.values_list(*columns)
    ]


def _overlaps(time: ContractTime, year: Period) -> bool:
    return time.starts_on < year.ends_on and time.ends_on >= year.starts_on


def _contract(contract: Contract, orders: Sequence[Order], year: Period, today: datetime.date) -> ContractMoney:
    time = time_of(contract)
    in_year = sum((one.spend for one in orders if one.on and year.starts_on <= one.on < year.ends_on), Spend())
    total = sum((one.spend for one in orders), Spend())
    return ContractMoney(contract, time, in_year, total, list(_exceptions(contract, time, total, orders, today)))


def _exceptions(
    contract: Contract, time: ContractTime, total: Spend, orders: Sequence[Order], today: datetime.date
) -> Iterator[str]:
    """What does not fit, a sentence each."""
    value = contract.value_pence
    if value is None:
        if total.ordered:
            yield f"Orders of {pounds(total.ordered)} and no agreed value to hold them against."
    elif total.ordered > value:
        yield f"Ordered {pounds(total.ordered - value)} more than its value of {pounds(value)}."
    elif forecast_of(total) > value:
        yield f"With {count(total.unpriced, 'date')} still without a fee it is likely to pass its value."
    elif time.ends_on < today and total.ordered < value:
        yield f"It ended on {full_day(time.ends_on)} with {pounds(value - total.ordered)} not ordered."
    open_ones = [one for one in orders if one.is_over and not one.is_cancelled and one.status == Status.ORDERED]
    if open_ones:
        verb = "is over and its order is" if len(open_ones) == 1 else "are over and their orders are"
        yield f"{count(len(open_ones), 'date').capitalize()} {verb} not marked as delivered."
    if cancelled := [one for one in orders if one.is_cancelled]:
        verb = "is" if len(cancelled) == 1 else "are"
        yield f"{count(len(cancelled), 'cancelled date').capitalize()} {verb} still on order."
    if unpriced := sum(one.is_over and one.spend.unpriced for one in orders):
        yield f"{count(unpriced, 'date').capitalize()} took place without an agreed fee."


def _programme(
    user: User, year: Period, contracts: Sequence[Contract], orders: Sequence[Order], today: datetime.date
) -> ProgrammeMoney | None:
    """Of the programme that was agreed for this year; what its dates cost that are planned and not put on yet."""
    rows = Programme.objects.visible_to(user).filter(period__contains=year.starts_on, standing__in=_AGREED)
    programme = rows.order_by("-standing", "-pk").first()
    if programme is None:
        return None
    first, after = programme.starts_on, programme.period.upper
    running = [one for one in contracts if time_of(one).starts_on < after and time_of(one).ends_on >= first]
    scheduled = scheduled_of(programme)
    planned = programme.planned.filter(quarter_starts_on__gte=quarter_of(today, first.month).starts_on)
    missing = [(max(0, row.events - scheduled.get(row.key, 0)), row.pence_each) for row in planned]
    return ProgrammeMoney(
        programme,
        sum(one.value_pence or 0 for one in running),
        sum((one.spend for one in orders if one.on and first <= one.on < after), Spend()),
        sum(number * (each or 0) for number, each in missing),
        sum(number for number, each in missing if each is None),
    )


_AGREED = (Programme.Standing.AGREED, Programme.Standing.LIVE, Programme.Standing.CLOSED)
