"""The day-before checklist says of each line that it is ready, or what to do."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.actions.adjustments import confirm_adjustment
from bookings.checklist import Line, checklist
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_teaching, make_trainer, make_venue
from training.catalogue.actions.orders import OrderPlan, add_order
from training.catalogue.models import Event
from training.people.models import User

pytestmark = pytest.mark.django_db


def lines(event: Event) -> dict[str, Line]:
    return {line.what: line for line in checklist(Event.objects.with_details().get(pk=event.pk))}


def to_do(event: Event) -> dict[str, str]:
    return {what: line.to_do for what, line in lines(event).items() if not line.is_ok}


def test_a_bare_date_has_everything_to_do() -> None:
    event = make_event(days=[in_days(20)])
    make_booking(event, access_need="A BSL interpreter")

    assert to_do(event).keys() == {"Trainers", "Venue", "Numbers", "Adjustments", "Interpreter"}
    assert to_do(event)["Venue"] == "Find out: whom to ring there, the assembly point."


def test_a_ready_date_has_nothing_to_do() -> None:
    venue = make_venue(contact_name="Desk", contact_phone="020 7946 0000", assembly_point="The gate", door_code="C12")
    event = make_event(days=[in_days(20)], venue=venue, minimum=1)
    make_teaching(event, make_trainer("Dana Whitlock"))
    booking = make_booking(event, access_need="A seat near the door")
    confirm_adjustment(booking=booking, by=any_coordinator(), now=timezone.now())

    assert to_do(event) == {}
    assert "door code C12" in lines(event)["Venue"].said
    assert "Dana Whitlock" in lines(event)["Trainer"].said


def test_an_unanswered_trainer_and_a_missing_link_are_to_do() -> None:
    event = make_event(days=[in_days(20)], mode="virtual", minimum=0)
    make_teaching(event, is_confirmed=False)

    assert to_do(event) == {"Trainer": "Ring them, and confirm for them.", "Joining link": "Add it."}


def test_the_checklist_names_nobody_who_needs_something() -> None:
    event = make_event(days=[in_days(20)])
    booking = make_booking(event, access_need="Large print, for her eyes")

    said = " ".join(f"{line.said} {line.to_do}" for line in lines(event).values())

    assert booking.person.name not in said
    assert "eyes" not in said


def test_the_checklist_is_as_many_queries_for_many() -> None:
    event, counts = make_event(days=[in_days(20)]), []
    for _ in range(2):
        make_booking(event, access_need="A seat")
        add_order(event=event, plan=OrderPlan("kit"), by=any_coordinator(), now=timezone.now())
        loaded = Event.objects.with_details().get(pk=event.pk)
        with CaptureQueriesContext(connection) as queries:
            checklist(loaded)
        counts.append(len(queries))

    assert counts[0] == counts[1] == 3


def test_the_page_is_a_coordinators(coordinator: User, client_of: ClientOf) -> None:
    event = make_event(days=[in_days(20)])
    url = f"/desk/dates/{event}/checklist/"

    assert "left to do" in client_of(coordinator).get(url).content.decode()
    assert client_of(make_user(make_employee())).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert client_of(coordinator).get("/desk/dates/NOTHING/checklist/").status_code == 404


def test_a_paper_register_is_a_reminder_and_never_said_to_be_ready(coordinator: User, client_of: ClientOf) -> None:
    event = make_event(days=[in_days(20)], minimum=0)
    make_booking(event)

    page = client_of(coordinator).get(f"/desk/dates/{event.reference}/checklist/").content.decode()

    row = page[page.index("Register on paper") :].partition("</div>")[0]
    assert "Print it" in row
    assert "govuk-tag" not in row
