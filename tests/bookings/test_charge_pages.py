"""The pages of missed places: the coordinator's, the lead's, and those opened by a personal link."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.charges.absence import absence_cost
from bookings.charges.batches import close_batch
from bookings.charges.deciding import charge_them
from bookings.charges.fees import open_fees
from bookings.models import AgencyAccount, Booking, Charge, ChargeAnswer, ChargeBatch, ChargeStatus, FeeReceipt
from bookings.page_words import free_in_words
from tests.bookings.charging import LATER, begin_charging, make_absent, make_charge
from tests.conftest import ClientOf
from tests.factories import make_agency, make_partnership, make_user
from tests.factories_bookings import make_booking, make_employee, make_policy
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.people.making import make_lead
from training.outbox.models import Message
from training.people.models import Agency, Partnership, User

pytestmark = pytest.mark.django_db
LIST = "/bookings/charges/"


@pytest.fixture
def agency(partnership: object) -> Agency:
    begin_charging()
    return make_agency("St Olave’s School", sector="education")


@pytest.fixture
def lead(agency: Agency) -> User:
    return make_lead(agency, name="Lee Lead")


@pytest.fixture
def charge(agency: Agency) -> Charge:
    return make_charge("Ada Okafor", agency=agency)


@pytest.fixture
def desk(client_of: ClientOf) -> Client:
    return client_of(any_coordinator())


def closed(*charges: Charge) -> ChargeBatch:
    """A month's batch with these."""
    now = timezone.now() + LATER
    charge_them(charges=charges, by=any_coordinator(), now=now)
    month = now.date().replace(day=1)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    ChargeBatch.objects.create(number=1, month=before, closed_at=now, closed_by=any_coordinator().person)
    return close_batch(month=month, by=any_coordinator(), now=now)


def links() -> list[str]:
    """Of the messages that ask why: to the manager, then to the person."""
    rows = Message.objects.filter(kind__startswith="bookings.missed_why").order_by("-kind")
    return [re.findall(r"/missed/[^/\s)]+/", row.text)[0] for row in rows]


def test_a_link_asks_and_its_button_answers(charge: Charge, client: Client) -> None:
    manager, person = links()

    for address in (manager, person):
        page = client.get(address)
        assert page.status_code == 200
        assert page["Cache-Control"] == "private, no-store"
    assert not ChargeAnswer.objects.exists()
    for _ in range(2):
        assert "Thank you" in client.post(person, {"why": "sick", "words": "Rang"}).content.decode()
    assert "There is a problem" in client.post(manager, {"why": "bored"}).content.decode()
    client.post(manager, {"why": "court"})

    assert sorted(charge.answers.values_list("source", "why")) == [("manager", "court"), ("person", "sick")]


def test_a_link_that_is_over_says_nothing(charge: Charge, client: Client) -> None:
    (_, person), now = links(), timezone.now()
    charge_them(charges=[charge], by=any_coordinator(), now=now + LATER)

    for address in (person, "/missed/nonsense/"):
        for answer in (client.get(address), client.post(address, {"why": "sick"})):
            assert answer.status_code == 404
            assert "Ada" not in answer.content.decode()


def test_the_coordinator_decides_several(desk: Client, agency: Agency) -> None:
    rows = [make_charge(agency=agency) for _ in range(2)]
    given: dict[str, Any] = {"charge": [row.reference for row in rows], "decision": "cancel", "why": "court"}

    nothing_chosen = desk.post(LIST, {**given, "charge": []})
    no_reason = desk.post(LIST, {**given, "why": ""})
    too_early = desk.post(LIST, {**given, "decision": "charge"})
    done = [desk.post(f"{LIST}?show=waiting", given) for _ in range(2)]

    for refused in (nothing_chosen, no_reason, too_early):
        assert "There is a problem" in refused.content.decode()
    assert [answer.status_code for answer in done] == [302, 302]
    assert set(Charge.objects.values_list("status", flat=True)) == {ChargeStatus.WAIVED}
    for show in ("decide", "disputed", "waiting", "charged", "all", "<b>"):
        assert desk.get(LIST, {"show": show}).status_code == 200


