"""A colleague goes, or another date: the place is never free between."""

import pytest
from django.utils import timezone

from bookings.actions.replacing import move_to_date, send_colleague
from bookings.errors import BookingsError
from bookings.models import AccessNeed, Booking, Status
from tests.factories import make_agency, make_user
from tests.factories_bookings import employment_of, fill, make_booking, make_employee
from tests.factories_catalogue import in_days, make_event, make_version
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import Employment, Person

pytestmark = pytest.mark.django_db


def swap(booking: Booking, person: Person | None = None, **fields: str) -> Booking:
    name, email = (person.name, person.email) if person else ("Nia Newcomer", "nia@bankside.example")
    given = {"name": name, "email": email, **fields}
    return send_colleague(booking=booking, by=booking.person, now=timezone.now(), **given)


def held(event: Event) -> int:
    event.refresh_from_db()
    return event.places_held


def test_colleague_of_the_organisation_takes_the_place() -> None:
    agency = make_agency()
    booking, colleague = make_booking(agency=agency), make_employee("Nia Newcomer", agency=agency)
    people = Person.objects.count()

    new = swap(booking, colleague, name=" nia  newcomer ", email=colleague.email.upper())

    booking.refresh_from_db()
    assert Person.objects.count() == people
    assert (booking.status, new.status, new.person, new.follows) == ("substituted", "booked", colleague, booking)
    assert new.episode != booking.episode
    assert held(booking.event) == 1
    assert (
        Message.objects.filter(kind="bookings.colleague_goes", person_reference=booking.person.reference).count() == 1
    )
    assert Message.objects.filter(kind="bookings.booked", person_reference=colleague.reference).count() == 1


def test_new_colleague_is_recorded_as_said_by_the_person() -> None:
    booking = make_booking()

    new = swap(booking)

    assert new.employment is not None
    assert (new.employment.agency, new.employment.standing) == (booking.employment.agency, Employment.Standing.CLAIMED)


def test_a_namesake_elsewhere_is_not_taken_for_the_colleague() -> None:
    booking, stranger = make_booking(), make_employee("Nia Newcomer")

    new = swap(booking, stranger)

    assert new.person != stranger
    assert new.person.standing == Person.Standing.PROVISIONAL


def test_sending_the_same_colleague_twice_is_once() -> None:
    booking = make_booking()

    assert swap(booking) == swap(booking)
    assert held(booking.event) == 1


def test_colleague_on_the_waiting_list_moves_up_into_the_place() -> None:
    agency = make_agency()
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    booking = make_booking(event, agency=agency)
    other, colleague = make_booking(event), make_booking(event, agency=agency)

    new = swap(booking, colleague.person)

    other.refresh_from_db()
    assert (new.pk, new.status, other.status) == (colleague.pk, Status.BOOKED, Status.WAITLISTED)
    assert held(event) == 1


def test_colleague_already_booked_is_refused() -> None:
    agency = make_agency()
    event = make_event()
    booking, colleague = make_booking(event, agency=agency), make_booking(event, agency=agency)

    with pytest.raises(BookingsError, match="has a place on this date already"):
        swap(booking, colleague.person)
    with pytest.raises(BookingsError, match="Enter a colleague"):
        swap(booking, booking.person)

    assert held(event) == 2


def test_colleague_for_a_waiting_or_cancelled_or_begun_place_is_refused() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    fill(event)
    begun = make_booking(make_event(days=[in_days(-1)]))

    with pytest.raises(BookingsError, match="Only a booked place"):
        swap(make_booking(event))
    with pytest.raises(BookingsError, match="has begun"):
        swap(begun)


def test_colleague_by_a_stranger_is_refused() -> None:
    booking = make_booking()

    with pytest.raises(BookingsError, match="Only the person booked"):
        send_colleague(
            booking=booking, name="A", email="a@b.example", by=make_user(make_employee()), now=timezone.now()
        )


def move(booking: Booking, event: Event) -> Booking:
    return move_to_date(booking=booking, event=event, by=booking.person, now=timezone.now())


def test_another_date_keeps_the_episode_and_gives_the_place_on() -> None:
    version = make_version()
    old = make_event(version, room_limit=1, places_offered=1, minimum=0)
    booking = make_booking(old, access_need="A hearing loop")
    waiting = make_booking(old)

    new = move(booking, make_event(version, days=[in_days(60)]))

    booking.refresh_from_db()
    waiting.refresh_from_db()
    assert (booking.status, new.status, waiting.status) == ("transferred", "booked", "booked")
    assert (new.episode, new.follows) == (booking.episode, booking)
    assert AccessNeed.objects.get(booking=new).what_to_do == "A hearing loop"
    assert move(booking, new.event) == new


def test_moving_to_a_full_date_is_refused_and_nothing_is_lost() -> None:
    version = make_version()
    booking = make_booking(make_event(version))
    full = make_event(version, days=[in_days(60)], room_limit=1, places_offered=1, minimum=0)
    fill(full)

    with pytest.raises(BookingsError, match="You keep what you have"):
        move(booking, full)

    booking.refresh_from_db()
    assert booking.status == Status.BOOKED


def test_moving_late_is_kept_in_the_step() -> None:
    version = make_version()
    booking = make_booking(make_event(version, days=[in_days(2)]))

    move(booking, make_event(version, days=[in_days(60)]))

    step = booking.steps.get(code="moved_away")
    assert step.data["is_late"] is True


def test_moving_to_another_course_the_same_date_or_a_past_one_is_refused() -> None:
    version = make_version()
    booking = make_booking(make_event(version))

    for event, why in (
        (make_event(), "of another course"),
        (booking.event, "the date you have"),
        (make_event(version, days=[in_days(-1)]), "has begun"),
    ):
        with pytest.raises(BookingsError, match=why):
            move(booking, event)


def test_from_the_waiting_list_to_a_date_with_a_place() -> None:
    version = make_version()
    full = make_event(version, room_limit=1, places_offered=1, minimum=0)
    fill(full)
    waiting = make_booking(full)

    assert move(waiting, make_event(version, days=[in_days(60)])).status == Status.BOOKED
    assert employment_of(waiting.person) == waiting.employment


@pytest.mark.parametrize(
    ("why", "reason"), [("away", "Nia Newcomer goes instead: Away on that day"), ("", "Nia Newcomer goes instead")]
)
def test_why_a_colleague_goes_is_kept_and_not_told_to_them(why: str, reason: str) -> None:
    booking = make_booking()

    swap(booking, why=why)

    step = booking.steps.get(code="colleague_goes")
    assert (step.reason, step.data["why"]) == (reason, why)
    assert not Message.objects.filter(text__contains="Away on that day").exists()
