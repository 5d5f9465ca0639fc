"""Ordering a trainer: what it does, what stops it, and what PostgreSQL refuses."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.actions.commissions import cancel_commission, commission_event
from providers.actions.options import decide_option
from providers.errors import ProvidersError
from providers.models import Commission, CommissionStep
from providers.ordering import reasons_not_orderable
from providers.terms import months_later, time_of
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.factories_providers import make_contract, make_order, make_provider
from training.catalogue.actions.standing import cancel_event
from training.outbox.models import Message
from training.people.models import Role

pytestmark = pytest.mark.django_db


def order(event, contract, fee_pence=45000, by=None) -> Commission:
    by = by or any_coordinator()
    return commission_event(event=event, contract=contract, fee_pence=fee_pence, by=by, now=timezone.now())


def test_an_order_is_written_and_sent() -> None:
    event, contract = make_event(), make_contract()

    commission = order(event, contract)

    assert (commission.status, commission.fee_pence) == ("ordered", 45000)
    assert list(CommissionStep.objects.values_list("was", "became")) == [("proposed", "ordered")]
    message = Message.objects.get(kind="providers.trainer_order")
    assert message.to_address == contract.provider.contact_email
    assert "£450" in message.text
    assert commission.reference in message.subject


def test_a_second_click_changes_nothing() -> None:
    event, contract = make_event(), make_contract()

    assert order(event, contract) == order(event, contract)
    assert CommissionStep.objects.count() == 1
    assert Message.objects.filter(kind="providers.trainer_order").count() == 1


@pytest.mark.parametrize("role", [Role.PDL_MEMBER, Role.PROVIDER_MANAGER, Role.TRAINER, None])
def test_wrong_role(role) -> None:
    with pytest.raises(ProvidersError, match="Only a coordinator"):
        order(make_event(), make_contract(), by=make_user(role=role))


def codes(event, contract) -> list[str]:
    return [reason.code for reason in reasons_not_orderable(event, contract, timezone.now())]


def test_reasons_outside_the_contract() -> None:
    over = make_contract(starts_on=datetime.date(2019, 4, 1))
    last_day = time_of(make_contract()).ends_on

    assert codes(make_event(), over) == ["outside_contract"]
    assert codes(make_event(days=[last_day]), make_contract()) == []
    assert codes(make_event(days=[last_day + datetime.timedelta(days=1)]), make_contract()) == ["outside_contract"]


def test_reasons_another_order_and_a_cancelled_date() -> None:
    event = make_event()
    contract = make_order(event).contract
    cancelled = make_event()
    cancel_event(event=cancelled, reason="Too few", by=any_coordinator(), now=timezone.now())

    assert codes(event, contract) == []
    assert codes(event, make_contract()) == ["other_order"]
    assert codes(make_event(is_published=False, days=[]), contract) == ["no_date"]
    cancelled.refresh_from_db()
    assert codes(cancelled, contract) == ["event_cancelled"]


def test_an_extension_that_was_taken_covers_its_dates() -> None:
    contract = make_contract(starts_on=months_later(in_days(30), -37), option_months=[12])
    event = make_event()
    assert codes(event, contract) == ["outside_contract"]

    decide_option(
        option=contract.options.get(), is_taken=True, reason="It went well", now=timezone.now(), by=any_coordinator()
    )

    assert order(event, contract).status == "ordered"


def test_the_database_refuses_a_second_live_order_and_one_outside_its_terms() -> None:
    event = make_order().event
    over = make_contract(starts_on=datetime.date(2019, 4, 1))

    with pytest.raises(IntegrityError, match="commission_one_live_an_event"), transaction.atomic():
        Commission.objects.create(event=event, contract=make_contract(), status="proposed")
    with pytest.raises(IntegrityError, match="outside its contract"), transaction.atomic():
        Commission.objects.create(event=make_event(), contract=over, status="proposed")


def test_cancelling_tells_the_provider_and_frees_the_date() -> None:
    commission = make_order()
    by, now = any_coordinator(), timezone.now()

    cancel_commission(commission=commission, reason="The venue  burnt down", by=by, now=now)
    again = cancel_commission(commission=commission, reason="Again", by=by, now=now)

    assert again.status == "cancelled"
    assert "The venue burnt down" in Message.objects.get(kind="providers.order_cancelled").text
    assert order(commission.event, make_contract()).status == "ordered"


def test_cancelling_needs_a_reason() -> None:
    with pytest.raises(ProvidersError, match="Enter why"):
        cancel_commission(commission=make_order(), reason=" ", by=any_coordinator(), now=timezone.now())


def test_a_provider_without_an_address_gets_no_message() -> None:
    order(make_event(), make_contract(make_provider(contact_email="")))

    assert not Message.objects.filter(kind="providers.trainer_order").exists()
