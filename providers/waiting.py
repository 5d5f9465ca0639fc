"""What of the contracts waits for a coordinator: decisions that come near, dates whose trainer has gone."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from providers.models import Contract
from providers.staffing import without_trainer
from providers.terms import last_safe_decision, months_later, next_option, time_of
from training.config.parts import Todo
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import count, full_day

LATE, SOON, IN_TIME = 10, 20, 30
WARN_MONTHS, URGE_MONTHS = 6, 3


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    if not user.may(Permission.MANAGE_CONTRACTS):
        return []
    return [*_of_contracts(london_day(now)), *_of_trainers(now)]


def _of_trainers(now: datetime.datetime) -> Iterator[Todo]:
    if number := without_trainer(now).count():
        has = "has" if number == 1 else "have"
        sentence = f"{count(number, 'date')} to come {has} no trainer any more: theirs said no or was taken off."
        yield Todo(sentence, f"{reverse('desk:dates')}?problems=1", "Ask somebody", SOON)


def _of_contracts(today: datetime.date) -> Iterator[Todo]:
    for contract, decide_by, ends_on in near_decisions(today):
        yield _todo(contract, decide_by, ends_on, today)


def near_decisions(today: datetime.date) -> Iterator[tuple[Contract, datetime.date, datetime.date]]:
    """Running contracts from six months before the last safe day to decide, with that day and their last day."""
    running = Contract.objects.running_on(today).select_related("provider").prefetch_related("terms", "options")
    contracts = list(running.distinct().order_by("reference"))
    followed = _lots_that_go_on()
    for contract in contracts:
        decide_by, ends_on = last_safe_decision(contract), time_of(contract).ends_on
        is_near = today >= months_later(decide_by, -WARN_MONTHS)
        if is_near and not any(lot == contract.lot_number and end > ends_on for lot, end in followed):
            yield contract, decide_by, ends_on


def _lots_that_go_on() -> list[tuple[int, datetime.date]]:
    """Lots with the end of each of their contracts: one that outlasts another has been bought in time."""
    rows = Contract.objects.filter(lot_number__isnull=False).prefetch_related("terms", "options")
    return [(contract.lot_number, time_of(contract).ends_on) for contract in rows if contract.lot_number is not None]


def _todo(contract: Contract, decide_by: datetime.date, ends_on: datetime.date, today: datetime.date) -> Todo:
    option = next_option(contract)
    what = f"extend it by {option.months} months" if option else "buy again: no option is left"
    until = (
        f"{full_day(decide_by)} is the last safe day" if decide_by >= today else f"{full_day(decide_by)} was the last"
    )
    sentence = f"{contract} with {contract.provider} ends on {full_day(ends_on)}. Decide whether to {what}; {until}."
    url = reverse("providers:contract", args=[contract.reference])
    return Todo(sentence, url, "See the contract", _weight(decide_by, today), due_on=decide_by)


def _weight(decide_by: datetime.date, today: datetime.date) -> int:
    if decide_by < today:
        return LATE
    return SOON if today >= months_later(decide_by, -URGE_MONTHS) else IN_TIME
