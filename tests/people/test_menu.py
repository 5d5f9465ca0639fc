"""What stands in whose menu."""

import pytest
from django.urls import reverse

from tests.conftest import ClientOf
from tests.factories import make_user
from training.people.models import Role

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


def menu(client_of: ClientOf, role: Role, page: str = "people:my") -> list[str]:
    items = client_of(make_user(role=role)).get(reverse(page)).context["nav_items"]
    return [item.label for item in items]


def test_a_coordinator_finds_registers_and_messages_inside_other_places(client_of: ClientOf) -> None:
    shown = menu(client_of, Role.COORDINATOR)

    assert len(shown) <= 9
    assert {"Registers", "Messages"} & set(shown) == set()
    assert {"Bookings", "People"} <= set(shown)


def test_the_places_lead_to_what_is_within(client_of: ClientOf) -> None:
    client = client_of(make_user(role=Role.COORDINATOR))

    people = client.get(reverse("people:persons")).content.decode()
    bookings = client.get(reverse("bookings:bookings")).content.decode()
    current = [item.label for item in client.get(reverse("people:outbox")).context["nav_items"] if item.is_current]

    assert f'href="{reverse("people:outbox")}"' in people
    assert f'href="{reverse("bookings:registers")}"' in bookings
    assert current == ["People"]


def test_a_trainer_keeps_the_registers(client_of: ClientOf) -> None:
    assert "Registers" in menu(client_of, Role.TRAINER)
