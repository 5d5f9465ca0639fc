"""A freed place: booked at once outside the notice period, offered inside it; answered, run out, passed on."""

import datetime

import pytest
from django.utils import timezone

from bookings.actions.booking import book_place
from bookings.actions.leaving import leave
from bookings.actions.offers import answer_offer, end_offers
from bookings.errors import BookingsError
from bookings.models import Booking, Offer, PersonalLink, Status, WaitingDecision
from tests.factories import make_user
from tests.factories_bookings import employment_of, fill, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event
from training.outbox.models import Message
from training.people.models import Agency

pytestmark = pytest.mark.django_db


def one_place(days: int, **fields: object) -> tuple[Booking, Booking, Booking]:
    """Somebody with the only place of a date, and two who wait for it."""
    event = make_event(days=[in_days(days)], room_limit=1, places_offered=1, minimum=0, **fields)
    return fill(event)[0], make_booking(event), make_booking(event)


def offer_of(booking: Booking) -> Offer:
    return booking.offers.get()


def give_up(booking: Booking) -> datetime.datetime:
    now = timezone.now()
    leave(booking=booking, by=booking.person, now=now)
    return now


def statuses(*bookings: Booking) -> list[str]:
    for booking in bookings:
        booking.refresh_from_db()
    return [booking.status for booking in bookings]


def test_inside_the_notice_period_a_place_is_offered_and_never_booked() -> None:
    first, second, third = one_place(4)

    give_up(first)

    assert statuses(first, second, third) == ["cancelled_late", "offered", "waitlisted"]
    assert second.is_late_promotion
    assert offer_of(second).ended_at is None
    assert PersonalLink.objects.get().purpose == "offer"
    message = Message.objects.get(kind="bookings.offered")
    assert message.has_secret
    assert WaitingDecision.objects.get(is_chosen=True).sentence == "1st on the list: was offered a place."


def test_accepting_books_and_again_changes_nothing() -> None:
    first, second, _ = one_place(4)
    now = give_up(first)

    answer_offer(booking=second, accept=True, by=second.person, now=now)
    answer_offer(booking=second, accept=True, by=second.person, now=now)

    assert statuses(second) == ["booked"]
    assert [step.code for step in second.steps.all()] == ["waitlisted", "offered", "offer_accepted"]
    assert Message.objects.filter(kind="bookings.booked", person_reference=second.person.reference).count() == 1


def test_cancelling_after_a_late_promotion_says_it_was_late_but_free() -> None:
    first, second, _ = one_place(4)
    now = give_up(first)
    answer_offer(booking=second, accept=True, by=second.person, now=now)

    left = leave(booking=second, by=second.person, now=now)

    assert (left.status, left.is_late_promotion) == (Status.CANCELLED_LATE, True)


def test_declining_passes_it_on() -> None:
    first, second, third = one_place(4)
    now = give_up(first)

    answer_offer(booking=second, accept=False, by=second.person, now=now)

    assert statuses(second, third) == ["withdrawn", "offered"]


def test_leaving_the_list_while_offered_passes_it_on() -> None:
    first, second, third = one_place(4)
    give_up(first)

    leave(booking=second, by=second.person, now=timezone.now())

    assert statuses(second, third) == ["withdrawn", "offered"]
    assert offer_of(second).outcome == Offer.Outcome.DECLINED


def test_an_offer_that_runs_out_moves_on_by_itself() -> None:
    first, second, third = one_place(4)
    give_up(first)
    later = offer_of(second).expires_at

    assert (end_offers(now=later), end_offers(now=later)) == (1, 0)

    assert statuses(second, third) == ["lapsed", "offered"]
    assert offer_of(second).outcome == Offer.Outcome.RAN_OUT


def test_accepting_at_the_moment_it_expires_is_too_late() -> None:
    first, second, _ = one_place(4)
    give_up(first)
    until = offer_of(second).expires_at

    with pytest.raises(BookingsError, match="This place was yours until"):
        answer_offer(booking=second, accept=True, by=second.person, now=until)
    answer_offer(booking=second, accept=True, by=second.person, now=until - datetime.timedelta(microseconds=1))

    assert statuses(second) == ["booked"]


def test_accepting_after_declining_is_refused() -> None:
    first, second, _ = one_place(4)
    now = give_up(first)
    answer_offer(booking=second, accept=False, by=second.person, now=now)

    with pytest.raises(BookingsError, match="answered already"):
        answer_offer(booking=second, accept=True, by=second.person, now=now)


def test_answering_for_somebody_else_is_refused() -> None:
    first, second, _ = one_place(4)
    now = give_up(first)

    with pytest.raises(BookingsError, match="Only the person booked"):
        answer_offer(booking=second, accept=True, by=make_user(make_employee()), now=now)


def test_answering_without_an_offer_is_refused() -> None:
    _, second, _ = one_place(4)

    with pytest.raises(BookingsError, match="No place is offered"):
        answer_offer(booking=second, accept=True, by=second.person, now=timezone.now())


def test_whoever_is_busy_then_is_passed_over_and_it_is_written_down() -> None:
    day = 30
    first, second, third = one_place(day)
    other = make_event(days=[in_days(day)])
    book_place(
        event=other,
        person=second.person,
        employment=employment_of(second.person),
        by=any_coordinator(),
        now=timezone.now(),
    )

    give_up(first)

    assert statuses(second, third) == ["waitlisted", "booked"]
    passed = WaitingDecision.objects.get(is_chosen=False)
    assert passed.booking == second
    assert passed.sentence == f"1st on the list, passed over: Has a place on {other.version.title} at the same time."


def test_whoever_was_refused_by_the_organisation_is_passed_over() -> None:
    first, second, third = one_place(30)
    assert second.employment is not None
    second.employment.standing = "refused"
    second.employment.save()

    give_up(first)

    assert statuses(second, third) == ["waitlisted", "booked"]


def test_after_the_start_nothing_is_given_away() -> None:
    event = make_event(days=[in_days(-1)], room_limit=1, places_offered=1, minimum=0)
    first = fill(event)[0]
    waiting = make_booking(event)
    Booking.objects.filter(pk=first.pk).update(status="cancelled_late")

    from bookings.actions.places import fill_free_places

    assert fill_free_places(now=timezone.now()) == 0
    assert statuses(waiting) == ["waitlisted"]
    assert Agency.objects.exists()
