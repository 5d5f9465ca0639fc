"""Who is asked what and when, by itself: before the course and at its end."""

import datetime

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.register import everyone_else_is_here, mark, send_register
from bookings.actions.replacing import move_to_date, send_colleague
from bookings.models import Booking, Mark
from evaluation.actions.asking import ask_after, plan_asking
from evaluation.actions.posting import post_due
from evaluation.models import Invitation, Stage
from tests.factories import make_agency
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event, make_venue, morning
from tests.factories_evaluation import (
    DAY,
    HOUR,
    attend,
    make_attended,
    make_invitation,
    make_past_event,
    make_response,
)
from training.catalogue.models import Event
from training.outbox.models import Message

pytestmark = pytest.mark.usefixtures("partnership")


def stages_of(booking: Booking) -> list[str]:
    return sorted(booking.invitations.values_list("stage", flat=True))


def asked_by_message() -> list[str]:
    kinds = Message.objects.filter(kind__startswith="evaluation.ask_").order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("evaluation.ask_") for kind in kinds]


# --- Before the course -------------------------------------------------------------------------


def test_baseline_is_asked_once_booked() -> None:
    booking = make_booking(make_event())

    plan_asking(now=timezone.now())
    plan_asking(now=timezone.now())
    post_due(now=timezone.now())
    post_due(now=timezone.now())

    assert stages_of(booking) == ["baseline"]
    assert asked_by_message() == ["baseline"]


def test_baseline_is_not_asked_on_the_waiting_list() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    make_booking(event)
    waiting = make_booking(event)

    plan_asking(now=timezone.now())

    assert waiting.status == "waitlisted"
    assert stages_of(waiting) == []


@pytest.mark.parametrize("kind", ["briefing", "forum", "conference", "closed"])
def test_light_event_is_asked_nothing(kind: str) -> None:
    course, agency = make_course(kind=kind), make_agency()
    theirs = [agency] if kind == "closed" else []
    booking = make_booking(make_event(course, closed_for=theirs), agency=agency)
    came = make_attended(make_past_event(course=course, closed_for=theirs), agency=agency)

    plan_asking(now=timezone.now())

    assert [stages_of(booking), stages_of(came)] == [[], []]


def test_course_without_outcomes_is_asked_nothing() -> None:
    booking = make_booking(make_event())
    booking.event.version.outcomes.all().delete()

    plan_asking(now=timezone.now())

    assert stages_of(booking) == []


def test_baseline_closes_when_the_course_has_begun() -> None:
    booking = make_booking(make_event())

    invitation = make_invitation(booking, Stage.BASELINE, now=timezone.now())

    assert invitation.closes_at == booking.event.starts_at + datetime.timedelta(minutes=30)


def test_baseline_follows_a_date_that_is_put_off() -> None:
    booking = make_booking(make_event())
    make_invitation(booking, Stage.BASELINE, now=timezone.now())
    session = booking.event.sessions.get()
    session.starts_at, session.ends_at = session.starts_at + 7 * DAY, session.ends_at + 7 * DAY
    session.save()

    plan_asking(now=timezone.now())

    assert booking.invitations.get().closes_at == session.starts_at + datetime.timedelta(minutes=30)


def test_baseline_goes_along_to_another_date() -> None:
    course = make_course()
    booking = make_booking(make_event(course))
    first = make_invitation(booking, Stage.BASELINE, now=timezone.now())
    other = make_event(course, days=[in_days(60)])

    moved = move_to_date(booking=booking, event=other, by=any_coordinator(), now=timezone.now())
    plan_asking(now=timezone.now())

    first.refresh_from_db()
    assert first.booking == moved
    assert first.closes_at == other.starts_at + datetime.timedelta(minutes=30)
    assert Invitation.objects.count() == 1


def test_baseline_answered_before_moving_is_not_asked_again() -> None:
    course = make_course()
    booking = make_booking(make_event(course))
    make_response(booking, Stage.BASELINE)
    other = make_event(course, days=[in_days(60)])

    moved = move_to_date(booking=booking, event=other, by=any_coordinator(), now=timezone.now())
    plan_asking(now=timezone.now())

    assert stages_of(moved) == []


def test_colleague_gets_a_link_of_their_own() -> None:
    booking = make_booking(make_event(), agency=make_agency())
    make_invitation(booking, Stage.BASELINE, now=timezone.now())

    instead = send_colleague(
        booking=booking, name="Ama Boateng", email="ama@bankside.example", by=any_coordinator(), now=timezone.now()
    )
    plan_asking(now=timezone.now())

    assert instead.invitations.get().token_hash != booking.invitations.get().token_hash


def test_cancelled_booking_is_asked_nothing_more() -> None:
    booking = make_booking(make_event())
    make_invitation(booking, Stage.BASELINE, now=timezone.now())
    leave(booking=booking, by=any_coordinator(), now=timezone.now())

    assert post_due(now=timezone.now()) == 0
    assert asked_by_message() == []


# --- At the end --------------------------------------------------------------------------------


def test_end_and_follow_up_are_planned_for_whoever_came() -> None:
    event = make_past_event()
    came, absent = make_attended(event), make_booking(event)

    plan_asking(now=timezone.now())
    plan_asking(now=timezone.now())

    assert [stages_of(came), stages_of(absent)] == [["end", "follow_up"], []]


def test_end_waits_for_the_end_or_the_register() -> None:
    event = make_past_event()
    session = event.sessions.get()
    booking = attend(make_booking(event))
    during = session.starts_at + HOUR

    assert plan_asking(now=during) == 0

    send_register(session=session, by=any_coordinator(), now=during)

    assert plan_asking(now=during) == 2
    assert stages_of(booking) == ["end", "follow_up"]


def test_first_day_of_two_asks_nobody() -> None:
    venue = make_venue()
    days = [morning(in_days(-3), venue=venue), morning(in_days(-2), venue=venue)]
    event = make_event(days=days)
    make_booking(event)
    first = event.sessions.get(position=1)
    everyone_else_is_here(session=first, by=any_coordinator(), now=first.starts_at)
    send_register(session=first, by=any_coordinator(), now=first.ends_at)

    assert plan_asking(now=first.ends_at + HOUR) == 0


def test_whoever_left_before_the_end_is_not_asked() -> None:
    event = make_past_event()
    session = event.sessions.get()
    booking = make_booking(event)
    left = session.starts_at + HOUR
    mark(session=session, booking=booking, mark=Mark.LEFT_EARLY, by=any_coordinator(), now=left)

    assert plan_asking(now=timezone.now()) == 0


def test_old_register_asks_nobody() -> None:
    event = make_past_event(days_ago=40)
    make_attended(event)

    assert plan_asking(now=timezone.now()) == 0


def test_cancelled_event_asks_nobody() -> None:
    event = make_past_event()
    make_booking(make_event())
    Event.objects.filter(pk=event.pk).update(standing="draft")

    assert ask_after(event_pk=event.pk, now=timezone.now()) == 0