def test_the_list_costs_the_same_for_one_and_three(desk: Client, agency: Agency) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            row = make_charge(agency=agency)
            ChargeAnswer.objects.create(charge=row, source="person", why="court", at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            desk.get(LIST)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


def test_the_month_is_closed_on_its_page_once(desk: Client, charge: Charge) -> None:
    page, now = "/bookings/charges/batches/", timezone.now()
    month = desk.get(page).context["month"]
    charge_them(charges=[charge], by=any_coordinator(), now=now + LATER)
    Charge.objects.update(decided_at=datetime.datetime.combine(month, datetime.time(12), datetime.UTC))
    assert [pile.total_pence for pile in desk.get(page).context["piles"]] == [8000]

    for rubbish in ("", "x", "2020-01-01", "9999-99-99"):
        desk.post(page, {"month": rubbish})
    assert not ChargeBatch.objects.exists()
    for _ in range(2):
        assert desk.post(page, {"month": month.isoformat()}).headers["Location"] == f"{page}1/"
    assert ChargeBatch.objects.get().statements.count() == 1


def test_statements_are_read_by_the_coordinator_and_the_lead_alone(
    desk: Client, charge: Charge, lead: User, client_of: ClientOf
) -> None:
    batch = closed(charge)
    address = reverse("bookings:statement", args=[batch.number, lead.person.role_grants.get().agency.reference])
    ours, other = client_of(lead), client_of(make_lead(make_agency()))

    for client in (desk, ours):
        assert "Ada Okafor" in client.get(address).content.decode()
        for kind, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
            assert client.get(f"{address[:-1]}.{kind}").content.startswith(start)
        assert client.get(f"{address[:-1]}.exe").status_code == 404
    assert b"Ada Okafor" in ours.get(f"{address[:-1]}.csv").content
    assert {other.get(address).status_code, other.get(f"{address[:-1]}.pdf").status_code} == {404}
    for kind in ("csv", "xlsx"):
        assert desk.get(f"/bookings/charges/batches/{batch.number}/all.{kind}").status_code == 200
    assert desk.get(f"/bookings/charges/batches/{batch.number}/").context["total"] == 8000


def test_the_lead_explains_then_disputes(charge: Charge, lead: User, client_of: ClientOf, desk: Client) -> None:
    ours = client_of(lead)
    page = f"/agency/missed/{charge.reference}/"
    ChargeAnswer.objects.create(charge=charge, source="person", why="other", words="Migraine", at=timezone.now())
    month = ours.get("/agency/month/").content.decode()
    assert "Missed and charged" in month and "Ada Okafor" in month  # noqa: PT018
    assert "Migraine" not in month + ours.get(page).content.decode()
    assert ours.post(page, {"why": "inspection"}).status_code == 302
    assert "There is a problem" in ours.post(page, {"why": "x"}).content.decode()

    batch = closed(charge)
    assert "There is a problem" in ours.post(f"{page}dispute/", {"words": ""}).content.decode()
    for _ in range(2):
        assert ours.post(f"{page}dispute/", {"words": "She was there"}).status_code == 302
    answer = f"{LIST}{charge.reference}/answer/"
    given = {"outcome": "uphold", "words": "True", "pence": "30"}
    for wrong in ({"outcome": ""}, {"words": ""}, {"pence": "81"}, {"pence": "x"}):
        assert "There is a problem" in desk.post(answer, {**given, **wrong}).content.decode()
    for _ in range(2):
        assert desk.post(answer, given).status_code == 302
    charge.refresh_from_db()
    assert (charge.status, charge.credited_pence, charge.statement) == ("credited", 3000, batch.statements.get())
    assert desk.get(f"{LIST}{charge.reference}/").status_code == 200


def test_the_pages_are_for_whom_they_are_for(charge: Charge, client_of: ClientOf) -> None:
    nobody, other = client_of(make_user()), client_of(make_lead(make_agency()))
    charge.refresh_from_db()
    assert charge.agency is not None
    pages = [
        LIST, f"{LIST}batches/", f"{LIST}batches/1/", f"{LIST}absence/", f"{LIST}fees/", f"{LIST}{charge.reference}/",
        f"{LIST}fees/{charge.booking.reference}/", f"{LIST}accounts/{charge.agency.reference}/",
    ]  # fmt: skip
    assert {client.get(page).status_code for client in (nobody, other) for page in pages} == {403}
    assert {nobody.post(f"{LIST}{charge.reference}/{verb}/").status_code for verb in ("answer", "order")} == {403}
    page = f"/agency/missed/{charge.reference}/"
    assert (nobody.get(page).status_code, other.get(page).status_code) == (403, 404)
    assert other.post(f"{page}dispute/", {"words": "x"}).status_code == 404


def test_account_and_order_number_stand_on_the_statement(desk: Client, charge: Charge, agency: Agency) -> None:
    address = f"{LIST}accounts/{agency.reference}/"
    given = {"payer_name": "Trust", "payer_email": "a@b.example", "journal_number": "J 1", "revision": "0"}
    for _ in range(2):
        assert desk.post(address, given).status_code == 302
    assert "There is a problem" in desk.post(address, {**given, "payer_email": "x"}).content.decode()
    assert "Somebody else" in desk.post(address, {**given, "payer_name": "Other"}).content.decode()
    assert desk.post(f"{LIST}{charge.reference}/order/", {"purchase_order": "PO 9"}).status_code == 302

    batch = closed(charge)

    assert AgencyAccount.objects.get().payer_name == "Trust"
    statement = batch.statements.get()
    assert (statement.payer_name, statement.journal_number) == ("Trust", "J 1")
    page = desk.get(reverse("bookings:statement", args=[batch.number, agency.reference])).content.decode()
    assert "internal journal J 1" in page
    text = desk.get(reverse("bookings:statement-file", args=[batch.number, agency.reference, "csv"])).content.decode()
    assert "PO 9" in text
    assert (
        "There is a problem" in desk.post(f"{LIST}{charge.reference}/order/", {"purchase_order": "9"}).content.decode()
    )


def test_what_absence_cost_counts_places_lost_while_others_waited(desk: Client, agency: Agency) -> None:
    event = make_event(days=[in_days(-3)], room_limit=9, places_offered=2, minimum=0)
    make_booking(event)
    absent = make_absent("Ada Okafor", agency=agency, event=event)
    assert make_booking(event, make_employee()).status == "waitlisted"
    make_absent(agency=agency)

    found = absence_cost(in_days(-10), in_days(0))

    assert {key: (cost.missed, cost.lost) for key, cost in found.items()} == {agency: (2, 1)}
    page = desk.get(f"{LIST}absence/", {"first": in_days(-10).isoformat(), "last": "nonsense"})
    assert page.status_code == 200
    for query in ({"first": "2020-01-01", "last": "2019-01-01"}, {"first": "0001-01-01"}):
        assert desk.get(f"{LIST}absence/", query).status_code == 200
    assert absent.status == "booked"


def test_a_fee_awaits_payment_or_order_and_never_blocks(desk: Client, agency: Agency) -> None:
    make_partnership(payment_page="https://pay.bankside.example/training")
    make_policy(tariffs=[{"who": "sector:education", "fee_pence": 7000, "charge_pence": 7000}])
    booking = make_booking(make_event(days=[in_days(20)]), make_employee(agency=agency))
    make_booking(make_event(days=[in_days(20)]), make_employee())
    assert [fee.booking for fee in open_fees(any_coordinator(), timezone.now())] == [booking]
    page = desk.get(reverse("bookings:booking", args=[booking.reference])).content.decode()
    assert "£70 for coming, exempt from VAT: awaiting payment or order." in page
    assert "https://pay.bankside.example/training" in page

    address = f"{LIST}fees/{booking.reference}/"
    assert "There is a problem" in desk.post(address, {"kind": "cash", "number": ""}).content.decode()
    for _ in range(2):
        assert desk.post(address, {"kind": "order", "number": "PO 3"}).status_code == 302

    assert [(one.number, one.amount_pence) for one in FeeReceipt.objects.all()] == [("PO 3", 7000)]
    assert desk.get(f"{LIST}fees/").context["total"] == 0
    assert booking.status == "booked"


def test_words_on_the_practitioners_page(agency: Agency) -> None:
    booking = make_booking(make_event(days=[in_days(30)]), make_employee(agency=agency))
    fresh = Booking.objects.get(pk=booking.pk)

    assert re.fullmatch(
        r"Cancelling is free until \w+ \d+ \w+( \d+)? at 17:00, then £80 to your organisation\.",
        free_in_words(fresh, timezone.now()),
    )
    assert "and costs your organisation £80." in free_in_words(fresh, timezone.now() + LATER * 1.19)


def test_the_list_says_when_nobody_is_charged_at_all(desk: Client) -> None:
    Partnership.objects.update(charges_from=None)

    assert "Nobody is charged yet" in desk.get(reverse("bookings:charges")).content.decode()
