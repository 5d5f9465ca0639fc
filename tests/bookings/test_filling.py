"""Filling seats: dates at risk, organisations by their share, and a mail to their leads that goes once."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.actions.filling import send_seat_mail
from bookings.errors import BookingsError
from bookings.filling import dates_at_risk, proposed, shares
from bookings.models import SeatMail, SeatMailReader
from bookings.person_records import move_person
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import in_days, make_course, make_event
from training.catalogue.models import DeliveryMode, Event
from training.outbox.models import Message
from training.people.models import Agency, Role, RoleGrant, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
NOW = timezone.now()
KIND = "bookings.fill_seats"


@pytest.fixture
def event() -> Event:
    return make_event(make_course("Neglect"), days=[in_days(14)], minimum=6)


def lead_of(agency: Agency) -> User:
    return make_user(role=Role.AGENCY_LEAD, agency=agency)


def send(event: Event, agencies: list[Agency], by: User, **given: Any) -> SeatMail:
    given = {"words": "", "submission": uuid.uuid4(), "events": [event], **given}
    return send_seat_mail(agencies=agencies, by=by, now=NOW, **given)


def sent() -> list[str]:
    return sorted(Message.objects.filter(kind=KIND).values_list("to_address", flat=True))


def fields(answer: Any, **given: object) -> dict[str, object]:
    return {"submission": answer.context["form"]["submission"].value(), **given}


def test_date_is_at_risk_below_its_minimum_or_half(event: Event) -> None:
    half = make_event(days=[in_days(15)], minimum=1, places_offered=18)
    Event.objects.filter(pk=half.pk).update(places_held=9)
    few = make_event(days=[in_days(16)], minimum=1, places_offered=18)
    Event.objects.filter(pk=few.pk).update(places_held=8)

    rows = dates_at_risk(NOW)

    assert [row.event for row in rows] == [event, few]
    assert [row.sentence for row in rows] == [
        "0 of 18 places taken, 6 fewer than the minimum of 6.",
        "8 of 18 places taken, less than half; the minimum of 1 is reached.",
    ]


def test_date_is_not_at_risk_when_far_off_or_not_to_be_booked() -> None:
    make_event(days=[in_days(90)])
    make_event(days=[in_days(10)], is_published=False)
    make_event(mode=DeliveryMode.E_LEARNING, days=[])
    make_event(days=[in_days(10)], booking_opens_at=NOW + datetime.timedelta(days=5))

    assert dates_at_risk(NOW) == []


def test_share_says_its_sum_and_proposes_who_is_furthest_below(event: Event) -> None:
    police, school = make_agency("Police", headcount=300), make_agency("School", headcount=100)
    nobody = make_agency("No lead", headcount=900)
    for agency in (police, school):
        lead_of(agency)
    for agency in (school, school, school, nobody):
        make_booking(event, agency=agency)

    found = shares(NOW)

    assert [(share.agency, share.booked, share.expected) for share in found] == [(police, 0, 2), (school, 3, 1)]
    assert proposed(found) == found[:1]
    assert found[0].sentence == "0 of 3 places since a year ago. 300 people work there, of 400: by that it would be 2."


def test_share_of_unknown_workforce_says_so(event: Event) -> None:
    lead_of(make_agency("Charity"))

    (share,) = shares(NOW)

    assert share.sentence.endswith("how many work there is not known.")
    assert proposed([share]) == []


def test_send_seat_mail_writes_once_to_each_lead_of_those_chosen(event: Event, coordinator: User) -> None:
    one, two, other = make_agency("One"), make_agency("Two"), make_agency("Other")
    both = lead_of(one)
    grant = RoleGrant.objects.get(person=both.person)
    grant.pk, grant.agency = None, two
    grant.save()
    second = lead_of(two)
    lead_of(other)

    mail = send(event, [one, two], coordinator, words="Do come.")

    assert sent() == sorted([both.person.email, second.person.email])
    assert SeatMailReader.objects.filter(mail=mail).count() == 3
    message = Message.objects.get(kind=KIND, to_address=both.person.email)
    assert message.subject.startswith("Places left: Neglect,")
    assert "Do come." in message.text
    assert "few people from One, Two are booked" in message.text


def test_send_seat_mail_twice_is_one_mail(event: Event, coordinator: User) -> None:
    agency, key = make_agency(), uuid.uuid4()
    lead_of(agency)

    first = send(event, [agency], coordinator, submission=key)
    again = send(event, [agency], coordinator, submission=key)

    assert first == again
    assert (len(sent()), SeatMail.objects.count()) == (1, 1)


def test_send_seat_mail_leaves_out_who_no_longer_leads_or_cannot_sign_in(event: Event, coordinator: User) -> None:
    agency = make_agency()
    gone, closed = lead_of(agency), lead_of(agency)
    RoleGrant.objects.filter(person=gone.person).update(period=(in_days(-30), in_days(-1)))
    User.objects.filter(pk=closed.pk).update(is_active=False)

    with pytest.raises(BookingsError, match="None of these organisations has a training lead"):
        send(event, [agency], coordinator)

    assert (sent(), SeatMail.objects.count()) == ([], 0)


def test_send_seat_mail_is_the_coordinators(event: Event) -> None:
    agency = make_agency()

    with pytest.raises(BookingsError, match="Only a coordinator"):
        send(event, [agency], lead_of(agency))
    assert sent() == []


def test_send_seat_mail_refuses_without_dates(event: Event, coordinator: User) -> None:
    agency = make_agency()
    lead_of(agency)

    with pytest.raises(BookingsError, match="None of these dates"):
        send(event, [agency], coordinator, events=[])


def test_reader_stands_once_in_a_mail(event: Event, coordinator: User) -> None:
    agency = make_agency()
    lead = lead_of(agency)
    mail = send(event, [agency], coordinator)

    with pytest.raises(IntegrityError, match="seat_mail_once_a_reader"), transaction.atomic():
        SeatMailReader.objects.create(mail=mail, person=lead.person, agency=agency)


def test_two_records_that_become_one_stand_once_in_a_mail(event: Event, coordinator: User) -> None:
    agency = make_agency()
    first, second = lead_of(agency), lead_of(agency)
    send(event, [agency], coordinator)

    assert first.person
    assert second.person
    move_person(first.person, second.person, by=coordinator, now=NOW)

    assert [row.person for row in SeatMailReader.objects.all()] == [second.person]


def test_page_looks_first_then_sends_and_the_date_says_who_got_it(
    client_of: ClientOf, event: Event, coordinator: User
) -> None:
    agency, client = make_agency("Police", headcount=300), client_of(coordinator)
    lead = lead_of(agency)
    path = f"/bookings/filling/mail/?date={event.reference}"
    given = fields(client.get(path), agencies=[agency.reference], words="Do come.")

    looked = client.post(path, {**given, "do": "look"})
    assert "This is what 1 training lead will read" in looked.content.decode()
    assert sent() == []
    for _ in range(2):
        assert client.post(path, {**given, "do": "send"})["Location"] == "/bookings/filling/"

    assert sent() == [lead.email]
    page = client.get(f"/desk/dates/{event.reference}/people/").content.decode()
    assert "Who was written to about places left" in page
    assert "(Police)" in page


def test_page_shows_errors_and_keeps_what_was_typed(client_of: ClientOf, event: Event, coordinator: User) -> None:
    lead_of(make_agency())
    client, path = client_of(coordinator), f"/bookings/filling/mail/?date={event.reference}"
    given = fields(client.get(path), words="Do come.", do="send")

    for agencies in ([], ["NONE"], ["' OR 1=1"]):
        answer = client.post(path, {**given, "agencies": agencies})
        assert answer.status_code == 200
        assert "Do come." in answer.content.decode()
    assert sent() == []


@pytest.mark.parametrize("query", ["", "?date=", "?date=NONE", "?date=" + "x" * 500, "?date=%ff&date=%ff"])
def test_page_without_dates_that_can_be_booked_says_so(client_of: ClientOf, coordinator: User, query: str) -> None:
    assert (
        "Choose dates that can still be booked"
        in client_of(coordinator).get(f"/bookings/filling/mail/{query}").content.decode()
    )


def test_pages_are_the_coordinators(client: Client, client_of: ClientOf) -> None:
    for path in ("/bookings/filling/", "/bookings/filling/mail/"):
        for user in (make_user(), make_user(role=Role.TRAINER), lead_of(make_agency())):
            assert client_of(user).get(path).status_code == 403
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
    assert client_of(make_user()).post("/bookings/filling/mail/", {"do": "send"}).status_code == 403


def test_pages_ask_the_same_number_of_queries_for_one_and_three(client_of: ClientOf, coordinator: User) -> None:
    counts, client = [], client_of(coordinator)
    for number in range(3):
        agency = make_agency(headcount=10)
        lead_of(agency)
        event = make_event(make_course(f"Course {number}"), days=[in_days(14 + number)])
        send(event, [agency], coordinator)
        with CaptureQueriesContext(connection) as captured:
            client.get("/bookings/filling/")
            client.get(f"/bookings/filling/mail/?date={event.reference}")
        counts.append(len(captured))

    assert counts[0] == counts[-1]
