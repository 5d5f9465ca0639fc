"""What the office enters on a register: apologies by telephone, and a register kept on paper."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from bookings.actions.paper import Line, key_paper_register, rang_in
from bookings.errors import BookingsError
from bookings.models import Booking, Mark, Register, RegisterMark
from tests.bookings.registering import Door, at, latest, make_door
from tests.conftest import ClientOf
from tests.factories_catalogue import any_coordinator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]


@pytest.fixture
def door() -> Door:
    return make_door()


def url(door: Door, name: str) -> str:
    return reverse(f"bookings:{name}", args=[door.event.reference, 1])


def paper(door: Door, *marks: str, **typed: str) -> dict[str, str]:
    given = {f"mark-{booking.reference}": mark for booking, mark in zip(door.bookings, marks, strict=True)}
    return {"submission": str(uuid.uuid4()), **given, **typed}


def test_apologies_by_telephone_stand_on_the_register_at_once(door: Door, client_of: ClientOf) -> None:
    typed = {"submission": str(uuid.uuid4()), "booking": door.bookings[0].reference, "note": "rang 8:40, sick"}
    client = client_of(any_coordinator())

    first, again = (client.post(url(door, "register-rang"), typed) for _ in range(2))

    assert (first.status_code, RegisterMark.objects.count()) == (302, 1)
    assert "Choose somebody who is expected." in again.content.decode()
    assert latest(door.session) == {"Anna Bell": "apologies"}
    rows = client_of(door.trainer).get(url(door, "register-taps")).json()["rows"]
    assert [row["note"] for row in rows if row["name"] == "Anna Bell"] == ["rang 8:40, sick"]


def test_the_date_has_the_way_there_on_its_day(door: Door, client_of: ClientOf) -> None:
    page = client_of(any_coordinator()).get(reverse("bookings:event-people", args=[door.event.reference]))

    assert url(door, "register-rang") in page.content.decode()


@pytest.mark.parametrize("name", ["register-rang", "register-key-in"])
def test_a_trainer_does_neither(name: str, door: Door, client_of: ClientOf) -> None:
    assert client_of(door.trainer).get(url(door, name)).status_code == 403
    with pytest.raises(BookingsError, match="Only coordinators"):
        rang_in(session=door.session, booking=door.bookings[0], note="", by=door.trainer, now=at(9), key=uuid.uuid4())


@pytest.mark.parametrize("typed", [{}, {"booking": "NOBODY"}, {"booking": "x", "note": "y" * 201}])
def test_rubbish_from_the_telephone_marks_nothing(typed: dict[str, str], door: Door, client_of: ClientOf) -> None:
    answer = client_of(any_coordinator()).post(url(door, "register-rang"), {"submission": str(uuid.uuid4()), **typed})

    assert (answer.status_code, RegisterMark.objects.count()) == (200, 0)


def test_paper_is_keyed_in_and_sent_at_once(door: Door, client_of: ClientOf, time_machine: Any) -> None:
    time_machine.move_to(at(14), tick=False)
    late = {f"time-{door.bookings[1].reference}": "9:50"}
    typed, client = paper(door, "present", "late", "did_not_attend", **late), client_of(any_coordinator())
    shown = client.get(url(door, "register-key-in")).content.decode()

    for _ in range(2):
        assert client.post(url(door, "register-key-in"), typed).status_code == 302

    assert shown.count('<option value="present" selected') == 3
    assert latest(door.session) == {"Anna Bell": "present", "Ben Cole": "late", "Cara Dunn": "did_not_attend"}
    assert (RegisterMark.objects.count(), Register.objects.get().sent_at) == (3, at(14))


def test_paper_with_a_line_that_cannot_be_lands_nothing(door: Door, client_of: ClientOf, time_machine: Any) -> None:
    time_machine.move_to(at(14), tick=False)

    answer = client_of(any_coordinator()).post(url(door, "register-key-in"), paper(door, "present", "late", "present"))

    assert "Ben Cole: Enter the time at which they came or left." in answer.content.decode()
    assert (RegisterMark.objects.count(), Register.objects.filter(sent_at__isnull=False).exists()) == (0, False)


@pytest.mark.parametrize("marks", [("asleep",) * 3, ("expected",) * 3, ("",) * 3])
def test_paper_of_rubbish_lands_nothing(marks: tuple[str, ...], door: Door, client_of: ClientOf) -> None:
    answer = client_of(any_coordinator()).post(url(door, "register-key-in"), paper(door, *marks))

    assert (answer.status_code, RegisterMark.objects.count()) == (200, 0)


def test_only_the_office_keys_in_paper(door: Door) -> None:
    lines = [Line(Booking.objects.get(pk=one.pk), Mark.PRESENT) for one in door.bookings]

    with pytest.raises(BookingsError, match="Only coordinators"):
        key_paper_register(session=door.session, lines=lines, by=door.trainer, now=at(14), key=uuid.uuid4())
