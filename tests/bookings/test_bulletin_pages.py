"""Choosing e-mails on one's own page, stopping them from a mail, and the coordinator's pages of the bulletin."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.actions.filling import send_seat_mail
from bookings.bulletin.choosing import stop_url
from bookings.bulletin.emails import KIND
from bookings.bulletin.releasing import begin_bulletin, write_bulletins
from bookings.errors import BookingsError
from bookings.models import Bulletin, MailChoice, MailKind
from tests.bookings.test_bulletin import reader
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_catalogue import in_days, make_event, make_framework
from training.outbox.models import Message
from training.people.models import Person, Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
NOW = timezone.now()


def own(user: User) -> Person:
    assert user.person
    return user.person


def path_of(person: Person, kind: MailKind = MailKind.BULLETIN) -> str:
    return "/mails/" + stop_url(person, kind).partition("/mails/")[2]


def said(person: Person, kind: MailKind = MailKind.BULLETIN) -> tuple[bool, str]:
    choice = MailChoice.objects.get(person=person, kind=kind)
    return choice.is_wanted, choice.way


def test_choice_on_ones_own_page(client_of: ClientOf) -> None:
    make_framework()
    user = make_user()
    client, given = client_of(user), {"bulletin": "on", "remit": "children", "levels": ["local:2", "local:3"]}

    assert "Write to me about places left" not in client.get("/my/mails/").content.decode()
    for _ in range(2):
        assert client.post("/my/mails/", given)["Location"] == "/my/"

    choice = MailChoice.objects.get()
    assert (choice.person, choice.is_wanted, choice.remit, choice.levels) == (
        user.person, True, "children", ["local:2", "local:3"],
    )  # fmt: skip
    client.post("/my/mails/", {"remit": ""})
    assert said(own(user)) == (False, "own_page")


@pytest.mark.parametrize("given", [{"remit": "cats"}, {"levels": "local:9"}, {"levels": ["' OR 1=1"]}])
def test_choice_refuses_rubbish_and_writes_nothing(client_of: ClientOf, given: dict[str, object]) -> None:
    make_framework()

    answer = client_of(make_user()).post("/my/mails/", {"bulletin": "on", **given})

    assert (answer.status_code, MailChoice.objects.count()) == (200, 0)


def test_choice_needs_a_login(client: Client) -> None:
    assert client.get("/my/mails/")["Location"] == "/accounts/login/?next=/my/mails/"


def test_link_of_a_mail_stops_it_by_its_button_alone(client: Client) -> None:
    person = reader()
    path = path_of(person)

    for _ in range(2):
        assert "Stop the monthly bulletin?" in client.get(path).content.decode()
    assert said(person) == (True, "own_page")

    assert "You don’t get the monthly bulletin" in client.post(path, {"do": "stop"}).content.decode()
    assert said(person) == (False, "link")
    assert "You get it again" in client.post(path, {"do": "start"}).content.decode()
    assert said(person) == (True, "link")


def test_mail_program_stops_it_with_one_click_without_cookies(client: Client) -> None:
    person = reader()
    strict = Client(enforce_csrf_checks=True)

    for _ in range(2):
        answer = strict.post(path_of(person), {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200

    assert said(person) == (False, "mail_program")


def test_link_works_on_for_a_record_that_was_joined(client: Client) -> None:
    old, new = reader(), reader("The other")
    path = path_of(old)
    Person.objects.filter(pk=old.pk).update(standing=Person.Standing.MERGED, merged_into=new)

    client.post(path, {"do": "stop"})

    assert said(new) == (False, "link")


@pytest.mark.parametrize("token", ["x", "bulletin:ABCDEFGH:forged", "gossip:X:y", "x" * 900])
def test_forged_link_is_one_plain_page(client: Client, token: str) -> None:
    for answer in (client.get(f"/mails/{token}/"), client.post(f"/mails/{token}/", {"do": "stop"})):
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()


def test_lead_stops_mails_about_places_left_and_nothing_else(client: Client, coordinator: User) -> None:
    agency, event = make_agency(), make_event(days=[in_days(14)])
    lead = make_user(role=Role.AGENCY_LEAD, agency=agency)
    given: dict[str, Any] = {"events": [event], "agencies": [agency], "words": "", "by": coordinator, "now": NOW}
    send_seat_mail(submission=uuid.uuid4(), **given)
    message = Message.objects.get(kind="bookings.fill_seats")
    assert message.unsubscribe_url.endswith(path_of(own(lead), MailKind.PLACES_LEFT))

    client.post(path_of(own(lead), MailKind.PLACES_LEFT), {"List-Unsubscribe": "One-Click"})

    assert said(own(lead), MailKind.PLACES_LEFT) == (False, "mail_program")
    with pytest.raises(BookingsError, match="None of these organisations"):
        send_seat_mail(submission=uuid.uuid4(), **given)


def test_page_of_filling_names_leads_who_stopped(client_of: ClientOf, coordinator: User) -> None:
    lead = make_user(role=Role.AGENCY_LEAD, agency=make_agency("Police"))
    client = client_of(lead)
    assert "Write to me about places left" in client.get("/my/mails/").content.decode()
    client.post("/my/mails/", {"remit": ""})

    page = client_of(coordinator).get("/bookings/filling/").content.decode()

    assert "These training leads want no such e-mails" in page
    assert "(Police)" in page


def test_coordinator_introduces_looks_at_samples_and_releases(client_of: ClientOf, coordinator: User) -> None:
    client = client_of(coordinator)
    person = reader(remit="children")
    reader("Another", remit="adults")
    path = client.post("/bookings/bulletin/")["Location"]
    client.post(path, {"introduction": "Welcome to the new term.", "revision": "1"})

    page = client.get(path + "?kind=1").content.decode()
    assert "Welcome to the new term." in page
    assert "2 people at this moment" in page
    for _ in range(2):
        assert client.post(path + "release/", {"revision": "2"})["Location"] == path
    write_bulletins(now=NOW)

    assert "2 of 2 written" in client.get(path).content.decode()
    assert Message.objects.filter(kind=KIND, person_reference=person.reference).count() == 1
    assert "Welcome" in client.get("/bookings/bulletin/").content.decode() or Bulletin.objects.count() == 1


def test_coordinator_is_told_of_another_editor_and_keeps_what_they_typed(
    client_of: ClientOf, coordinator: User
) -> None:
    bulletin, client = begin_bulletin(by=coordinator, now=NOW), client_of(coordinator)
    path = f"/bookings/bulletin/{bulletin.reference}/"
    client.post(path, {"introduction": "Theirs", "revision": "1"})

    answer = client.post(path, {"introduction": "Mine", "revision": "1"})
    assert "It says now: Theirs" in answer.content.decode()
    assert ">Mine</textarea>" in answer.content.decode().replace("\r\n", "").replace("\n", "")

    assert client.post(path, {"introduction": "Mine", "revision": answer.context["row"].revision}).status_code == 302


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40, "²"])
def test_release_with_rubbish_releases_nothing(client_of: ClientOf, coordinator: User, revision: str) -> None:
    bulletin, client = begin_bulletin(by=coordinator, now=NOW), client_of(coordinator)
    reader()
    path = f"/bookings/bulletin/{bulletin.reference}/"

    assert client.post(f"{path}release/", {"revision": revision})["Location"] == path
    assert client.get(f"{path}?kind={revision}").status_code == 200

    bulletin.refresh_from_db()
    assert bulletin.released_at is None


def test_pages_are_the_coordinators(client_of: ClientOf, coordinator: User) -> None:
    bulletin = begin_bulletin(by=coordinator, now=NOW)
    for user in (make_user(), make_user(role=Role.AGENCY_LEAD, agency=make_agency())):
        for path in ("/bookings/bulletin/", f"/bookings/bulletin/{bulletin.reference}/"):
            assert client_of(user).get(path).status_code == 403
            assert client_of(user).post(path, {"introduction": "Mine", "revision": "1"}).status_code == 403
        assert client_of(user).post(f"/bookings/bulletin/{bulletin.reference}/release/").status_code == 403


def test_pages_ask_the_same_number_of_queries_for_one_and_three(client_of: ClientOf, coordinator: User) -> None:
    bulletin, client, counts = begin_bulletin(by=coordinator, now=NOW), client_of(coordinator), []
    for number in range(3):
        reader(f"Reader {number}")
        make_event(days=[in_days(14 + number)])
        with CaptureQueriesContext(connection) as captured:
            client.get("/bookings/bulletin/")
            client.get(f"/bookings/bulletin/{bulletin.reference}/")
        counts.append(len(captured))

    assert counts[0] == counts[-1]
