"""/bookings/: who sees what there, what it is narrowed to, and moving somebody up."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.moving_up import move_up
from bookings.errors import BookingsError
from bookings.models import Booking, Status, WaitingDecision
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import ensure_policy, fill, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event
from tests.people.making import make_lead
from training.catalogue.models import Event
from training.people.models import Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    ensure_policy()
    return client_of(coordinator)


@pytest.fixture
def full(partnership: object) -> Event:
    event = make_event(room_limit=2, places_offered=1, minimum=0)
    fill(event)
    return event


def found(client: Client, query: str = "") -> list[str]:
    return [str(row.person) for row in client.get(f"/bookings/{query}").context["page"]]


def test_everybody_comes_to_what_is_theirs(partnership: object, client: Client, client_of: ClientOf) -> None:
    agency = make_agency()
    own, other = make_employee("Ada Own", agency=agency), make_employee("Else Where")
    for person in (own, other):
        make_booking(make_event(), person)

    assert client.get("/bookings/")["Location"].startswith(reverse("account_login"))
    assert client_of(make_user(own)).get("/bookings/")["Location"] == reverse("bookings:my-bookings")
    assert client_of(make_user(role=Role.TRAINER)).get("/bookings/")["Location"] == reverse("bookings:my-bookings")
    assert found(client_of(make_lead(agency))) == ["Ada Own"]
    assert found(client_of(any_coordinator())) == ["Ada Own", "Else Where"]


def test_files_have_what_the_list_has(desk: Client, client_of: ClientOf) -> None:
    agency = make_agency()
    make_booking(make_event(), make_employee("Ada Own", agency=agency, employment={"employee_number": "7"}))
    make_booking(make_event(), make_employee("Else Where"))

    def names(client: Client, query: str = "") -> list[str]:
        lines = client.get(f"/bookings/list.csv{query}").content.decode("utf-8-sig").splitlines()
        assert lines[0].startswith("Employee number,Name")
        return [line.split(",")[1] for line in lines[1:]]

    assert names(desk) == ["Ada Own", "Else Where"]
    assert names(desk, "?q=else") == ["Else Where"]
    assert names(client_of(make_lead(agency))) == ["Ada Own"]
    assert desk.get("/bookings/list.xlsx").content.startswith(b"PK")
    assert desk.get("/bookings/list.pdf").status_code == 404
    assert client_of(make_user(make_employee())).get("/bookings/list.csv").status_code == 404


def test_it_is_narrowed(desk: Client, full: Event) -> None:
    school = make_agency("St Olave’s School", short_name="SOS")
    course = make_course("Neglect", code="NEG1")
    event = make_event(course, days=[in_days(60)])
    ada = make_booking(event, make_employee("Siân Okafor", agency=school))
    late = make_booking(make_event(days=[in_days(1)]), make_employee("Lou Late"))
    leave(booking=late, by=any_coordinator(), now=timezone.now())
    make_booking(make_event(days=[in_days(-5)]), make_employee("Past Person"))
    make_booking(full, make_employee("Wendy Waits"))

    assert set(found(desk)) >= {"Siân Okafor", "Wendy Waits"}
    assert "Past Person" not in found(desk)
    assert "Past Person" in found(desk, "?from=")
    for query in ("q=sian", f"q={ada.reference.lower()}", "course=neglect", "course=neg1", f"course={event}",
                  "organisation=olave", "organisation=sos", f"from={in_days(55)}&to={in_days(60)}"):  # fmt: skip
        assert found(desk, f"?{query}") == ["Siân Okafor"], query
    assert found(desk, "?state=waiting") == ["Wendy Waits"]
    assert found(desk, "?state=late") == ["Lou Late"]
    make_booking(make_event(mode="e_learning"), make_employee("Own Time"))
    assert "Own Time" not in found(desk)
    assert found(desk, "?state=own_time") == ["Own Time"]
    assert found(desk, f"?to={in_days(-1)}&from=") == ["Past Person"]
    assert "1 person waits for 1 full date." in [todo.sentence for todo in desk.get("/bookings/").context["to_decide"]]


@pytest.mark.parametrize(
    "query",
    ["?from=31-02-2027", "?from=0000-00-00&to=9999-99-99", "?state=gone", "?page=-1", "?page=9999999999999999999",
     "?q=%E2%80%AE%27%22%3B--", "?q=%00", "?course=" + "x" * 5000, "?from=2027-W01", "?to=1900-01-01"],
)  # fmt: skip
def test_any_question_is_borne(desk: Client, query: str) -> None:
    make_booking()

    assert desk.get(f"/bookings/{query}").status_code in (200, 400)


def test_more_rows_take_no_more_queries(desk: Client) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make_booking(make_event(days=[in_days(9)]), access_need="A hearing loop")
            event = make_event(room_limit=1, places_offered=1, minimum=0)
            fill(event)
            make_booking(event)
        desk.get("/bookings/")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/bookings/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_move_up_puts_somebody_first_and_says_why(full: Event) -> None:
    first, second, third = (make_booking(full, now=timezone.now()) for _ in range(3))

    for _ in range(2):
        move_up(booking=third, reason=" New  in post ", by=any_coordinator(), now=timezone.now())

    assert list(Booking.objects.filter(event=full).waiting()) == [third, first, second]
    step = third.steps.get(code="moved_up")
    assert (step.was, step.became, step.reason) == ("waitlisted", "waitlisted", "New in post")
    assert WaitingDecision.objects.get().sentence == "3rd on the list, moved to the top: New in post"


def test_move_up_gives_a_free_place_at_once(full: Event) -> None:
    booked = Booking.objects.get(event=full)
    first, second = make_booking(full), make_booking(full)
    move_up(booking=second, reason="New in post", by=any_coordinator(), now=timezone.now())

    leave(booking=booked, by=any_coordinator(), now=timezone.now())

    statuses = {row.pk: row.status for row in Booking.objects.filter(event=full)}
    assert (statuses[first.pk], statuses[second.pk]) == (Status.WAITLISTED, Status.BOOKED)
    assert move_up(booking=second, reason="Again", by=any_coordinator(), now=timezone.now()).status == Status.BOOKED


def test_move_up_refuses_without_a_reason_by_others_and_once_they_have_left(full: Event) -> None:
    make_booking(full)
    agency = make_agency()
    waiting = make_booking(full, agency=agency)

    for by, reason in ((any_coordinator(), "  "), (make_lead(agency), "Ours"), (make_user(waiting.person), "Me")):
        with pytest.raises(BookingsError):
            move_up(booking=waiting, reason=reason, by=by, now=timezone.now())
    leave(booking=waiting, by=waiting.person, now=timezone.now())
    with pytest.raises(BookingsError):
        move_up(booking=waiting, reason="New in post", by=any_coordinator(), now=timezone.now())


def test_move_up_by_page(desk: Client, full: Event, client_of: ClientOf) -> None:
    make_booking(full)
    agency = make_agency()
    waiting = make_booking(full, make_employee("Wendy Waits", agency=agency))
    url = reverse("bookings:booking-move-up", args=[waiting.reference])

    assert url in desk.get("/bookings/?state=waiting").content.decode()
    assert url in desk.get(reverse("bookings:event-people", args=[full.reference])).content.decode()
    assert "2nd on the list" in desk.get(url).content.decode()
    assert "Enter why they are moved up" in desk.post(url, {"reason": " "}).content.decode()
    done = desk.post(url, {"reason": "New in post"}, follow=True)
    assert [str(one) for one in done.context["messages"]] == ["Wendy Waits is first on the waiting list now."]
    assert client_of(make_lead(agency)).post(url, {"reason": "Ours"}).status_code == 403
    assert desk.get(reverse("bookings:booking-move-up", args=["NOTHING"])).status_code == 404
