"""Who is asked what and when, by itself."""

import datetime

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.register import everyone_else_is_here, mark, send_register
from bookings.actions.replacing import move_to_date, send_colleague
from bookings.models import Booking, Mark
from evaluation.actions.asking import ask_after, ask_before, plan_asking
from evaluation.actions.posting import note_answered, post_due, post_invitation, remind_all
from evaluation.links import token_hash_of, token_of
from evaluation.models import Invitation, Stage
from evaluation.timing import follow_up_day, is_school_holiday
from tests.factories import make_agency, make_person
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
    token_for,
)
from training.catalogue.models import Event
from training.outbox.models import Message
from training.web.when import london_day
from training.web.working_days import is_working_day

pytestmark = pytest.mark.usefixtures("partnership")


def stages_of(booking: Booking) -> list[str]:
    return sorted(booking.invitations.values_list("stage", flat=True))


def asked_by_message() -> list[str]:
    kinds = Message.objects.filter(kind__startswith="evaluation.ask_").order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("evaluation.ask_") for kind in kinds]


# --- Before the course ---------------------------------------------------------------------------


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
    course = make_course(kind=kind)
    booking = make_booking(make_event(course))
    came = make_attended(make_past_event(course=course))

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


# --- At the end ------------------------------------------------------------------------------------


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


# --- Two months on -----------------------------------------------------------------------------------


def test_follow_up_is_six_to_eight_weeks_on() -> None:
    ended = datetime.date(2026, 9, 8)

    day = follow_up_day(ended)

    assert day is not None
    assert 42 <= (day - ended).days <= 56


@pytest.mark.parametrize("days", range(0, 366, 9))
def test_follow_up_is_never_on_a_holiday(days: int) -> None:
    day = follow_up_day(datetime.date(2026, 4, 1) + DAY * days)

    assert day is not None
    assert is_working_day(day)
    assert not is_school_holiday(day)


def test_follow_up_waits_for_the_end_of_the_summer() -> None:
    assert follow_up_day(datetime.date(2026, 6, 10)) == datetime.date(2026, 9, 1)


def test_follow_up_leaves_a_month_to_another() -> None:
    ended = datetime.date(2026, 9, 8)
    first = follow_up_day(ended)
    assert first is not None

    second = follow_up_day(ended, [first])

    assert second is not None
    assert (second - first).days >= 30


def test_follow_up_is_left_out_when_no_day_is_free() -> None:
    ended = datetime.date(2026, 9, 8)

    assert follow_up_day(ended, [ended + DAY * number for number in (40, 60, 80)]) is None


def test_person_on_two_courses_is_not_asked_twice_in_a_month() -> None:
    person = make_person(agency=make_agency())
    for days_ago in (3, 2):
        make_attended(make_past_event(days_ago=days_ago), person)

    plan_asking(now=timezone.now())

    days = sorted(london_day(one.due_at) for one in Invitation.objects.filter(stage=Stage.FOLLOW_UP))
    assert len(days) == 2
    assert (days[1] - days[0]).days >= 30


def test_follow_up_is_posted_when_due_and_not_before() -> None:
    invitation = make_invitation(make_attended(), Stage.FOLLOW_UP)

    assert post_invitation(invitation_pk=invitation.pk, now=invitation.due_at - HOUR) is False
    assert post_invitation(invitation_pk=invitation.pk, now=invitation.due_at) is True
    assert post_invitation(invitation_pk=invitation.pk, now=invitation.due_at) is False
    assert asked_by_message() == ["follow_up"]


# --- Messages and reminders ----------------------------------------------------------------------------


def test_message_holds_the_link_and_hides_it_afterwards() -> None:
    invitation = make_invitation(make_attended())

    post_due(now=invitation.due_at)

    message = Message.objects.get(kind="evaluation.ask_end")
    assert f"/evaluate/{token_for(invitation)}/" in message.text
    assert message.has_secret
    assert message.expires_at == invitation.closes_at


def test_database_keeps_only_the_hash() -> None:
    invitation = make_invitation(make_attended())

    assert invitation.token_hash == token_hash_of(invitation.reference)
    assert token_of(invitation.reference) not in str(vars(invitation))


def test_somebody_without_an_address_is_not_posted() -> None:
    booking = make_attended(person=make_person(email="", agency=make_agency()))
    make_invitation(booking)

    assert post_due(now=timezone.now() + DAY) == 0


def test_reminders_after_three_and_seven_days_with_the_same_link() -> None:
    invitation = make_invitation(make_attended())
    start = invitation.due_at
    post_due(now=start)

    made = [remind_all(now=start + DAY * days) for days in range(1, 15)]

    assert made == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert asked_by_message() == ["end", "end", "end"]
    assert all(
        token_for(invitation) in text
        for text in Message.objects.filter(kind="evaluation.ask_end").values_list("text", flat=True)
    )


def test_reminders_missed_do_not_come_together() -> None:
    invitation = make_invitation(make_attended())
    post_due(now=invitation.due_at)

    made = [remind_all(now=invitation.due_at + DAY * 10 + HOUR * hours) for hours in range(3)]

    assert made == [1, 0, 0]


def test_reminder_is_not_sent_to_whoever_answered() -> None:
    booking = make_attended()
    invitation = make_invitation(booking)
    post_due(now=invitation.due_at)
    make_response(booking)

    assert remind_all(now=invitation.due_at + DAY * 4) == 0


def test_reminder_is_not_sent_after_closing() -> None:
    invitation = make_invitation(make_attended())
    post_due(now=invitation.due_at)

    assert remind_all(now=invitation.closes_at + HOUR) == 0


def test_answered_is_noted_a_day_later() -> None:
    booking = make_attended()
    make_response(booking)
    invitation = booking.invitations.get(stage=Stage.END)
    assert invitation.answered_on is None

    today = timezone.localdate()
    assert note_answered(today=today) == 1
    assert note_answered(today=today + DAY) == 0

    invitation.refresh_from_db()
    assert invitation.answered_on == today - DAY


def test_planning_asks_as_often_for_three_people_as_for_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 3):
        before, over = make_event(), make_past_event()
        for _ in range(number):
            make_booking(before)
            make_attended(over)
        with CaptureQueriesContext(connection) as captured:
            ask_before(event_pk=before.pk, now=timezone.now())
            ask_after(event_pk=over.pk, now=timezone.now())
        counts.append(len(captured))

    assert counts[0] == counts[1]
