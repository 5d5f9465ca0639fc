"""What stands in the way of a trainer order, as reasons that its page and its action share."""

import datetime

from django.db.models import QuerySet

from providers.models import Commission, Contract
from providers.terms import covers, time_of
from training.catalogue.models import DeliveryMode, Event
from training.web.reasons import Reason
from training.web.when import london_day
from training.web.words import full_day


def days_of(event: Event, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
    """First and last day in London; today for e-learning, which has none; None while no day is set."""
    if event.mode == DeliveryMode.E_LEARNING:
        return today, today
    if event.starts_at is None or event.ends_at is None:
        return None
    return london_day(event.starts_at), london_day(event.ends_at)


def live_commission(event: Event) -> Commission | None:
    return Commission.objects.live().filter(event=event).select_related("contract__provider").first()


def reasons_not_orderable(event: Event, contract: Contract, now: datetime.datetime) -> list[Reason]:
    """Everything that stops this event from being ordered under this contract. An order of the same is no reason."""
    reasons = []
    if event.standing == Event.Standing.CANCELLED:
        reasons.append(Reason("event_cancelled", f"{event} is cancelled.", "Copy it to make a new date."))
    days = days_of(event, london_day(now))
    if days is None:
        reasons.append(Reason("no_date", f"{event} has no day yet.", "Set its days and times first."))
    elif not covers(contract, *days):
        reasons.append(_outside(event, contract, days))
    live = live_commission(event)
    if live is not None and live.contract_id != contract.pk:
        sentence = f"{event} is {_stage(live)} under {live.contract} with {live.contract.provider}."
        reasons.append(Reason("other_order", sentence, "Cancel that order first.", data={"order": live.reference}))
    return reasons


def _stage(live: Commission) -> str:
    return "meant to be ordered" if live.status == Commission.Status.PROPOSED else "ordered"


def _outside(event: Event, contract: Contract, days: tuple[datetime.date, datetime.date]) -> Reason:
    time = time_of(contract)
    sentence = f"{contract} runs from {full_day(time.starts_on)} to {full_day(time.ends_on)}, and {event}"
    sentence += f" is on {full_day(days[0])}." if days[0] == days[1] else f" lasts until {full_day(days[1])}."
    return Reason("outside_contract", sentence, "Choose another contract, or extend this one first.")


def contracts_covering(event: Event, today: datetime.date) -> "QuerySet[Contract]":
    """Contracts with a term on the first day, those of the course's own lot first."""
    days = days_of(event, today)
    if days is None:
        return Contract.objects.none()
    rows = Contract.objects.running_on(days[0]).select_related("provider")
    return rows.prefetch_related("terms", "options").order_by("provider__name", "reference").distinct()
