"""A way of teaching stops: the state at once, the messages once each, and back again."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.disruption.concerned import Scope, concerned_by
from bookings.disruption.lifting import Lifted, lift_suspension, lose_passed_dates
from bookings.disruption.suspending import take_in
from bookings.errors import BookingsError
from bookings.models import (
    Booking,
    CalendarEntry,
    Notice,
    Offer,
    RegisterMark,
    Status,
    Suspension,
)
from bookings.rules.eligibility import reasons_not_bookable
from providers.models import Commission
from tests.bookings.suspending import busy_date, order_food, rooms, suspend, tell, told
from tests.factories import make_user
from tests.factories_bookings import fill, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_venue
from tests.factories_providers import make_order
from training.catalogue.actions.standing import publish_event, unpublish_event
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event

pytestmark = pytest.mark.django_db
ONE_DAY = datetime.timedelta(days=1)


def standing(event: Event) -> str:
    return Event.objects.values_list("standing", flat=True).get(pk=event.pk)


def test_suspend_stops_every_date_of_the_mode_and_keeps_its_people() -> None:
    near, online = busy_date(), make_event(mode="virtual", days=[in_days(30)])
    order = make_order(near)

    suspension = suspend(rooms(first_on=in_days(1)))

    row = suspension.dates.get()
    assert (row.event_id, row.status, row.learners, row.cost_pence) == (near.pk, "suspended", 2, 54000)
    assert (standing(near), standing(online)) == ("suspended", "published")
    assert set(near.bookings.values_list("status", flat=True)) == {"booked"}
    order.refresh_from_db()
    assert (order.status, order.steps.last().reason) == ("paused", "The building is flooded.")
    assert (
        reasons_not_bookable(Event.objects.get(pk=near.pk), make_employee(), None, timezone.now())[0].code
        == "suspended"
    )


def test_everybody_is_told_once_and_calendars_are_emptied() -> None:
    event = busy_date()
    make_order(event)
    suspend()

    assert [tell(), tell()] == [5, 0]  # two people, a trainer, a provider, a caterer

    kinds = ("date_suspended", "dates_trainer", "dates_provider", "dates_supplier")
    assert [told(f"bookings.{kind}") for kind in kinds] == [2, 1, 1, 1]
    assert set(CalendarEntry.objects.values_list("is_cancelled", "sequence")) == {(True, 1)}
    assert set(Notice.objects.values_list("outcome", flat=True)) == {"written"}


def test_a_supplier_without_an_address_is_to_be_rung() -> None:
    order = order_food(make_event(), email="")

    suspend()

    order.refresh_from_db()
    assert (order.attention, order.steps.last().reason) == ("change", "The date is suspended: The building is flooded.")


def test_whoever_waits_is_told_too_and_an_offer_is_taken_back() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0, days=[in_days(3)])
    [first] = fill(event)
    waits = make_booking(event)
    leave(booking=first, by=first.person, now=timezone.now())
    assert Booking.objects.get(pk=waits.pk).status == Status.OFFERED

    suspend()
    tell()

    waits.refresh_from_db()
    assert (waits.status, waits.steps.last().code) == (Status.WAITLISTED, "date_suspended")
    assert Offer.objects.get().outcome == "withdrawn"
    assert told("bookings.date_suspended") == 1


def test_leaving_a_suspended_date_is_free_and_tells_nobody_of_the_suspension() -> None:
    event = busy_date(days=2, people=1)
    booking = event.bookings.get()
    suspend()

    left = leave(booking=booking, by=booking.person, now=timezone.now())
    tell()

    assert left.status == Status.CANCELLED_IN_TIME
    assert told("bookings.date_suspended") == 0
    assert Notice.objects.get(booking=booking).outcome == "not_needed"


def test_scope_of_days_and_venues() -> None:
    hall, other = make_venue("Hall"), make_venue("Other")
    inside = make_event(days=[in_days(10)], venue=hall)
    make_event(days=[in_days(10)], venue=other)
    make_event(days=[in_days(40)], venue=hall)
    two_days = make_event(days=[in_days(5), in_days(12)], venue=hall)

    found = concerned_by(rooms(first_on=in_days(9), last_on=in_days(20), venues=[hall]), timezone.now())

    assert [one.event.pk for one in found.dates] == [two_days.pk, inside.pk]


def test_a_date_with_a_register_is_left_alone() -> None:
    event, by = busy_date(days=1, people=1), any_coordinator().person
    now = timezone.now()
    assert by is not None
    RegisterMark.objects.create(
        uuid="8e0f4f0e-2f44-4c57-9f0e-1b2f3c4d5e6f", session=event.sessions.get(), booking=event.bookings.get(),
        mark="present", made_at=now, received_at=now, by=by,
    )  # fmt: skip

    found = concerned_by(rooms(), now)
    suspension = suspend()

    assert (found.dates, [one.pk for one in found.left_alone]) == ([], [event.pk])
    assert (standing(event), suspension.dates.count()) == ("published", 0)


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ({"mode": "e_learning"}, "no dates that could be suspended"),
        ({"first_on": datetime.date(2019, 1, 1)}, "not in the past"),
        ({"last_on": datetime.date(2019, 1, 1)}, "before the first"),
    ],
)
def test_suspend_refuses_nonsense(scope: dict[str, object], sentence: str) -> None:
    with pytest.raises(BookingsError, match=sentence):
        suspend(rooms(**scope))


def test_suspend_refuses_without_right_or_reason_or_when_the_number_is_another() -> None:
    make_event()

    with pytest.raises(BookingsError, match="Only a coordinator"):
        suspend(by=make_user(make_employee()))
    with pytest.raises(BookingsError, match="Enter why"):
        suspend(reason=" ")
    with pytest.raises(BookingsError, match="it is 1 now, not 3"):
        suspend(seen=3)


def test_a_second_suspension_of_the_same_days_is_refused_and_elsewhere_is_not() -> None:
    hall, other = make_venue("Hall"), make_venue("Other")
    first = suspend(rooms(venues=[hall], last_on=in_days(20)))

    with pytest.raises(BookingsError, match=f"at Hall already, from .* to .*{first.reference}"):
        suspend()
    with pytest.raises(BookingsError, match="is suspended at Hall already"):
        suspend(rooms(venues=[other, hall]))
    suspend(rooms(venues=[other], last_on=in_days(20)))
    suspend(rooms(first_on=in_days(21)))
    suspend(Scope("virtual", in_days(0)))

    assert Suspension.objects.count() == 4


def test_by_hand_a_suspended_date_is_neither_opened_nor_taken_back() -> None:
    event, by = make_event(), any_coordinator()
    suspend()

    with pytest.raises(CatalogueError, match="suspended"):
        publish_event(event=event, by=by, now=timezone.now())
    with pytest.raises(CatalogueError, match="suspended"):
        unpublish_event(event=event, by=by, now=timezone.now())


def test_the_same_form_twice_makes_one_suspension() -> None:
    busy_date()
    submission = "0b54a35e-8a0a-4c7c-9b8c-6a7c1f0f2f11"

    first, again = suspend(submission=submission), suspend(submission=submission)

    assert first.pk == again.pk
    assert Notice.objects.filter(what="suspended").count() == 4


def test_take_in_stops_what_was_opened_since_and_not_what_was_let_go_on() -> None:
    let_go = make_event()
    suspension, by = suspend(), any_coordinator()
    lift_suspension(suspension=suspension, from_day=in_days(0), only=[let_go.reference], by=by, now=timezone.now())
    since = make_event(days=[in_days(31)])

    assert [take_in(suspension=suspension, by=by, now=timezone.now()) for _ in range(2)] == [1, 0]

    assert (standing(let_go), standing(since)) == ("published", "suspended")


def test_lift_brings_back_what_lies_ahead_as_it_was_and_loses_what_is_past() -> None:
    soon, later = busy_date(days=3), busy_date(days=30)
    orders = [make_order(soon), make_order(later)]
    suspension, by = suspend(), any_coordinator()
    tell()
    then = timezone.now() + 10 * ONE_DAY

    lifted = lift_suspension(suspension=suspension, from_day=in_days(0, now=then), by=by, now=then)
    tell(then)

    assert lifted == Lifted(resumed=1, lost=1)
    assert (standing(soon), standing(later)) == ("cancelled", "published")
    assert [Commission.objects.get(pk=one.pk).status for one in orders] == ["cancelled", "ordered"]
    assert set(soon.bookings.values_list("status", flat=True)) == {"event_cancelled"}
    assert set(later.bookings.values_list("status", flat=True)) == {"booked"}
    assert set(soon.orders.values_list("status", flat=True)) == {"cancelled"}
    assert (told("bookings.date_goes_on"), told("bookings.date_lost")) == (2, 2)
    entries = CalendarEntry.objects.filter(booking__event=later)
    assert set(entries.values_list("is_cancelled", "sequence")) == {(False, 2)}


def test_lift_twice_tells_once_and_frees_the_days() -> None:
    event, by, now = busy_date(), any_coordinator(), timezone.now()
    suspension = suspend()

    lifted = [lift_suspension(suspension=suspension, from_day=in_days(0), by=by, now=now) for _ in range(2)]
    tell()

    assert lifted == [Lifted(resumed=1), Lifted()]
    assert told("bookings.date_goes_on") == 2
    assert suspend().dates.get().event_id == event.pk


def test_lift_from_a_later_day_leaves_the_dates_before_it_stopped_until_they_pass() -> None:
    before, after = make_event(days=[in_days(5)]), make_event(days=[in_days(30)])
    suspension, by = suspend(), any_coordinator()

    lifted = lift_suspension(suspension=suspension, from_day=in_days(20), by=by, now=timezone.now())
    lost = [lose_passed_dates(now=timezone.now() + 6 * ONE_DAY) for _ in range(2)]

    assert lifted == Lifted(resumed=1, staying=1)
    assert lost == [1, 0]
    assert (standing(before), standing(after)) == ("cancelled", "published")


def test_lift_refuses_the_past_and_other_people() -> None:
    suspension = suspend()

    with pytest.raises(BookingsError, match="Choose today"):
        lift_suspension(suspension=suspension, from_day=in_days(-1), by=any_coordinator(), now=timezone.now())
    with pytest.raises(BookingsError, match="Only a coordinator"):
        lift_suspension(suspension=suspension, from_day=in_days(0), by=make_user(make_employee()), now=timezone.now())


def test_the_state_takes_as_many_statements_for_one_date_as_for_three() -> None:
    def statements() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as stopping:
            suspension = suspend()
        with CaptureQueriesContext(connection) as lifting:
            lift_suspension(suspension=suspension, from_day=in_days(0), by=any_coordinator(), now=timezone.now())
        return len(stopping), len(lifting)

    make_order(busy_date())
    one = statements()
    for days in (31, 32):
        make_order(busy_date(days=days, people=3))

    assert statements() == one
