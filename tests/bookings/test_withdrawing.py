"""Withdrawing a course with open dates: each runs, is cancelled, or is handed over; all of it or nothing."""

from typing import Any

import pytest
from django.utils import timezone

from bookings.actions.withdrawing import Becomes, Fate, withdraw_with_dates
from bookings.errors import BookingsError
from bookings.models import Booking, Status
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import in_days, make_course, make_event
from training.catalogue.models import Course, Equivalence, Event
from training.outbox.models import Message
from training.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


@pytest.fixture
def old(coordinator: User) -> Course:
    return make_course("Old", code="OLD")


@pytest.fixture
def target(old: Course) -> Event:
    """A date with three places of a course that counts as the old one."""
    new = make_course("New", code="NEW")
    Equivalence.objects.create(course=new, counts_as=old)
    return make_event(new, days=[in_days(40)], places_offered=3, minimum=0)


def withdraw(course: Course, by: User, fates: dict[Event, Fate], reason: str = "It is replaced") -> Course:
    by_pk = {event.pk: fate for event, fate in fates.items()}
    return withdraw_with_dates(course=course, fates=by_pk, reason=reason, by=by, now=timezone.now())


def test_each_date_becomes_what_was_said(old: Course, target: Event, coordinator: User) -> None:
    runs, ends, moves = (make_event(old, days=[in_days(30 + n)]) for n in range(3))
    stays, told, moved = (make_booking(event) for event in (runs, ends, moves))

    for _ in range(2):
        withdraw(
            old,
            coordinator,
            {runs: Fate(Becomes.RUN), ends: Fate(Becomes.CANCEL), moves: Fate(Becomes.HAND_OVER, target)},
        )

    old.refresh_from_db()
    standings = [Event.objects.get(pk=event.pk).standing for event in (runs, ends, moves)]
    assert (old.standing, standings) == ("withdrawn", ["published", "cancelled", "cancelled"])
    statuses = [Booking.objects.get(pk=one.pk).status for one in (stays, told, moved)]
    assert statuses == [Status.BOOKED, Status.EVENT_CANCELLED, Status.TRANSFERRED]
    new = Booking.objects.get(event=target)
    assert (new.person, new.status, new.episode) == (moved.person, Status.BOOKED, moved.episode)
    message = Message.objects.get(kind="bookings.moved")
    assert "It is replaced" in message.text
    assert Message.objects.filter(kind="bookings.event_cancelled").count() == 1


def test_who_has_no_place_on_the_other_date_is_told_that_theirs_is_cancelled(
    old: Course, target: Event, coordinator: User
) -> None:
    moves = make_event(old, days=[in_days(30)])
    busy = make_booking(target).person
    booked = [make_booking(moves) for _ in range(3)]
    make_booking(moves, person=busy)

    withdraw(old, coordinator, {moves: Fate(Becomes.HAND_OVER, target)})

    statuses = [Booking.objects.get(pk=one.pk).status for one in booked]
    assert statuses == [Status.TRANSFERRED, Status.TRANSFERRED, Status.EVENT_CANCELLED]
    assert Booking.objects.get(event=moves, person=busy).status == Status.EVENT_CANCELLED
    target.refresh_from_db()
    assert target.places_held == 3


@pytest.mark.parametrize(
    ("fate", "reason", "sentence"),
    [
        (None, "Replaced", "Say what becomes of"),
        (Fate(Becomes.CANCEL), " ", "Enter why it is withdrawn"),
        (Fate(Becomes.HAND_OVER), "Replaced", "Choose an open date"),
    ],
)
def test_withdraw_refuses_and_changes_nothing(
    old: Course, coordinator: User, fate: Fate | None, reason: str, sentence: str
) -> None:
    event = make_event(old, days=[in_days(30)])
    booking = make_booking(event)

    with pytest.raises(BookingsError, match=sentence):
        withdraw(old, coordinator, {event: fate} if fate else {}, reason)

    old.refresh_from_db()
    booking.refresh_from_db()
    assert (old.standing, booking.status) == ("published", Status.BOOKED)


def test_withdraw_refuses_a_target_of_another_course_and_whoever_is_no_coordinator(
    old: Course, coordinator: User
) -> None:
    event, other = make_event(old, days=[in_days(30)]), make_event(days=[in_days(40)])

    with pytest.raises(BookingsError, match="counts as this one"):
        withdraw(old, coordinator, {event: Fate(Becomes.HAND_OVER, other)})
    with pytest.raises(BookingsError, match="Only a coordinator"):
        withdraw(old, make_user(), {event: Fate(Becomes.CANCEL)})


def test_page_offers_the_choices_and_withdraws(
    old: Course, target: Event, coordinator: User, client_of: ClientOf
) -> None:
    event = make_event(old, days=[in_days(30)])
    booking, client, path = make_booking(event), client_of(coordinator), "/desk/courses/OLD/withdraw/"

    page = client.get(path).content.decode()
    assert f"{event.reference}, " in page
    assert "Move those booked to New" in page
    given: dict[str, Any] = {event.reference: f"to:{target.reference}", "reason": "It is replaced"}
    for wrong in ({}, {event.reference: "to:NONE"}, {event.reference: "\u2028"}, {**given, "reason": ""}):
        assert client.post(path, wrong).status_code == 200
    for _ in range(2):
        assert client.post(path, given)["Location"] == "/desk/courses/OLD/"

    booking.refresh_from_db()
    assert booking.status == Status.TRANSFERRED
    assert client_of(make_user()).get(path).status_code == 403
    assert client_of(make_user()).post(path, given).status_code == 403


def test_page_of_a_course_without_open_dates_asks_for_no_reason(
    old: Course, coordinator: User, client_of: ClientOf
) -> None:
    assert client_of(coordinator).post("/desk/courses/OLD/withdraw/")["Location"] == "/desk/courses/OLD/"
    old.refresh_from_db()
    assert old.standing == "withdrawn"
