"""At the door without a booking, and instead of a colleague."""

import uuid

import pytest
from django.core import mail

from bookings.actions.door import Arrival, came_instead, came_without_booking
from bookings.actions.register import mark
from bookings.errors import BookingsError
from bookings.models import Booking, BookingStep, Mark
from bookings.registers.roster import roster
from tests.bookings.registering import AT_DOOR, at, latest, make_door
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import make_trainer
from training.outbox.models import Message
from training.people.models import IdentityClaim, Person, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door")]


def test_walk_in_unknown_becomes_a_person_to_settle() -> None:
    door = make_door()
    arrival = Arrival("  Nell  Newcomer ", "nell@nowhere.example", "St Jude’s Nursery")

    booking = came_without_booking(session=door.session, arrival=arrival, by=door.trainer, now=AT_DOOR)

    person = booking.person
    assert (person.name, person.email, person.standing) == ("Nell Newcomer", "nell@nowhere.example", "provisional")
    assert (booking.origin, booking.status, booking.event) == ("walk_in", "booked", door.event)
    assert (booking.employment.agency.name, booking.employment.standing) == ("St Jude’s Nursery", "claimed")  # type: ignore[union-attr]
    assert latest(door.session) == {"Nell Newcomer": "present"}
    door.event.refresh_from_db()
    assert door.event.places_held == 4


def test_walk_in_known_by_exact_name_and_address_is_that_person() -> None:
    door, agency = make_door(), make_agency("Bankside Hospital")
    known = make_employee("Kay Known", agency=agency, email="kay@hospital.example")

    booking = came_without_booking(
        session=door.session, arrival=Arrival("kay known", "KAY@hospital.example"), by=door.trainer, now=AT_DOOR
    )

    assert booking.person == known
    assert booking.employment.agency == agency  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "arrival",
    [Arrival("Kay Know", "kay@hospital.example"), Arrival("Kay Known", "kay@hospital.exampl"), Arrival("Kay Known")],
)
def test_walk_in_nearly_known_is_somebody_new(arrival: Arrival) -> None:
    door = make_door()
    known = make_employee("Kay Known", email="kay@hospital.example")

    booking = came_without_booking(session=door.session, arrival=arrival, by=door.trainer, now=AT_DOOR)

    assert booking.person != known
    same_address = arrival.email == known.email
    assert IdentityClaim.objects.filter(newcomer=booking.person, known=known).exists() is same_address


def test_walk_in_shows_nothing_of_what_is_known() -> None:
    """The row of somebody known reads like that of a stranger: what was typed, not where they really work."""
    door = make_door([])
    make_employee("Kay Known", agency=make_agency("Refuge of the North"), email="kay@refuge.example")
    typed = [
        Arrival("Kay Known", "kay@refuge.example", "Somewhere"),
        Arrival("Una Known", "una@x.example", "Somewhere"),
    ]

    for arrival in typed:
        came_without_booking(session=door.session, arrival=arrival, by=door.trainer, now=AT_DOOR)

    shown = roster(door.session, door.trainer).rows
    assert [(row.booking.person.name, row.agency, row.origin) for row in shown] == [
        ("Kay Known", "Somewhere", "Came without booking"),
        ("Una Known", "Somewhere", "Came without booking"),
    ]


def test_walk_in_who_waits_gets_the_place() -> None:
    door = make_door(places_offered=3, room_limit=4, minimum=1)
    waiting = make_booking(door.event, make_employee("Will Waiting", email="will@x.example"))
    assert waiting.status == "waitlisted"

    booking = came_without_booking(
        session=door.session, arrival=Arrival("Will Waiting", "will@x.example"), by=door.trainer, now=AT_DOOR
    )

    assert (booking.pk, booking.status, booking.origin) == (waiting.pk, "booked", "walk_in")


def test_walk_in_who_is_on_the_register_is_only_marked() -> None:
    door = make_door()
    anna = door.bookings[0].person

    booking = came_without_booking(
        session=door.session, arrival=Arrival(anna.name, anna.email), by=door.trainer, now=AT_DOOR
    )

    assert (booking.pk, booking.origin) == (door.bookings[0].pk, "booked")
    assert latest(door.session) == {"Anna Bell": "present"}


