"""Places that stood empty are found once, and nobody is asked about what is not charged."""

import datetime

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.replacing import send_colleague
from bookings.charges.finding import find_missed
from bookings.disruption import cancel_event_with_bookings
from bookings.models import Booking, Charge, ChargeStatus, Ground, Mark, PersonalLink, Register, Status
from tests.bookings.charging import begin_charging, make_absent, past_event, put_right, send_register
from tests.factories import make_agency, make_partnership
from tests.factories_bookings import make_booking, make_employee, make_policy
from tests.factories_catalogue import any_coordinator
from training.catalogue.models import Event
from training.outbox.models import Message

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def charging() -> None:
    begin_charging()


def found() -> list[tuple[str, str, str, int]]:
    rows = Charge.objects.order_by("pk")
    return [(row.ground, row.status, row.why_not, row.amount_pence) for row in rows]


def before(event: Event) -> datetime.datetime:
    """Long after cancelling has stopped being free."""
    assert event.starts_at is not None
    return event.starts_at - 5 * HOUR


def leave_late(booking: Booking) -> None:
    leave(booking=booking, by=any_coordinator(), now=before(booking.event))


def test_whoever_did_not_come_and_their_manager_are_asked_once() -> None:
    booking = make_absent()
    now = timezone.now()

    assert [find_missed(now=now) for _ in range(2)] == [1, 0]

    assert found() == [(Ground.DID_NOT_COME, ChargeStatus.ASKED, "", 8000)]
    messages = Message.objects.filter(kind__startswith="bookings.missed_why").order_by("kind")
    assert [(one.kind, one.to_address) for one in messages] == [
        ("bookings.missed_why", booking.person.email),
        ("bookings.missed_why_manager", "manager@bankside.example"),
    ]
    assert all(one.has_secret for one in messages)
    assert PersonalLink.objects.filter(booking=booking, purpose__startswith="missed").count() == 2


def test_whoever_cancelled_late_is_asked() -> None:
    event = past_event()
    leave_late(make_booking(event))
    send_register(event, [])

    find_missed(now=timezone.now())

    assert found() == [(Ground.CANCELLED_LATE, ChargeStatus.ASKED, "", 8000)]


def test_a_register_that_has_not_come_is_waited_for() -> None:
    booking = make_absent()
    Register.objects.filter(session__event=booking.event).update(sent_at=None, sent_by=None)

    assert find_missed(now=timezone.now()) == 0


def test_before_the_first_day_nobody_is_asked() -> None:
    make_absent()
    for day in (None, timezone.localdate()):
        make_partnership(charges_from=day)
        assert find_missed(now=timezone.now()) == 0


def test_rules_without_a_sum_leave_no_trace() -> None:
    make_policy()
    make_absent()

    assert find_missed(now=timezone.now()) == 0
    assert found() == []


@pytest.mark.parametrize("why", ["exempt_agency", "promoted_late", "no_organisation"])
def test_none_is_due_and_the_reason_is_kept(why: str) -> None:
    booking = make_absent(agency=make_agency(is_charge_exempt=why == "exempt_agency"))
    if why == "promoted_late":
        Booking.objects.update(is_late_promotion=True)
    if why == "no_organisation":
        Booking.objects.update(employment=None)

    find_missed(now=timezone.now())

    assert found() == [(Ground.DID_NOT_COME, ChargeStatus.NOT_DUE, why, found()[0][3])]
    assert not Message.objects.filter(kind__startswith="bookings.missed_why").exists()
    assert Charge.objects.get().booking == booking


def test_none_where_somebody_else_took_the_place() -> None:
    event = past_event(room_limit=1, places_offered=1, minimum=0)
    first = make_booking(event)
    starts = event.starts_at
    assert starts is not None
    second = make_booking(event, make_employee())
    assert second.status == Status.WAITLISTED
    leave_late(first)
    Booking.objects.filter(pk=second.pk).update(status=Status.WAITLISTED)
    second.refresh_from_db()
    second.move_to(Status.BOOKED, by=None, now=starts - 2 * HOUR, code="promoted")
    send_register(event, [])

    find_missed(now=timezone.now())

    assert found() == [(Ground.CANCELLED_LATE, ChargeStatus.NOT_DUE, "refilled", 0)]


def test_none_where_we_cancelled_the_date() -> None:
    event = past_event()
    left, stayed = make_booking(event), make_booking(event)
    leave_late(left)
    starts = event.starts_at
    assert starts is not None
    cancel_event_with_bookings(event=event, reason="Snow", by=any_coordinator(), now=starts - HOUR)

    find_missed(now=timezone.now())

    assert found() == [(Ground.CANCELLED_LATE, ChargeStatus.NOT_DUE, "called_off", 0)]
    stayed.refresh_from_db()
    assert stayed.status == Status.EVENT_CANCELLED


def test_a_colleague_instead_and_apologies_are_free() -> None:
    event = past_event()
    booking, other = make_booking(event), make_booking(event)
    send_colleague(
        booking=other, name="Cora Colleague", email="cora@bankside.example", by=any_coordinator(), now=before(event)
    )
    send_register(event, [])
    put_right(booking, Mark.APOLOGIES)

    assert find_missed(now=timezone.now()) == 0
