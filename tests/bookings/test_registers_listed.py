"""Which registers wait for whom: the list, and the rows of home pages."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.actions.register import everyone_else_is_here, send_register
from bookings.registers.parts import todos
from tests.bookings.registering import AT_DOOR, Door, at, make_door
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_trainer
from training.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]


@pytest.fixture
def door() -> Iterator[Door]:
    return make_door()


def test_registers_lists_own_dates_by_what_they_need(door: Door, client_of: ClientOf) -> None:
    make_door(["Else Where"], trainer=make_trainer("Other"))

    def lists(moment: object) -> dict[str, int]:
        with time_machine.travel(moment, tick=False):  # type: ignore[arg-type]
            found = client_of(door.trainer).get(reverse("bookings:registers")).context["lists"]
        return {name: len(rows) for name, rows in vars(found).items() if rows}

    assert lists(AT_DOOR) == {"today": 1}
    assert lists(at(9, days=-1)) == {"coming": 1}
    assert lists(at(9, days=1)) == {"unsent": 1}
    send_register(session=door.session, by=door.trainer, now=at(13), missing_did_not_come=True)
    assert lists(at(9, days=1)) == {"sent": 1}


def test_registers_cost_the_same_for_any_number_of_dates(client_of: ClientOf) -> None:
    costs, coordinator = [], any_coordinator()
    for number in (1, 2):
        for _ in range(number):
            make_door(["Anna Bell"], trainer=make_trainer())
        with CaptureQueriesContext(connection) as queries:
            client_of(coordinator).get(reverse("bookings:registers"))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_todos_of_a_trainer(door: Door) -> None:
    title = door.event.version.title

    def said(moment: object) -> list[str]:
        return [todo.sentence for todo in todos(door.trainer, moment)]  # type: ignore[arg-type]

    assert said(at(17, days=-1)) == []
    assert said(AT_DOOR) == [f"Take the register of {title}, today at 9:30."]
    assert said(at(9, days=2)) == [f"Send the register of {title}, Tue 9 Jun."]
    assert said(at(9, days=3)) == [f"Send the register of {title}, Tue 9 Jun. It is overdue."]
    everyone_else_is_here(session=door.session, by=door.trainer, now=AT_DOOR)
    send_register(session=door.session, by=door.trainer, now=at(13))
    assert said(at(9, days=3)) == []


def test_todos_of_a_coordinator_are_the_overdue_ones(door: Door, coordinator: User) -> None:
    assert todos(coordinator, at(23, 59, days=2)) == []
    overdue = [todo.sentence for todo in todos(coordinator, at(0, days=3))]

    assert overdue == [f"The register of {door.event.version.title} ({door.event}), Tue 9 Jun, is overdue."]
    assert todos(make_user(), at(9, days=3)) == []
