"""Who attended, worked out from marks and rules; the three rates with what they are parts of."""

import datetime
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.actions.register import everyone_else_is_here, mark, send_register
from bookings.models import Booking, Mark, Origin, RegisterMark, Status
from bookings.registers.attendance import (
    Attendance,
    Rate,
    Result,
    attendance_by_agency,
    attendance_by_event,
    outcomes,
    result,
    results,
    total,
)
from tests.bookings.registering import AT_DOOR, at, make_door
from tests.factories import make_person
from tests.factories_bookings import ensure_policy, make_policy
from tests.factories_catalogue import make_course, make_event, make_trainer
from training.catalogue.models import Event
from training.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door")]


@pytest.mark.parametrize(
    ("given", "time", "expected"),
    [
        (Mark.PRESENT, None, Result.ATTENDED),
        (Mark.LATE, datetime.time(9, 45), Result.ATTENDED),
        (Mark.LATE, datetime.time(9, 46), Result.DID_NOT_ATTEND),
        (Mark.LEFT_EARLY, datetime.time(12, 45), Result.ATTENDED),
        (Mark.LEFT_EARLY, datetime.time(12, 44), Result.DID_NOT_ATTEND),
        (Mark.TURNED_AWAY, None, Result.DID_NOT_ATTEND),
        (Mark.DID_NOT_ATTEND, None, Result.DID_NOT_ATTEND),
        (Mark.APOLOGIES, None, Result.APOLOGIES),
        (Mark.EXPECTED, None, None),
    ],
)
def test_result_of_one_day(given: Mark, time: datetime.time | None, expected: Result | None) -> None:
    door = make_door(["Anna Bell"])

    mark(session=door.session, booking=door.bookings[0], mark=given, by=door.trainer, now=AT_DOOR, at_time=time)

    assert result(door.bookings[0]) == expected


def test_result_follows_the_rules_of_the_booking() -> None:
    make_policy(late_grace_minutes=0)
    door = make_door(["Anna Bell"])
    make_policy(late_grace_minutes=60)

    late = datetime.time(9, 31)
    mark(session=door.session, booking=door.bookings[0], mark=Mark.LATE, by=door.trainer, now=AT_DOOR, at_time=late)

    assert result(door.bookings[0]) == Result.DID_NOT_ATTEND


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Mark.PRESENT, Mark.PRESENT, Result.ATTENDED),
        (Mark.PRESENT, Mark.APOLOGIES, Result.APOLOGIES),
        (Mark.APOLOGIES, Mark.DID_NOT_ATTEND, Result.DID_NOT_ATTEND),
        (Mark.PRESENT, Mark.TURNED_AWAY, Result.DID_NOT_ATTEND),
        (Mark.PRESENT, None, None),
    ],
)
def test_result_of_two_days(first: Mark, second: Mark | None, expected: Result | None) -> None:
    door = make_door(["Anna Bell"], days=2)

    for number, given in enumerate([first, second]):
        if given:
            session, now = door.sessions[number], at(9, 20, days=number)
            mark(session=session, booking=door.bookings[0], mark=given, by=door.trainer, now=now)

    assert result(door.bookings[0]) == expected


def test_result_takes_the_mark_made_last() -> None:
    door = make_door(["Anna Bell"])
    for minute, given in ((20, Mark.DID_NOT_ATTEND), (40, Mark.PRESENT)):
        mark(session=door.session, booking=door.bookings[0], mark=given, by=door.trainer, now=at(9, minute))

    assert result(door.bookings[0]) == Result.ATTENDED


def test_rates_of_the_report_that_said_96_per_cent() -> None:
    """domain.md: 318 registered, 29 cancelled, 20 absent, 35 without booking, 393 places. 304 attended in all."""
    events = _events([24] * 16 + [9])
    statuses = [Status.BOOKED] * 289 + [Status.CANCELLED_LATE] * 29
    booked = _bookings(events, statuses, Origin.BOOKED)
    walk_ins = _bookings(events, [Status.BOOKED] * 35, Origin.WALK_IN)
    live = [one for one in booked if one.status == Status.BOOKED]
    _mark(live[:20], Mark.DID_NOT_ATTEND)
    _mark(live[20:] + walk_ins, Mark.PRESENT)

    rates = total(attendance_by_event([event.pk for event in events]).values())

    assert rates == Attendance(booked=289, attended=269, did_not_attend=20, walk_ins=35, capacity=393)
    assert str(rates.fill) == "77.4 % (304 of 393)"
    assert str(rates.attendance) == "93.1 % (269 of 289)"
    assert str(rates.did_not_attend_rate) == "6.9 % (20 of 289)"


