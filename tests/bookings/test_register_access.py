"""Who may open a register, and what a wrong address or a mere look does: nothing."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.bookings.registering import PAGES, Door, latest, make_door, url
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_catalogue import make_trainer
from training.people.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]


@pytest.fixture
def door() -> Iterator[Door]:
    return make_door()


@pytest.mark.parametrize("who", ["other trainer", "practitioner", "lead", "booked"])
def test_everybody_else_gets_not_found(door: Door, client_of: ClientOf, who: str) -> None:
    users = {
        "other trainer": lambda: make_door(["Else Where"], trainer=make_trainer("Other")).trainer,
        "practitioner": make_user,
        "lead": lambda: make_user(role=Role.AGENCY_LEAD, agency=make_agency()),
        "booked": lambda: make_user(door.bookings[0].person),
    }
    client, row = client_of(users[who]()), door.bookings[0].reference

    statuses = [client.get(url(door, name)).status_code for name in PAGES]
    statuses += [
        client.post(url(door, name)).status_code for name in ("register-everyone", "register-send", "register-add")
    ]
    statuses += [client.post(url(door, name, row)).status_code for name in ("register-mark", "register-instead")]
    statuses.append(client.get(reverse("bookings:register", args=[door.event.reference])).status_code)

    assert set(statuses) == {404}
    assert latest(door.session) == {}


def test_signed_out_goes_to_the_sign_in_page(door: Door, client: Client) -> None:
    for where in [reverse("bookings:registers"), *(url(door, name) for name in PAGES)]:
        response = client.get(where)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_somebody_of_another_date_is_not_found(door: Door, client_of: ClientOf) -> None:
    other = make_door(["Else Where"], trainer=make_trainer())
    data = {"mark": "present", "key": str(uuid.uuid4())}

    response = client_of(door.trainer).post(url(door, "register-mark", other.bookings[0].reference), data)

    assert response.status_code == 404


@pytest.mark.parametrize("reference", ["ZZZ", "9" * 400, "' OR 1=1 --", "\u202egnp.exe"])
def test_references_that_are_none_are_not_found(door: Door, client_of: ClientOf, reference: str) -> None:
    client = client_of(door.trainer)

    assert client.get(reverse("bookings:register", args=[reference])).status_code == 404
    assert client.post(url(door, "register-mark", reference), {"mark": "present"}).status_code == 404


def test_opening_changes_nothing(door: Door, client_of: ClientOf) -> None:
    client = client_of(door.trainer)

    for name in PAGES:
        assert client.get(url(door, name)).status_code == 200
    assert client.get(url(door, "register-everyone")).status_code == 405
    assert client.get(url(door, "register-mark", door.bookings[0].reference)).status_code == 405

    assert latest(door.session) == {}
