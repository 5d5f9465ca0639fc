"""In the room, not booked: on the roll call and nowhere else."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bookings.actions.also import say_who_is_also_there
from bookings.errors import BookingsError
from bookings.models import AlsoThere
from bookings.registers.attendance import results
from tests.bookings.registering import AT_DOOR, Door, at, make_door
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_trainer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]
Role = AlsoThere.Role


@pytest.fixture
def door() -> Door:
    return make_door()


def url(door: Door, name: str = "register-also") -> str:
    return reverse(f"bookings:{name}", args=[door.event.reference, 1])


def numbers() -> dict[str, int]:
    return {row.role: row.number for row in AlsoThere.objects.all()}


def test_they_are_on_the_roll_call_and_in_no_figure(door: Door, client_of: ClientOf) -> None:
    client, before = client_of(door.trainer), results(door.event)

    for _ in range(2):
        assert client.post(url(door), {"interpreter": "2", "observer": "1", "assistant": ""}).status_code == 302

    assert (numbers(), results(door.event)) == ({"interpreter": 2, "observer": 1}, before)
    assert "interpreters 2, observers 1." in client.get(url(door, "register-roll-call")).content.decode()


def test_they_are_said_before_the_day_and_stand_on_the_page_before_the_door(
    client_of: ClientOf, time_machine: Any
) -> None:
    time_machine.move_to(at(15, days=-3), tick=False)
    door = make_door()

    assert client_of(any_coordinator()).post(url(door), {"interpreter": "2"}).status_code == 302

    assert "Interpreters: 2<br>" in client_of(door.trainer).get(url(door, "register-day")).content.decode()


def test_once_closed_a_trainer_says_nothing_more(door: Door, client_of: ClientOf, time_machine: Any) -> None:
    time_machine.move_to(at(9, days=12), tick=False)

    answer = client_of(door.trainer).post(url(door), {"observer": "1"})

    assert ("This register was closed after ten days." in answer.content.decode(), numbers()) == (True, {})


def test_the_last_saying_counts(door: Door) -> None:
    for said in ({Role.INTERPRETER: 2}, {Role.ASSISTANT: 1, Role.INTERPRETER: 0}):
        say_who_is_also_there(session=door.session, numbers=said, by=door.trainer, now=AT_DOOR)

    assert numbers() == {"assistant": 1}


@pytest.mark.parametrize("typed", [{"interpreter": "-1"}, {"observer": "many"}, {"assistant": "51"}])
def test_rubbish_counts_nobody(typed: dict[str, str], door: Door, client_of: ClientOf) -> None:
    answer = client_of(door.trainer).post(url(door), typed)

    assert (answer.status_code, numbers()) == (200, {})


def test_of_somebody_elses_date_nothing_is_said(door: Door, client_of: ClientOf) -> None:
    other = make_user(make_trainer("Otto Other"))

    assert client_of(other).post(url(door), {"observer": "1"}).status_code == 404
    with pytest.raises(BookingsError, match="Only the trainers of this date"):
        say_who_is_also_there(session=door.session, numbers={Role.OBSERVER: 1}, by=other, now=AT_DOOR)


@pytest.mark.parametrize("wrong", [{"number": 0}, {"role": "ghost"}])
def test_the_database_refuses(wrong: dict[str, Any], door: Door) -> None:
    say_who_is_also_there(session=door.session, numbers={Role.OBSERVER: 1}, by=door.trainer, now=AT_DOOR)

    with pytest.raises(IntegrityError), transaction.atomic():
        AlsoThere.objects.update(**wrong)


def test_the_database_refuses_a_role_twice(door: Door) -> None:
    say_who_is_also_there(session=door.session, numbers={Role.OBSERVER: 1}, by=door.trainer, now=AT_DOOR)
    row = AlsoThere.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