def _events(places: list[int]) -> list[Event]:
    course = make_course()
    return [
        make_event(
            course, days=[datetime.date(2026, 3, number + 1)], places_offered=number_of, room_limit=24, minimum=0
        )
        for number, number_of in enumerate(places)
    ]


def _bookings(events: list[Event], statuses: list[Status], origin: Origin) -> list[Booking]:
    """Spread evenly over the dates, a person each, written straight to the table."""
    persons = Person.objects.bulk_create(
        Person(name=f"{origin} {number}", created_at=AT_DOOR) for number in range(len(statuses))
    )
    shared = {"origin": origin, "made_at": at(9, days=-200), "policy_version": ensure_policy()}
    spread = zip(statuses, persons, itertools.cycle(events))
    return Booking.objects.bulk_create(
        Booking(event=event, person=person, status=status, **shared) for status, person, event in spread
    )


def _mark(bookings: list[Booking], given: Mark) -> None:
    by = make_person()
    sessions = {booking.event_id: booking.event.sessions.get() for booking in bookings}
    shared = {"mark": given, "by": by, "made_at": AT_DOOR, "received_at": AT_DOOR}
    RegisterMark.objects.bulk_create(
        RegisterMark(session=sessions[booking.event_id], booking=booking, **shared) for booking in bookings
    )


def test_counts_add_up_to_the_live_bookings() -> None:
    door = make_door(["Anna Bell", "Ben Cole", "Cara Dunn", "Dev Ekwe"])
    given = (Mark.PRESENT, Mark.APOLOGIES, Mark.DID_NOT_ATTEND)
    for booking, one in zip(door.bookings, given, strict=False):
        mark(session=door.session, booking=booking, mark=one, by=door.trainer, now=AT_DOOR)

    found = results(door.event)

    assert found == Attendance(booked=4, attended=1, apologies=1, did_not_attend=1, unmarked=1, capacity=18)


def test_counts_by_agency() -> None:
    first, second = make_door(["Anna Bell", "Ben Cole"]), make_door(["Cara Dunn"], trainer=make_trainer())
    everyone_else_is_here(session=first.session, by=first.trainer, now=AT_DOOR)

    found = attendance_by_agency([first.event.pk, second.event.pk])

    agencies = [door.bookings[0].employment.agency_id for door in (first, second)]  # type: ignore[union-attr]
    assert found == {
        agencies[0]: Attendance(booked=2, attended=2),
        agencies[1]: Attendance(booked=1, unmarked=1),
    }


def test_somebody_who_joins_on_the_second_day_was_not_there_on_the_first() -> None:
    from bookings.actions.door import Arrival, came_without_booking

    door = make_door(["Anna Bell"], days=2)
    first, second = door.sessions
    everyone_else_is_here(session=first, by=door.trainer, now=AT_DOOR)
    send_register(session=first, by=door.trainer, now=at(13))
    nell = came_without_booking(session=second, arrival=Arrival("Nell New"), by=door.trainer, now=at(9, days=1))
    everyone_else_is_here(session=second, by=door.trainer, now=at(9, 40, days=1))
    send_register(session=second, by=door.trainer, now=at(13, days=1))

    assert {one.booking_id: one.result for one in outcomes([door.event.pk])} == {
        door.bookings[0].pk: Result.ATTENDED,
        nell.pk: Result.DID_NOT_ATTEND,
    }


def test_of_nothing_there_is_no_rate() -> None:
    event = make_event()

    assert (results(event).attendance.value, str(Rate(0, 0))) == (None, "– (0 of 0)")
    assert attendance_by_event([]) == {}
    assert result(Booking(pk=1, event=event)) is None


def test_any_number_of_dates_is_one_query() -> None:
    doors = [make_door([f"Anna {number}"], trainer=make_trainer()) for number in range(3)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        attendance_by_event([door.event.pk for door in doors])

    assert len(queries) == 1
