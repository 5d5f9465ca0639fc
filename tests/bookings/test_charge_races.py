"""Two coordinators close the month at once; a lead disputes while it is closed."""

import datetime

import pytest
from django.utils import timezone

from bookings.charges.batches import close_batch
from bookings.charges.deciding import charge_them
from bookings.charges.disputes import dispute
from bookings.models import Charge, ChargeBatch, ChargeStatus, Statement
from tests.bookings.charging import LATER, begin_charging, make_charge
from tests.bookings.test_races import at_once
from tests.factories import make_agency
from tests.factories_catalogue import any_coordinator
from tests.people.making import make_lead
from training.people.models import Agency

pytestmark = pytest.mark.django_db(transaction=True)


def decided(*agencies: Agency) -> list[Charge]:
    rows = [make_charge(agency=agency) for agency in agencies]
    charge_them(charges=rows, by=any_coordinator(), now=timezone.now() + LATER)
    return rows


def closing() -> tuple[datetime.date, datetime.datetime]:
    """The month of the decisions and a moment in it: the month before has nothing and is closed already."""
    now = timezone.now() + LATER
    month = now.date().replace(day=1)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    ChargeBatch.objects.create(number=1, month=before, closed_at=now, closed_by=any_coordinator().person)
    return month, now


def test_two_close_the_month_at_once() -> None:
    begin_charging()
    decided(make_agency(), make_agency())
    by, (month, now) = any_coordinator(), closing()

    first, second = at_once([lambda: close_batch(month=month, by=by, now=now) for _ in range(2)])

    assert first == second == ChargeBatch.objects.get(number=2)
    assert Statement.objects.count() == 2


def test_a_dispute_while_the_month_closes() -> None:
    begin_charging()
    agency = make_agency()
    charge, other = decided(agency, make_agency())
    lead, by, (month, now) = make_lead(agency), any_coordinator(), closing()

    at_once([
        lambda: dispute(charge=charge, words="No", by=lead, now=now),
        lambda: close_batch(month=month, by=by, now=now),
    ])  # fmt: skip

    charge.refresh_from_db()
    other.refresh_from_db()
    assert (charge.status, other.status) == (ChargeStatus.DISPUTED, ChargeStatus.BILLED)
    held = Statement.objects.filter(agency=agency).first()
    assert charge.statement == held
    assert held is None or held.charged_pence == charge.amount_pence
