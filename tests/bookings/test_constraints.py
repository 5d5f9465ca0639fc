"""What PostgreSQL refuses whoever goes round the actions."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from bookings.models import (
    AgencyAllocation,
    Booking,
    BookingPolicy,
    BookingPolicyVersion,
    BookingStep,
    CalendarEntry,
    CourseRules,
    DateCap,
    Offer,
    Register,
    RegisterMark,
    Status,
    WaitingDecision,
)
from tests.bookings.refusing import refused_by
from tests.factories import make_agency
from tests.factories_bookings import ensure_policy, fill, make_booking, make_employee
from tests.factories_catalogue import in_days, make_event
from training.catalogue.models import Event

pytestmark = pytest.mark.django_db


def bare(event: Event, **fields: Any) -> Booking:
    """A row written directly."""
    given = {"person": make_employee(), "status": Status.BOOKED, "made_at": timezone.now(), **fields}
    return Booking.objects.create(event=event, policy_version=ensure_policy(), **given)


def full() -> Event:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    fill(event)
    return event


def test_more_than_the_room_holds() -> None:
    event = full()

    refused_by("event_holds_no_more_than_the_room", lambda: bare(event))
    refused_by("event_holds_no_more_than_the_room", lambda: bare(event, status=Status.OFFERED))
    refused_by(
        "event_holds_no_more_than_the_room",
        lambda: Booking.objects.filter(pk=make_booking(event).pk).update(status=Status.BOOKED),
    )


def test_places_held_follow_every_way_of_writing() -> None:
    event = make_event()

    def held() -> int:
        event.refresh_from_db()
        return event.places_held

    rows = [bare(event), bare(event, status=Status.AWAITING_MANAGER), bare(event, status=Status.REQUESTED)]
    assert held() == 2
    Booking.objects.filter(pk=rows[0].pk).update(status=Status.CANCELLED_LATE)
    assert held() == 1
    rows[1].delete()
    assert held() == 0


def test_two_live_bookings_of_one_person_on_one_date() -> None:
    booking = make_booking()

    refused_by("booking_one_live_a_person_and_event", lambda: bare(booking.event, person=booking.person))


def test_booking_in_an_unknown_state_or_waiting_since_nobody_knows_when() -> None:
    event = make_event()

    refused_by("booking_status_is_known", lambda: bare(event, status="dreaming"))
    refused_by("booking_waiting_says_since_when", lambda: bare(event, status=Status.WAITLISTED))


def test_booking_moved_to_another_event() -> None:
    booking, other = make_booking(), make_event()

    refused_by("stays with its event", lambda: Booking.objects.filter(pk=booking.pk).update(event=other))


def test_one_form_is_one_booking() -> None:
    event, form = make_event(), "7d1f5bb0-6e3b-4b0e-9d5a-0d8a5f1e2c11"
    bare(event, submission=form)

    refused_by("submission", lambda: bare(event, submission=form))


def test_cancelled_date_with_live_bookings() -> None:
    booking = make_booking()
    events = Event.objects.filter(pk=booking.event_id)

    refused_by("a cancelled date has live bookings", lambda: events.update(standing="cancelled"))
    Booking.objects.filter(pk=booking.pk).update(status=Status.EVENT_CANCELLED)
    events.update(standing="cancelled")
    refused_by("a cancelled date has live bookings", lambda: bare(booking.event))


def test_steps_are_not_rewritten() -> None:
    step = make_booking().steps.get()

    refused_by("update", lambda: BookingStep.objects.filter(pk=step.pk).update(reason="Never happened"))


def offer(booking: Booking, **fields: Any) -> Offer:
    now = timezone.now()
    given = {"made_at": now, "expires_at": now + datetime.timedelta(hours=4), **fields}
    return Offer.objects.create(booking=booking, **given)


def test_offers() -> None:
    booking, now = make_booking(), timezone.now()
    offer(booking)

    refused_by("offer_one_open_a_booking", lambda: offer(booking))
    refused_by("offer_leaves_time", lambda: offer(booking, expires_at=now - datetime.timedelta(days=1)))
    refused_by("offer_ended_says_how", lambda: offer(booking, ended_at=now))
    refused_by("offer_ended_says_how", lambda: offer(booking, outcome="accepted"))


def allocation(event: Event, **fields: Any) -> AgencyAllocation:
    given = {"places": 1, "reason": "Asked for", "owner": make_employee(), "release_on": in_days(3), **fields}
    return AgencyAllocation.objects.create(event=event, **given)


def test_allocations() -> None:
    event, agency = make_event(), make_agency()
    allocation(event, agency=agency)
    allocation(event, sector="faith")

    refused_by("allocation_for_an_agency_or_a_sector", lambda: allocation(event))
    refused_by("allocation_for_an_agency_or_a_sector", lambda: allocation(event, agency=make_agency(), sector="fire"))
    refused_by("allocation_keeps_something", lambda: allocation(event, sector="fire", places=0))
    refused_by("allocation_once_an_agency", lambda: allocation(event, agency=agency))
    refused_by("allocation_once_a_sector", lambda: allocation(event, sector="faith"))


def test_rules() -> None:
    version = ensure_policy()
    same = {"policy": version.policy, "number": 90, "effective_from": version.effective_from}

    refused_by("booking_policy_one_default", lambda: BookingPolicy.objects.create(name="Other", is_default=True))
    refused_by("booking_policy_version_one_a_day", lambda: BookingPolicyVersion.objects.create(**same))
    refused_by(
        "booking_policy_version_number_once",
        lambda: BookingPolicyVersion.objects.create(**{**same, "number": version.number, "effective_from": in_days(9)}),
    )


def test_registers_and_calendars() -> None:
    booking, now = make_booking(), timezone.now()
    session, by = booking.event.sessions.get(), make_employee()
    given = {"session": session, "booking": booking, "made_at": now, "received_at": now, "by": by}
    RegisterMark.objects.create(**given, mark="present")
    times = {"fingerprint": "", "starts_at": now, "ends_at": now}
    CalendarEntry.objects.get_or_create(booking=booking, session=session, defaults=times)

    refused_by(
        "register_sent_who_and_when", lambda: Register.objects.create(session=session, sent_at=now, first_sent_at=now)
    )
    refused_by("register_mark_is_known", lambda: RegisterMark.objects.create(**given, mark="asleep"))
    refused_by("update", lambda: RegisterMark.objects.update(note="x"))
    refused_by("delete", lambda: RegisterMark.objects.all().delete())
    refused_by(
        "calendar_entry_once_a_session",
        lambda: CalendarEntry.objects.create(booking=booking, session=session, **times),
    )


def test_rules_for_places() -> None:
    event, now = make_event(), timezone.now()
    course, day = event.version.course, in_days(3)
    waiting = {"event": event, "booking": make_booking(event), "at": now, "position": 1, "is_chosen": True, "turn": 1}
    WaitingDecision.objects.create(**waiting)

    refused_by("course_rules_next_is_known", lambda: CourseRules.objects.create(course=course, next_rule="lottery"))
    refused_by("course_rules_cap_leaves_one", lambda: CourseRules.objects.create(course=course, cap=0))
    refused_by("date_cap_says_until_when", lambda: DateCap.objects.create(event=event, places=2))
    refused_by("date_cap_says_until_when", lambda: DateCap.objects.create(event=event, until=day))
    refused_by("date_cap_says_until_when", lambda: DateCap.objects.create(event=event, places=0, until=day))
    refused_by("waiting_decision_one_chosen_a_turn", lambda: WaitingDecision.objects.create(**waiting))
