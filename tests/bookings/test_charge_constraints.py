"""What PostgreSQL refuses of charges, statements and credits, whoever goes round the actions."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from bookings.charges.batches import close_batch
from bookings.charges.deciding import charge_them
from bookings.models import Charge, ChargeAnswer, ChargeBatch, Credit, Statement
from tests.bookings.charging import LATER, begin_charging, make_charge
from tests.bookings.refusing import refused_by
from tests.factories import make_agency
from tests.factories_catalogue import any_coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def charge() -> Charge:
    begin_charging()
    return make_charge("Ada Okafor")


def later() -> datetime.datetime:
    return timezone.now() + LATER


def billed(charge: Charge) -> ChargeBatch:
    charge_them(charges=[charge], by=any_coordinator(), now=later())
    month = later().date().replace(day=1)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    ChargeBatch.objects.create(number=1, month=before, closed_at=later(), closed_by=any_coordinator().person)
    return close_batch(month=month, by=any_coordinator(), now=later())


def test_postgresql_keeps_what_was_closed(charge: Charge) -> None:
    batch = billed(charge)
    statement = batch.statements.get()
    charge.refresh_from_db()
    coordinator = any_coordinator().person
    assert coordinator is not None

    changes = [
        lambda: Charge.objects.filter(pk=charge.pk).update(amount_pence=1),
        lambda: Charge.objects.filter(pk=charge.pk).update(statement=None, status="charged"),
        lambda: Charge.objects.filter(pk=charge.pk).delete(),
        lambda: Statement.objects.filter(pk=statement.pk).update(charged_pence=1),
        lambda: Statement.objects.create(batch=batch, agency=make_agency(), charged_pence=1, credited_pence=0),
        lambda: Statement.objects.filter(pk=statement.pk).delete(),
        lambda: ChargeBatch.objects.filter(pk=batch.pk).update(closed_at=timezone.now()),
        lambda: ChargeBatch.objects.filter(pk=batch.pk).delete(),
        lambda: Credit.objects.create(charge=charge, amount_pence=8001, at=later(), by=coordinator, reason="x"),
        lambda: [
            Credit.objects.create(charge=charge, amount_pence=4001, at=later(), by=coordinator, reason="x")
            for _ in range(2)
        ],
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_constraints_of_charges_refuse(charge: Charge) -> None:
    rows = Charge.objects.filter(pk=charge.pk)
    fields = {"booking": charge.booking, "vat": "outside", "found_at": timezone.now(), "explain_by": charge.explain_by}
    bare: dict[str, Any] = {**fields, "amount_pence": 1, "agency": charge.agency, "status": "asked"}

    refused_by("charge_once_a_booking_and_ground", lambda: Charge.objects.create(**bare, ground=charge.ground))
    refused_by("charge_billed_is_on_a_statement", lambda: rows.update(status="billed"))
    refused_by("charge_not_due_says_why", lambda: rows.update(status="not_due"))
    refused_by("charge_says_who_pays_what", lambda: rows.update(amount_pence=0))
    refused_by("charge_says_who_pays_what", lambda: rows.update(agency=None))
    answer = {"charge": charge, "source": "person", "why": "court", "at": timezone.now()}
    ChargeAnswer.objects.create(**answer)
    refused_by("charge_answer_one_of_each", lambda: ChargeAnswer.objects.create(**answer))
    refused_by(
        "charge_batch_is_of_a_month", lambda: ChargeBatch.objects.create(number=1, month=datetime.date(2027, 1, 2))
    )
    refused_by(
        "charge_batch_closed_who_and_when",
        lambda: ChargeBatch.objects.create(number=1, month=datetime.date(2027, 1, 1), closed_at=timezone.now()),
    )