def test_walk_in_to_a_full_room_is_refused() -> None:
    door = make_door(places_offered=3, room_limit=3, minimum=1)

    with pytest.raises(BookingsError, match=r"^The room is full: it holds 3, and all of these have a place\."):
        came_without_booking(session=door.session, arrival=Arrival("Nell New"), by=door.trainer, now=AT_DOOR)
    assert not Person.objects.filter(name="Nell New").exists()


def test_walk_in_by_the_same_form_twice_is_one() -> None:
    door = make_door()
    arrival = Arrival("Nell New", "", "", uuid.uuid4())

    first, second = (
        came_without_booking(session=door.session, arrival=arrival, by=door.trainer, now=AT_DOOR) for _ in range(2)
    )

    assert first.pk == second.pk
    assert Person.objects.filter(name="Nell New").count() == 1


def test_walk_in_by_another_trainer_is_refused_before_anybody_is_looked_up() -> None:
    door = make_door()

    with pytest.raises(BookingsError, match=r"^Only the trainers of this date"):
        came_without_booking(
            session=door.session, arrival=Arrival("Nell New"), by=make_user(make_trainer("Other")), now=AT_DOOR
        )
    assert not Person.objects.filter(name="Nell New").exists()


def test_came_instead_takes_the_place_over() -> None:
    door = make_door(places_offered=3, room_limit=3, minimum=1)
    anna = door.bookings[0]

    new = came_instead(
        session=door.session,
        booking=anna,
        arrival=Arrival("Cole League", "cole@x.example"),
        by=door.trainer,
        now=AT_DOOR,
    )

    anna.refresh_from_db()
    assert (anna.status, new.status, new.origin, new.follows) == ("substituted", "booked", "came_instead", anna)
    assert new.episode != anna.episode
    assert new.employment.agency == anna.employment.agency  # type: ignore[union-attr]
    assert latest(door.session) == {"Cole League": "present"}
    assert list(BookingStep.objects.filter(booking=anna).values_list("became", flat=True)) == ["booked", "substituted"]
    assert Message.objects.filter(kind="bookings.colleague_goes").count() == 1
    assert mail.outbox == []


def test_came_instead_of_somebody_marked_as_here_is_refused() -> None:
    door = make_door(days=2)
    mark(session=door.sessions[0], booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)

    with pytest.raises(BookingsError, match=r"^Anna Bell is marked as here\."):
        came_instead(
            session=door.sessions[1],
            booking=door.bookings[0],
            arrival=Arrival("Cole"),
            by=door.trainer,
            now=at(9, days=1),
        )


def test_came_instead_by_somebody_on_the_register_is_refused() -> None:
    door = make_door()
    ben = door.bookings[1].person

    with pytest.raises(BookingsError, match=r"^Ben Cole is on this register already\."):
        came_instead(
            session=door.session,
            booking=door.bookings[0],
            arrival=Arrival(ben.name, ben.email),
            by=door.trainer,
            now=AT_DOOR,
        )
    assert Booking.objects.get(pk=door.bookings[0].pk).status == "booked"


def test_came_instead_twice_is_answered_in_words() -> None:
    door = make_door()
    arrival = Arrival("Cole League", "", "", uuid.uuid4())
    first = came_instead(session=door.session, booking=door.bookings[0], arrival=arrival, by=door.trainer, now=AT_DOOR)

    again = came_instead(session=door.session, booking=door.bookings[0], arrival=arrival, by=door.trainer, now=AT_DOOR)
    with pytest.raises(BookingsError, match=r"^This person is not on this register any more\.$"):
        came_instead(
            session=door.session, booking=door.bookings[0], arrival=Arrival("Zed"), by=door.trainer, now=AT_DOOR
        )

    assert again.pk == first.pk


def test_coordinator_may_add_after_ten_days(coordinator: User) -> None:
    door = make_door()

    came_without_booking(session=door.session, arrival=Arrival("Nell New"), by=coordinator, now=at(9, days=30))

    assert latest(door.session) == {"Nell New": "present"}
