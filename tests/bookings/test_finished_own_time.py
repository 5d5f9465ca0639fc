"""A finished e-learning booking is completed: not live, not charged, and asked about like any other."""

import datetime

import pytest
from django.utils import timezone

from bookings.models import Booking, BookingStep, Status
from bookings.models.booking import TRANSITIONS
from bookings.own_time import enrolments, finish_enrolments
from evaluation.actions.asking import ask_after_completion
from evaluation.models import Invitation
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, make_course, make_event
from tests.factories_evaluation import ensure_questionnaires
from training.record.actions import achieve
from training.record.models import Achievement

pytestmark = pytest.mark.usefixtures("partnership")
DAY = datetime.timedelta(days=1)
Source = Achievement.Source


def enrolled(*, days_ago: int = 10) -> Booking:
    event = make_event(make_course(), mode="e_learning")
    return make_booking(event, now=timezone.now() - DAY * days_ago)


def finish(booking: Booking, *, days_ago: int = 1, source: Source = Source.E_LEARNING) -> None:
    on = timezone.localdate() - DAY * days_ago
    achieve(
        person=booking.person, version=booking.event.version, on=on, source=source, origin=f"x {booking.pk} {on}",
        now=timezone.now(),
    )  # fmt: skip


def status_of(booking: Booking) -> str:
    return Booking.objects.get(pk=booking.pk).status


def test_finish_enrolments_completes_once_with_a_step() -> None:
    booking, other = enrolled(), enrolled()
    finish(booking)

    numbers = [finish_enrolments(now=timezone.now(), by=any_coordinator()) for _ in range(2)]

    step = BookingStep.objects.get(booking=booking, code="finished")
    assert numbers == [1, 0]
    assert (status_of(booking), status_of(other)) == ("completed", "booked")
    assert step.data == {"on": (timezone.localdate() - DAY).isoformat()}
    assert (step.was, step.became) == ("booked", "completed")


@pytest.mark.parametrize(("days_ago", "source"), [(20, Source.E_LEARNING), (1, Source.ELSEWHERE)])
def test_finish_enrolments_leaves_what_was_done_before_or_elsewhere(days_ago: int, source: Source) -> None:
    booking = enrolled()
    finish(booking, days_ago=days_ago, source=source)

    assert (finish_enrolments(now=timezone.now()), status_of(booking)) == (0, "booked")


def test_finish_enrolments_of_some_people_only() -> None:
    booking, other = enrolled(), enrolled()
    finish(booking)
    finish(other)

    assert finish_enrolments(now=timezone.now(), person_ids=[booking.person_id]) == 1
    assert (status_of(booking), status_of(other)) == ("completed", "booked")


def test_completed_is_not_live_so_it_can_be_booked_again() -> None:
    booking = enrolled()
    finish(booking)
    finish_enrolments(now=timezone.now())

    again = make_booking(booking.event, booking.person)

    assert (again.status, again.pk != booking.pk) == ("booked", True)
    assert not Booking.objects.live().filter(pk=booking.pk).exists()
    assert [one.booking for one in enrolments(booking.person)] == [again, booking]


def test_completed_is_the_end_and_comes_from_booked_alone() -> None:
    assert TRANSITIONS[Status.COMPLETED] == frozenset()
    assert [status for status, after in TRANSITIONS.items() if Status.COMPLETED in after] == [Status.BOOKED]


def test_completed_is_asked_about() -> None:
    ensure_questionnaires()
    booking = enrolled()
    finish(booking)
    finish_enrolments(now=timezone.now())

    ask_after_completion(event_pk=booking.event_id, now=timezone.now())

    assert set(Invitation.objects.filter(booking=booking).values_list("stage", flat=True)) == {"end", "follow_up"}
