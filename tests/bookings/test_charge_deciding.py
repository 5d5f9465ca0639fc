"""From the answer to the decision, the statement, the dispute and the credit."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from bookings.charges.accounts import save_account
from bookings.charges.answering import explain, explain_as_lead
from bookings.charges.batches import close_batch, month_to_close, piles
from bookings.charges.deciding import cancel_charges, charge_them
from bookings.charges.disputes import dispute, let_stand, uphold
from bookings.charges.statements import lines_of, sum_of
from bookings.errors import BookingsError
from bookings.models import (
    Charge,
    ChargeAnswer,
    ChargeBatch,
    ChargeStatus,
    ChargeStep,
    Credit,
    Mark,
    Statement,
)
from bookings.models.charge import Why
from tests.bookings.charging import LATER, begin_charging, make_charge, put_right
from tests.factories import make_agency, make_user
from tests.factories_catalogue import any_coordinator
from tests.people.making import make_lead
from training.outbox.models import Message
from training.people.models import Agency, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    begin_charging()
    return make_agency("St Olave’s School", sector="education")


@pytest.fixture
def lead(agency: Agency) -> User:
    return make_lead(agency, name="Lee Lead")


@pytest.fixture
def charge(agency: Agency) -> Charge:
    return make_charge("Ada Okafor", agency=agency)


def later() -> datetime.datetime:
    return timezone.now() + LATER


def decided(charge: Charge, **fields: Any) -> Charge:
    charge_them(charges=[charge], by=any_coordinator(), now=later())
    charge.refresh_from_db()
    return charge


def billed(charge: Charge) -> ChargeBatch:
    decided(charge)
    now = later()
    return close_batch(month=month_before(now), by=any_coordinator(), now=now + datetime.timedelta(days=31))


def month_before(now: datetime.datetime) -> datetime.date:
    """Of the batch that a month after this moment is closed first."""
    return month_to_close((now + datetime.timedelta(days=31)).date()) or now.date()


def status(charge: Charge) -> str:
    charge.refresh_from_db()
    return charge.status


def test_the_person_may_say_why_until_the_day(charge: Charge) -> None:
    given: dict[str, Any] = {"charge": charge, "source": ChargeAnswer.Source.PERSON, "words": " Rang  at 8 "}

    explain(**given, why=Why.SICK, now=timezone.now())
    explain(**given, why=Why.COURT, now=timezone.now())

    assert [(one.why, one.words) for one in charge.answers.all()] == [(Why.COURT, "Rang at 8")]
    with pytest.raises(BookingsError, match="could answer until"):
        explain(**given, why=Why.COURT, now=later())
    with pytest.raises(BookingsError, match="Choose what happened"):
        explain(**given, why="bored", now=timezone.now())


def test_only_the_lead_of_the_organisation_explains_for_it(charge: Charge, lead: User) -> None:
    explain_as_lead(charge=charge, why=Why.INSPECTION, words="", by=lead, now=timezone.now())

    assert charge.answers.get().source == ChargeAnswer.Source.LEAD
    for other in (make_lead(make_agency()), make_user()):
        with pytest.raises(BookingsError, match="Only the training lead"):
            explain_as_lead(charge=charge, why=Why.COURT, words="", by=other, now=timezone.now())


def test_charging_waits_for_the_answer_or_the_day(charge: Charge) -> None:
    by, now = any_coordinator(), timezone.now()

    with pytest.raises(BookingsError, match="has until"):
        charge_them(charges=[charge], by=by, now=now)
    explain(charge=charge, source=ChargeAnswer.Source.MANAGER, why=Why.OTHER, words="Forgot", now=now)

    assert [len(charge_them(charges=[charge], by=by, now=now)) for _ in range(2)] == [1, 0]
    assert status(charge) == ChargeStatus.CHARGED
    assert Message.objects.filter(kind="bookings.charge_decided").count() == 1


def test_several_at_once_all_or_none(agency: Agency) -> None:
    rows = [make_charge(agency=agency) for _ in range(3)]
    given: dict[str, Any] = {"by": any_coordinator(), "now": later()}
    cancel_charges(charges=rows[:1], why=Why.COURT, words="", **given)

    with pytest.raises(BookingsError, match="charge cancelled already"):
        charge_them(charges=rows, **given)
    assert [status(row) for row in rows] == [ChargeStatus.WAIVED, ChargeStatus.ASKED, ChargeStatus.ASKED]
    charge_them(charges=rows[1:], **given)
    cancel_charges(charges=rows, why=Why.SICK, words="", **given)

    assert {status(row) for row in rows} == {ChargeStatus.WAIVED}
    assert ChargeStep.objects.filter(code="waived").count() == 3


def test_cancelling_wants_a_reason_and_a_coordinator(charge: Charge, lead: User) -> None:
    given: dict[str, Any] = {"charges": [charge], "now": timezone.now()}

    for why, words in (("", ""), ("bored", ""), (Why.OTHER, " ")):
        with pytest.raises(BookingsError, match="why the charge is cancelled"):
            cancel_charges(**given, why=why, words=words, by=any_coordinator())
    for by in (lead, make_user()):
        with pytest.raises(BookingsError, match="Only a coordinator"):
            cancel_charges(**given, why=Why.SICK, words="", by=by)
        with pytest.raises(BookingsError, match="Only a coordinator"):
            charge_them(**given, by=by)


def test_a_batch_is_closed_once_with_a_statement_for_each_payer(agency: Agency, charge: Charge) -> None:
    other = make_charge(agency=make_agency("Zebra Trust"))
    save_account(
        agency=agency, revision=0, by=any_coordinator(), payer_name="Olave Trust", payer_email="pay@olave.example",
        purchase_order="PO 7", cost_code="C1", journal_number="",
    )  # fmt: skip
    decided(other)

    batch = billed(charge)
    again = close_batch(month=batch.month, by=any_coordinator(), now=later())

    assert (again, batch.number) == (batch, 1)
    statements = list(batch.statements.order_by("pk"))
    assert [(one.payer_name, one.total_pence, one.purchase_order) for one in statements] == [
        ("Olave Trust", 8000, "PO 7"), ("Zebra Trust", 8000, ""),
    ]  # fmt: skip
    assert {status(charge), status(other)} == {ChargeStatus.BILLED}
    assert list(Message.objects.filter(kind="bookings.statement").values_list("to_address", flat=True)) == [
        "pay@olave.example"
    ]
    assert piles(batch.month) == []


def test_nothing_to_close_and_the_wrong_month_are_refused(charge: Charge) -> None:
    by, now = any_coordinator(), timezone.now()
    month = month_to_close(now.date())
    assert month is not None

    with pytest.raises(BookingsError, match="nothing to charge"):
        close_batch(month=month, by=by, now=now)
    with pytest.raises(BookingsError, match="cannot be closed now"):
        close_batch(month=datetime.date(2020, 1, 1), by=by, now=now)
    with pytest.raises(BookingsError, match="Only a coordinator"):
        close_batch(month=month, by=make_user(), now=now)


def test_a_register_put_right_cancels_the_charge_before_it_leaves(agency: Agency, charge: Charge) -> None:
    wrong = make_charge(agency=agency)
    decided(wrong)
    put_right(wrong.booking, Mark.PRESENT)

    batch = billed(charge)

    assert status(wrong) == ChargeStatus.WAIVED
    assert wrong.steps.last().code == "register_corrected"  # type: ignore[union-attr]
    assert sum(one.total_pence for one in batch.statements.all()) == 8000


def test_a_dispute_before_the_batch_keeps_the_charge_out_of_it(charge: Charge, lead: User) -> None:
    decided(charge)

    for _ in range(2):
        dispute(charge=charge, words="She was on the date of the day before", by=lead, now=later())

    assert status(charge) == ChargeStatus.DISPUTED
    assert piles(month_before(later())) == []
    uphold(charge=charge, words="You are right", pence=None, by=any_coordinator(), now=later())
    assert status(charge) == ChargeStatus.WAIVED
    assert not Credit.objects.exists()


def test_an_upheld_dispute_is_credited_on_the_next_statement(charge: Charge, lead: User) -> None:
    first = billed(charge)
    dispute(charge=charge, words="Half of it", by=lead, now=later())

    for _ in range(2):
        uphold(charge=charge, words="Half, then", pence=3000, by=any_coordinator(), now=later())

    assert status(charge) == ChargeStatus.CREDITED
    now = later() + datetime.timedelta(days=31)
    month = month_to_close(now.date())
    assert month is not None
    second = close_batch(month=month, by=any_coordinator(), now=now)
    statements = [one for batch in (first, second) for one in batch.statements.all()]
    assert [one.total_pence for one in statements] == [8000, -3000]
    assert [[line.pence for line in lines_of(one)] for one in statements] == [[8000], [-3000]]
    assert Message.objects.filter(kind="bookings.dispute_answered").count() == 1
    total = sum_of(Charge.objects.filter(statement__isnull=False)) - sum_of(Credit.objects.all())
    assert sum(one.total_pence for one in Statement.objects.all()) == total


def test_a_charge_that_stands_is_not_disputed_again(charge: Charge, lead: User) -> None:
    billed(charge)
    dispute(charge=charge, words="No", by=lead, now=later())

    for _ in range(2):
        let_stand(charge=charge, words="Yes", by=any_coordinator(), now=later())

    assert status(charge) == ChargeStatus.BILLED
    with pytest.raises(BookingsError, match="disputed before"):
        dispute(charge=charge, words="No!", by=lead, now=later())


@pytest.mark.parametrize("pence", [0, 8001])
def test_no_more_is_given_back_than_was_charged(charge: Charge, lead: User, pence: int) -> None:
    billed(charge)
    dispute(charge=charge, words="No", by=lead, now=later())

    with pytest.raises(BookingsError, match="up to £80"):
        uphold(charge=charge, words="Fine", pence=pence, by=any_coordinator(), now=later())


def test_disputes_are_the_leads_and_answers_the_coordinators(charge: Charge, lead: User) -> None:
    given: dict[str, Any] = {"charge": charge, "now": later()}

    with pytest.raises(BookingsError, match="nothing to dispute"):
        dispute(**given, words="No", by=lead)
    decided(charge)
    with pytest.raises(BookingsError, match="Only the training lead"):
        dispute(**given, words="No", by=make_lead(make_agency()))
    with pytest.raises(BookingsError, match="what is wrong"):
        dispute(**given, words=" ", by=lead)
    with pytest.raises(BookingsError, match="Nobody disputes"):
        uphold(**given, words="Yes", pence=None, by=any_coordinator())
    with pytest.raises(BookingsError, match="Only a coordinator"):
        let_stand(**given, words="Yes", by=lead)
