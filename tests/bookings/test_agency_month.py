"""The training lead's month, on the page, in a file and by e-mail: own people and nobody else's."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.actions.places import keep_places
from bookings.agencies.monthly import write_to_leads
from bookings.models import Booking
from tests.conftest import ClientOf
from tests.factories import grant_directly, make_agency, make_user
from tests.factories_bookings import ensure_policy, fill, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.people.making import make_lead
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import Agency, Role, User

pytestmark = pytest.mark.django_db

PAGE = "/agency/month/"
# A Monday, and the bank holiday on the Monday before it.
MONDAY, HOLIDAY = (
    datetime.datetime(2027, 5, 10, 8, tzinfo=datetime.UTC),
    datetime.datetime(2027, 5, 3, 8, tzinfo=datetime.UTC),
)


@pytest.fixture
def agency(partnership: object) -> Agency:
    ensure_policy()
    return make_agency("St Olave’s School", sector="education")


@pytest.fixture
def lead(agency: Agency) -> User:
    return make_lead(agency, name="Lee Lead")


@pytest.fixture
def client(lead: User, client_of: ClientOf) -> Client:
    return client_of(lead)


def full_event() -> Event:
    event = make_event(days=[in_days(12)], room_limit=1, places_offered=1, minimum=0)
    fill(event)
    return event


def test_it_shows_who_goes_what_is_kept_and_who_waits(client: Client, agency: Agency) -> None:
    soon = make_booking(make_event(days=[in_days(12)]), make_employee("Ada Okafor", agency=agency))
    make_booking(make_event(days=[in_days(40)]), make_employee("Later Than That", agency=agency))
    make_booking(make_event(days=[in_days(12)]), make_employee("Else Where"))
    waiting = make_booking(full_event(), make_employee("Wendy Waits", agency=agency))
    kept = make_event(days=[in_days(50)])
    release = in_days(20)
    keep_places(
        event=kept, sector="education", places=3, reason="Asked", release_on=release, by=any_coordinator(),
        now=timezone.now(),
    )  # fmt: skip

    page = client.get(PAGE)

    month = page.context["month"]
    assert [one.booking for one in month.going] == [soon]
    assert month.going[0].free.startswith("Cancelling is free until")
    assert [(one.allocation.event, one.unused) for one in month.kept] == [(kept, 3)]
    assert [(one.booking, one.sentence) for one in month.waiting] == [(waiting, "1st on the list")]
    text = page.content.decode()
    for name in ("booking-colleague", "booking-move", "booking-cancel"):
        assert reverse(f"bookings:{name}", args=[soon.reference]) in text
    assert reverse("bookings:book-people-on", args=[kept.reference]) in text
    assert "Else Where" not in text


def test_the_file_has_the_employee_number_first(client: Client, agency: Agency) -> None:
    person = make_employee("=Ada Okafor", agency=agency, employment={"employee_number": "0042"})
    make_booking(make_event(days=[in_days(12)]), person)
    make_booking(make_event(days=[in_days(12)]), make_employee("Else Where"))

    csv = client.get("/agency/month.csv").content.decode("utf-8-sig").splitlines()

    assert csv[0].startswith("Employee number,Name,")
    assert [line.split(",")[:2] for line in csv[1:]] == [["0042", "'=Ada Okafor"]]
    assert client.get("/agency/month.xlsx").content.startswith(b"PK")
    assert client.get("/agency/month.pdf").status_code == 404


def test_one_of_two_organisations_is_chosen_and_no_third(client: Client, lead: User, agency: Agency) -> None:
    second, third = make_agency("Second"), make_agency("Third")
    grant_directly(lead.person, Role.AGENCY_LEAD, agency=second)  # type: ignore[arg-type]
    rows = {one.pk: make_booking(make_event(days=[in_days(9)]), agency=one) for one in (agency, second, third)}

    def going(query: str) -> set[Booking]:
        return {one.booking for one in client.get(PAGE + query).context["month"].going}

    assert going("") == {rows[agency.pk], rows[second.pk]}
    assert going(f"?organisation={second.reference}") == {rows[second.pk]}
    assert going(f"?organisation={third.reference}") == {rows[agency.pk], rows[second.pk]}


def test_a_deputy_sees_the_same(agency: Agency, lead: User, client_of: ClientOf) -> None:
    booking = make_booking(make_event(days=[in_days(9)]), agency=agency)
    deputy = make_lead(agency)

    months = [client_of(user).get(PAGE).context["month"] for user in (lead, deputy)]

    assert [[one.booking for one in month.going] for month in months] == [[booking], [booking]]


def test_more_rows_take_no_more_queries(client: Client, agency: Agency) -> None:
    counts = []
    for _ in range(2):
        for _ in range(len(counts) + 1):
            make_booking(make_event(days=[in_days(12)]), agency=agency)
            make_booking(full_event(), agency=agency)
            keep_places(
                event=make_event(days=[in_days(50)]), agency=agency, places=2, reason="Asked", release_on=in_days(9),
                by=any_coordinator(), now=timezone.now(),
            )  # fmt: skip
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_write_to_leads_once_a_month_for_each_lead_and_organisation(agency: Agency, lead: User) -> None:
    deputy, second = make_lead(agency), make_agency("Second")
    grant_directly(lead.person, Role.AGENCY_LEAD, agency=second)  # type: ignore[arg-type]
    make_user()
    now = timezone.now().replace(hour=12)
    while now.weekday() > 4:
        now += datetime.timedelta(days=1)

    told = [write_to_leads(now=now), write_to_leads(now=now + datetime.timedelta(hours=1))]

    assert told == [3, 0]
    rows = Message.objects.filter(kind="bookings.lead_month").values_list("to_address", flat=True)
    assert sorted(rows) == sorted([lead.person.email, lead.person.email, deputy.person.email])  # type: ignore[union-attr]


def test_write_to_leads_says_what_the_page_says_and_waits_for_a_working_day(agency: Agency, lead: User) -> None:
    lead.person.role_grants.update(period=(datetime.date(2020, 1, 1), None))  # type: ignore[union-attr]
    person = make_employee("Ada Okafor", agency=agency, employment={"period": (datetime.date(2020, 1, 1), None)})
    event = make_event(days=[datetime.date(2027, 5, 25)])
    make_booking(event, person)

    assert write_to_leads(now=HOLIDAY) == 0
    assert write_to_leads(now=MONDAY) == 1

    (message,) = Message.objects.filter(kind="bookings.lead_month")
    assert message.subject == "Training at St Olave’s School: 1 place in the next 30 days"
    assert f"Ada Okafor: {event.version.title}, Tue 25 May 2027" in message.text
    assert "Cancelling is free until" in message.text
    assert f"/agency/month/?organisation={agency.reference}" in message.text


def test_nobody_booked_is_said(agency: Agency, lead: User, client: Client) -> None:
    text = client.get(PAGE).content.decode()

    assert "Nobody of yours is booked in the next 30 days." in text
    assert "Nobody of yours waits." in text


def test_five_rows_a_section_and_all_on_asking(client: Client, agency: Agency) -> None:
    event = make_event(days=[in_days(12)])
    for name in ("Ada", "Ben", "Cal", "Dee", "Eve", "Fay"):
        make_booking(event, make_employee(f"{name} Okafor", agency=agency))

    first, full = client.get(PAGE).content.decode(), client.get(f"{PAGE}?all=going").content.decode()

    assert "Booked in the next 30 days: 6" in first
    assert ("Eve Okafor" in first, "Fay Okafor" in first, "Show all 6" in first) == (True, False, True)
    assert ("Fay Okafor" in full, "Show all 6" in full) == (True, False)
    assert len(client.get("/agency/month.csv").content.splitlines()) == 7
