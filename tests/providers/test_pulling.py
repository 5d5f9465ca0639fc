"""What pulling a date costs, from which day: by the terms of its orders and of the contract."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from providers.actions.cancelling import set_cancelling_terms
from providers.actions.commissions import commission_event
from providers.errors import ProvidersError, StaleError
from providers.models import Contract
from providers.pulling import price_steps, pulling_costs
from tests.conftest import ClientOf
from tests.factories_catalogue import any_coordinator, make_event
from tests.factories_providers import make_contract
from training.catalogue.actions.orders import OrderPlan, add_order, place_order
from training.catalogue.models import Event
from training.people.models import User

NOW = datetime.datetime(2027, 5, 10, 9, 0, tzinfo=datetime.UTC)
START = datetime.date(2027, 6, 15)


def date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def event(coordinator: User) -> Event:
    """A room for £180, free until 3 June, then half; food for £200 without a day; a trainer for £450."""
    event = make_event(days=[START], now=NOW)
    contract = make_contract(starts_on=date("2026-01-01"))
    set_cancelling_terms(contract=contract, cancel_notice_days=5, cancel_percent=50, revision=contract.revision,
                         by=coordinator)  # fmt: skip
    commission_event(event=event, contract=contract, fee_pence=450_01, by=coordinator, now=NOW)
    for plan in (
        OrderPlan("room", supplier="Hall", cost_pence=180_00, cancel_free_until=date("2027-06-03"),
                  late_cancel_pence=90_00),
        OrderPlan("caterer", supplier="Thyme", cost_pence=200_00),
    ):  # fmt: skip
        place_order(
            order=add_order(event=event, plan=plan, by=coordinator, now=NOW), sends=False, by=coordinator, now=NOW
        )
    add_order(event=event, plan=OrderPlan("kit", supplier="Kit", cost_pence=999_00), by=coordinator, now=NOW)
    return event


def test_costs_rise_day_by_day(event: Event) -> None:
    steps = price_steps(pulling_costs(event), date("2027-05-10"))

    assert steps == [
        (date("2027-05-10"), 200_00),
        (date("2027-06-04"), 290_00),
        (date("2027-06-09"), 515_01),  # five working days before 15 June are 8 June; half of £450.01, rounded up
    ]
    assert price_steps(pulling_costs(event), date("2027-06-12")) == [(date("2027-06-12"), 515_01)]


def test_a_date_with_nothing_ordered_costs_nothing(coordinator: User) -> None:
    assert price_steps(pulling_costs(make_event(now=NOW)), date("2027-05-10")) == [(date("2027-05-10"), 0)]


def test_terms_are_refused_when_stale_wrong_or_a_practitioners(coordinator: User, practitioner: User) -> None:
    contract = make_contract()
    terms = {"contract": contract, "cancel_notice_days": 5, "cancel_percent": 50, "revision": contract.revision}

    with pytest.raises(StaleError):
        set_cancelling_terms(**{**terms, "revision": 99}, by=coordinator)  # type: ignore[arg-type]
    with pytest.raises(ProvidersError, match="from 0 to 100"):
        set_cancelling_terms(**{**terms, "cancel_percent": 101}, by=coordinator)  # type: ignore[arg-type]
    with pytest.raises(ProvidersError):
        set_cancelling_terms(**terms, by=practitioner)  # type: ignore[arg-type]


def test_postgresql_refuses_more_than_the_fee(coordinator: User) -> None:
    contract = make_contract()

    with pytest.raises(IntegrityError, match="contract_cancels_for_the_fee_at_most"), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(cancel_percent=101)


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf, settings: object) -> Client:
    settings.SECOND_FACTOR_ROLES = []  # type: ignore[attr-defined]
    return client_of(any_coordinator())


def test_page_keeps_the_terms_and_refuses_rubbish(desk: Client) -> None:
    contract = make_contract()
    url = reverse("providers:contract-cancelling", args=[contract.reference])
    data = {"cancel_notice_days": "10", "cancel_percent": "50", "revision": str(contract.revision)}

    assert desk.post(url, {**data, "cancel_percent": "lots"}).context["form"].errors
    page = desk.post(url, data, follow=True).content.decode()

    assert "A date given back 10 working days before costs nothing, later 50 % of its fee" in page
    assert "Somebody else changed" in desk.post(url, data).content.decode()
