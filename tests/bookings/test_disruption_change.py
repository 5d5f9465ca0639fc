"""Dates moved online or to another day, a trainer who can't come, and what is left of it in the report."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.replacing import move_to_date
from bookings.disruption.answering import keep_place
from bookings.disruption.cancelling import cancel_event_with_bookings
from bookings.disruption.changing import convert_dates, postpone_date
from bookings.disruption.report import disruption_report
from bookings.disruption.splitting import SAME_DAY, WEEK_LATER, WHOLE, shifted, split_long
from bookings.disruption.trainers import cant_come, put_in, teach_alone
from bookings.errors import BookingsError
from bookings.models import Booking, CalendarEntry, DisruptedDate, Notice, Status
from bookings.rules.changed import free_by_change, is_never_charged
from providers.models import ContractRate
from tests.bookings.suspending import busy_date, order_food, suspend, tell, told
from tests.factories import make_user
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import (
    any_coordinator,
    in_days,
    make_event,
    make_teaching,
    make_trainer,
    make_venue,
    morning,
)
from tests.factories_providers import make_order
from training.catalogue.models import Event, Order
from training.catalogue.plans import SessionPlan
from training.outbox.models import Message
from training.people.models import Person, Role

at = datetime.time
MARCH = datetime.date(2027, 3, 24)  # the clocks go forward on the 28th


def hours(day: datetime.date, starts: datetime.time, ends: datetime.time) -> SessionPlan:
    return morning(day, starts=starts, ends=ends, was=1)


def test_a_short_sitting_stays_whole_and_a_long_one_is_halved_around_an_hour() -> None:
    short, long = hours(MARCH, at(9, 30), at(13)), hours(MARCH, at(9, 30), at(16, 30))

    assert split_long([short], SAME_DAY) == [short]
    assert split_long([long], WHOLE) == [long]
    assert split_long([long], SAME_DAY) == [
        hours(MARCH, at(9, 30), at(12, 30)),
        replace(hours(MARCH, at(13, 30), at(16, 30)), was=None),
    ]


def test_a_week_later_means_the_same_time_on_the_clock_and_a_free_week() -> None:
    first, second = hours(MARCH, at(9, 30), at(16, 30)), morning(MARCH + datetime.timedelta(days=7))

    halves = split_long([first, second], WEEK_LATER)

    april = MARCH + datetime.timedelta(days=14)
    assert halves == [
        hours(MARCH, at(9, 30), at(12, 30)),
        second,
        replace(hours(april, at(9, 30), at(12, 30)), was=None),
    ]


def test_a_day_may_not_be_moved_into_the_hour_that_is_left_out() -> None:
    with pytest.raises(ValueError, match="clocks go forward"):
        shifted(hours(MARCH, at(1, 30), at(3)), 4)


def convert(*events: Event, **fields: object) -> list[Event]:
    given = {"split": WHOLE, "reason": "The building is flooded.", "by": any_coordinator(), "now": timezone.now()}
    return convert_dates(events=events, **{**given, **fields})  # type: ignore[arg-type]


def with_rate(event: Event) -> ContractRate:
    order = make_order(event)
    return ContractRate.objects.create(contract=order.contract, mode="virtual", half_day_pence=30000, day_pence=50000)


@pytest.mark.django_db
def test_convert_a_suspended_date_keeps_its_people_and_prices_the_order_anew() -> None:
    event = busy_date()
    rate = with_rate(event)
    suspend()
    tell()

    convert(event, links={event.reference: "https://meet.example/1"})
    tell()

    event.refresh_from_db()
    row, order = DisruptedDate.objects.get(), event.commissions.get()
    assert (event.mode, event.standing, event.joining_link) == ("virtual", "published", "https://meet.example/1")
    assert (row.status, row.suspension is not None) == ("converted", True)
    assert (order.status, order.fee_pence) == ("ordered", rate.half_day_pence)
    assert Order.objects.get().status == "cancelled"
    assert (told("catalogue.order_cancelled"), told("providers.order_changed")) == (1, 1)
    assert (told("bookings.date_moved_online"), told("catalogue.date_changed")) == (2, 1)
    assert set(CalendarEntry.objects.values_list("is_cancelled", "sequence")) == {(False, 2)}


@pytest.mark.django_db
def test_convert_keeps_interpreters_and_splits_long_days() -> None:
    event = make_event(
        days=[morning(in_days(30), starts=at(9, 30), ends=at(16, 30), venue=make_venue())], mode="hybrid"
    )
    make_booking(event)
    interpreter = order_food(event, kind="interpreter", what="BSL")

    convert(event, split=SAME_DAY)
    tell()

    interpreter.refresh_from_db()
    assert (interpreter.status, event.sessions.count()) == ("ordered", 2)
    assert (told("bookings.date_moved_online"), told("bookings.another_day")) == (1, 1)
    assert DisruptedDate.objects.get().suspension is None


@pytest.mark.django_db
def test_convert_twice_changes_nothing_more_and_without_a_rate_nothing_at_all() -> None:
    event, other = busy_date(), make_event()
    make_order(other)

    with pytest.raises(BookingsError, match=r"has no rate for live online\. Agree one"):
        convert(event, other)
    assert Event.objects.get(pk=event.pk).mode == "face_to_face"

    assert [len(convert(event)), len(convert(event))] == [1, 0]
    assert Notice.objects.count() == 2


@pytest.mark.django_db
def test_convert_and_postpone_refuse_others_and_what_cannot_be() -> None:
    event, begun = make_event(), make_event(days=[in_days(-1)])
    nobody = make_user(make_employee())

    with pytest.raises(BookingsError, match="Only a coordinator"):
        convert(event, by=nobody)
    with pytest.raises(BookingsError, match="Enter why"):
        convert(event, reason=" ")
    with pytest.raises(BookingsError, match="has begun"):
        convert(begun)
    with pytest.raises(BookingsError, match="after today"):
        postpone(event, in_days(0))
    with pytest.raises(BookingsError, match="the day it has"):
        postpone(event, in_days(30))


def postpone(event: Event, day: datetime.date) -> Event:
    return postpone_date(event=event, first_on=day, reason="She is ill.", by=any_coordinator(), now=timezone.now())


@pytest.mark.django_db
def test_postpone_keeps_the_places_and_tells_everybody_once() -> None:
    event = busy_date(days=3)
    make_order(event)

    for _ in range(2):
        postpone(event, in_days(10))
    tell()

    event.refresh_from_db()
    assert timezone.localdate(event.starts_at) == in_days(10)
    assert set(event.bookings.values_list("status", flat=True)) == {"booked"}
    kinds = ("bookings.date_postponed", "catalogue.date_changed", "catalogue.order_changed", "providers.order_changed")
    assert [told(kind) for kind in kinds] == [2, 1, 1, 1]


@pytest.mark.django_db
def test_whoever_was_booked_before_the_change_leaves_and_moves_for_nothing() -> None:
    event = busy_date(days=2, people=2)
    leaver, mover = event.bookings.order_by("pk")
    convert(event)
    late = make_booking(event)
    elsewhere = make_event(event.version.course)

    left = leave(booking=leaver, by=leaver.person, now=timezone.now())
    move_to_date(booking=mover, event=elsewhere, by=mover.person, now=timezone.now())

    assert left.status == Status.CANCELLED_IN_TIME
    assert mover.steps.get(code="moved_away").data["is_late"] is False
    assert leave(booking=late, by=late.person, now=timezone.now()).status == Status.CANCELLED_LATE
    assert set(Booking.objects.filter(free_by_change())) == {leaver, mover}
    assert not is_never_charged(event)


@pytest.mark.django_db
def test_keep_place_is_noted_once() -> None:
    event = busy_date(people=1)
    booking = event.bookings.get()
    convert(event)

    for _ in range(2):
        keep_place(booking=booking, by=booking.person, now=timezone.now())

    assert booking.steps.filter(code="keeps_after_change").count() == 1


@pytest.mark.django_db
def test_a_trainer_who_cant_come_alerts_whoever_is_on_duty_once() -> None:
    coordinator = make_user(role=Role.COORDINATOR)
    trainer = make_user(make_trainer("Dana Whitlock"))
    event = make_event(days=[in_days(1)])
    make_teaching(event, trainer.person)

    for _ in range(2):
        cant_come(event=event, person=person_of(trainer.person), reason="Ill", by=trainer, now=timezone.now())

    alert = Message.objects.get(kind="bookings.trainer_cant_come", to_address=person_of(coordinator.person).email)
    assert "They say: Ill" in alert.text
    assert f"/desk/dates/{event.reference}/rescue/" in alert.text


def person_of(person: Person | None) -> Person:
    assert person is not None
    return person


@pytest.mark.django_db
def test_the_other_trainer_alone_or_another_one() -> None:
    ill, other, free = make_trainer("Ill"), make_trainer("Other"), make_trainer("Free")
    event, by, now = make_event(), any_coordinator(), timezone.now()
    make_teaching(event, ill)
    cant_come(event=event, person=ill, reason="", by=by, now=now)

    with pytest.raises(BookingsError, match="Nobody else is confirmed"):
        teach_alone(event=event, reason="", by=by, now=now)
    make_teaching(event, other)
    assert [teach_alone(event=event, reason="", by=by, now=now) for _ in range(2)] == [[other], [other]]
    assert [put_in(event=event, person=free, reason="", by=by, now=now) for _ in range(2)] == [free, free]

    assert told("bookings.teach_alone") == 1
    assert list(DisruptedDate.objects.order_by("pk").values_list("status", flat=True)) == ["covered", "covered"]
    make_teaching(clash := make_event(), elsewhere := make_trainer())
    assert clash.pk
    with pytest.raises(BookingsError, match="confirmed"):
        put_in(event=event, person=elsewhere, reason="", by=by, now=now)


@pytest.mark.django_db
def test_cancelling_tells_the_caterer_and_is_kept_for_the_report() -> None:
    event = busy_date(people=2)

    cancel_event_with_bookings(event=event, reason="She is ill.", by=any_coordinator(), now=timezone.now())

    row = DisruptedDate.objects.get()
    assert (row.status, row.learners, Order.objects.get().status) == ("cancelled", 2, "cancelled")
    assert told("catalogue.order_cancelled") == 1
    report = disruption_report(timezone.now())
    assert report.sentence == (
        "1 date stopped or changed: 1 cancelled. Of 2 learners 0 have done the course since and 2 were lost."
    )


@pytest.mark.django_db
def test_report_follows_each_learner() -> None:
    event = busy_date(people=3)
    left_before = event.bookings.first()
    assert left_before is not None
    leave(booking=left_before, by=left_before.person, now=timezone.now())
    suspension = suspend()
    waits, moves = event.bookings.filter(status="booked").order_by("pk")
    move_to_date(booking=moves, event=make_event(event.version.course), by=moves.person, now=timezone.now())

    [line] = disruption_report(timezone.now()).lines

    assert (line.suspension, line.statuses["suspended"], line.recovered) == (suspension, 1, 0)
    assert (line.learners.all, line.learners.kept_waiting, line.learners.to_come) == (2, 1, 1)
    assert waits.status == "booked"
    assert disruption_report(timezone.now(), ends_on=in_days(0)).sentence.startswith("No date was suspended")
