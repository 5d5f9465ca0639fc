"""I can't come: cancelling in time and late, leaving the list, and who may."""

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.errors import BookingsError
from bookings.models import Status, WaitingDecision
from tests.factories import make_agency, make_user
from tests.factories_bookings import fill, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event
from training.outbox.models import Message
from training.people.models import Role

pytestmark = pytest.mark.django_db

NOW = timezone.now


def test_leave_in_time_frees_the_place_and_says_so() -> None:
    booking = make_booking()

    left = leave(booking=booking, by=any_coordinator(), now=NOW(), reason="Court")

    assert left.status == Status.CANCELLED_IN_TIME
    booking.event.refresh_from_db()
    assert booking.event.places_held == 0
    step = left.steps.last()
    assert step is not None
    assert (step.was, step.became, step.code, step.reason) == (
        "booked",
        "cancelled_in_time",
        "left_cancelled_in_time",
        "Court",
    )
    assert Message.objects.filter(kind="bookings.cancelled", person_reference=booking.person.reference).count() == 1


def test_leave_inside_the_notice_period_is_late() -> None:
    booking = make_booking(make_event(days=[in_days(3)]))

    assert leave(booking=booking, by=booking.person, now=NOW()).status == Status.CANCELLED_LATE


def test_leave_twice_changes_nothing() -> None:
    booking = make_booking()
    leave(booking=booking, by=any_coordinator(), now=NOW())

    again = leave(booking=booking, by=any_coordinator(), now=NOW())

    assert again.steps.count() == 2
    assert Message.objects.filter(kind="bookings.cancelled").count() == 1


def test_leave_gives_the_place_to_the_first_who_waits() -> None:
    event = make_event(room_limit=2, places_offered=2, minimum=0)
    first, _ = fill(event)
    waiting, later = make_booking(event), make_booking(event)
    assert [waiting.status, later.status] == [Status.WAITLISTED] * 2

    leave(booking=first, by=first.person, now=NOW())

    waiting.refresh_from_db()
    later.refresh_from_db()
    assert [waiting.status, later.status] == [Status.BOOKED, Status.WAITLISTED]
    assert Message.objects.filter(kind="bookings.booked", person_reference=waiting.person.reference).count() == 1
    chosen = WaitingDecision.objects.get(booking=waiting)
    assert (chosen.is_chosen, chosen.sentence) == (True, "1st on the list: got the place that came free.")


def test_leave_the_waiting_list() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    fill(event)
    waiting = make_booking(event)

    assert leave(booking=waiting, by=waiting.person, now=NOW()).status == Status.WITHDRAWN


def test_leave_after_the_start_is_refused() -> None:
    booking = make_booking(make_event(days=[in_days(-1)]))

    with pytest.raises(BookingsError, match="has begun"):
        leave(booking=booking, by=any_coordinator(), now=NOW())


def test_leave_for_own_people_by_their_lead() -> None:
    agency = make_agency()
    booking, lead = make_booking(agency=agency), make_user(role=Role.AGENCY_LEAD, agency=agency)

    assert leave(booking=booking, by=lead, now=NOW()).status == Status.CANCELLED_IN_TIME


@pytest.mark.parametrize("role", [None, Role.AGENCY_LEAD, Role.TRAINER, Role.PDL_MEMBER])
def test_leave_for_somebody_else_is_refused(role: Role | None) -> None:
    booking = make_booking()
    stranger = make_user(make_employee(), role=role, agency=make_agency())

    with pytest.raises(BookingsError, match="Only the person booked"):
        leave(booking=booking, by=stranger, now=NOW())

    booking.refresh_from_db()
    assert booking.status == Status.BOOKED


def test_leave_after_the_rules_changed_goes_by_those_it_was_made_under() -> None:
    from tests.factories_bookings import make_policy

    make_policy(notice_kind="calendar_days", notice_amount=2)
    booking = make_booking(make_event(days=[in_days(5)]))
    make_policy(notice_kind="weeks", notice_amount=4)

    assert leave(booking=booking, by=booking.person, now=NOW()).status == Status.CANCELLED_IN_TIME
