"""A limit for one organisation, and a mixed room: what they do to bookings, and what is written down."""

import datetime

import pytest
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.moving_up import move_up
from bookings.actions.places import fill_free_places
from bookings.actions.replacing import move_to_date
from bookings.actions.rules import set_date_cap, take_course_cap
from bookings.errors import BookingsError
from bookings.models import CourseRules, DateCap, PlacesStep, WaitingDecision
from bookings.places.reading import room_of
from tests.bookings.place_rules import book_from, from_sector, ruled_event, set_rules, statuses
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event
from training.catalogue.models import Event
from training.web.when import london_day
from training.web.working_days import add_working_days

pytestmark = pytest.mark.django_db


def cap(event: Event, places: int | None, until: datetime.date | None = None, **fields: object) -> list[str]:
    given = {"by": any_coordinator(), "now": timezone.now(), **fields}
    return [one.status for one in set_date_cap(event=event, places=places, until=until, **given)]  # type: ignore[arg-type]


def test_past_the_limit_people_wait_and_others_do_not() -> None:
    event, school, police = ruled_event(4, cap=2), make_agency(), make_agency()

    booked = book_from(event, school, school, school, police)

    assert statuses(*booked) == ["booked", "booked", "waitlisted", "booked"]


def test_the_limit_ends_by_itself_15_working_days_before() -> None:
    event, school = ruled_event(4, days=60, cap=1), make_agency()
    assert event.starts_at is not None
    last_day = add_working_days(london_day(event.starts_at), -15)
    noon = datetime.datetime.combine(last_day, datetime.time(12), datetime.UTC)
    _, waits = book_from(event, school, school)

    assert room_of(event, london_day(timezone.now())).cap is not None
    assert fill_free_places(now=noon - datetime.timedelta(days=1)) == 0
    assert (fill_free_places(now=noon), fill_free_places(now=noon)) == (1, 0)
    assert statuses(waits) == ["booked"]


def test_a_date_can_have_a_limit_of_its_own_or_none_and_go_back() -> None:
    event, school = ruled_event(6, cap=1), make_agency()
    _, second, third = book_from(event, school, school, school)

    assert cap(event, 2, in_days(20)) == ["booked"]
    assert cap(event, 2, in_days(20)) == []
    assert statuses(second, third) == ["booked", "waitlisted"]
    assert cap(event, None) == ["booked"]
    assert take_course_cap(event=event, by=any_coordinator(), now=timezone.now()) == []
    assert take_course_cap(event=event, by=any_coordinator(), now=timezone.now()) == []

    assert make_booking(event, agency=school).status == "waitlisted"
    assert not DateCap.objects.exists()
    assert [step.code for step in PlacesStep.objects.all()] == ["cap"] * 3


def test_a_higher_limit_for_the_course_gives_the_places_at_once() -> None:
    event, school = ruled_event(4, cap=1), make_agency()
    _, waits = book_from(event, school, school)

    assert set_rules(event.version.course, cap=2) == [waits]


def test_nobody_moves_to_a_date_past_its_limit() -> None:
    event, school = ruled_event(4, cap=1), make_agency()
    book_from(event, school)
    other = make_event(event.version, days=[in_days(50)])

    with pytest.raises(BookingsError, match="At most 1 person of one organisation has a place until"):
        move_to_date(booking=make_booking(other, agency=school), event=event, by=any_coordinator(), now=timezone.now())


@pytest.mark.parametrize(("places", "days"), [(2, None), (2, 0), (2, 90)])
def test_a_limit_without_a_day_that_fits_is_refused(places: int, days: int | None) -> None:
    with pytest.raises(BookingsError, match="Enter a day"):
        cap(ruled_event(), places, None if days is None else in_days(days))


def test_only_a_coordinator_says_how_places_are_given() -> None:
    event, stranger = ruled_event(), make_user(make_employee())

    with pytest.raises(BookingsError, match="Only a coordinator"):
        cap(event, None, by=stranger)
    with pytest.raises(BookingsError, match="Only a coordinator"):
        set_rules(event.version.course, cap=3, by=stranger)


def test_of_two_who_change_the_rules_the_second_is_told() -> None:
    event = ruled_event(cap=2)

    with pytest.raises(BookingsError, match="Somebody else changed these rules"):
        set_rules(event.version.course, cap=3, revision=1)
    assert CourseRules.objects.get().cap == 2


def test_in_a_mixed_room_the_place_goes_to_whose_sector_is_missing_and_all_are_told_why() -> None:
    health, police = from_sector("health"), from_sector("police")
    event = ruled_event(2, next_rule="mix")
    first, _, waits_longest, fits = book_from(event, health, health, health, police)

    leave(booking=first, by=first.person, now=timezone.now())

    assert statuses(waits_longest, fits) == ["waitlisted", "booked"]
    chosen, passed = WaitingDecision.objects.order_by("-is_chosen")
    assert (chosen.turn, passed.turn, chosen.booking, passed.booking) == (1, 1, fits, waits_longest)
    assert chosen.sentence == (
        "2nd on the list: got the place that came free. For a mixed room: nobody from the police sector has a place."
    )
    assert passed.sentence == (
        "1st on the list, passed over: For a mixed room: nobody from the police sector has a place,"
        " 1 from the health sector has one."
    )


def test_inside_the_notice_period_a_mixed_room_offers() -> None:
    health, police = from_sector("health"), from_sector("police")
    event = ruled_event(1, days=4, next_rule="mix")
    first, waits_longest, fits = book_from(event, health, health, police)

    leave(booking=first, by=first.person, now=timezone.now())

    assert statuses(waits_longest, fits) == ["offered", "waitlisted"]  # nobody is in the room, so who waits longest
    assert WaitingDecision.objects.get().sentence.startswith("1st on the list: was offered a place.")


def test_whom_a_coordinator_moves_up_comes_before_the_mix() -> None:
    health, police = from_sector("health"), from_sector("police")
    event = ruled_event(2, next_rule="mix")
    first, _, fits, moved = book_from(event, health, health, police, health)
    move_up(booking=moved, reason="Starts at the refuge on Monday", by=any_coordinator(), now=timezone.now())

    leave(booking=first, by=first.person, now=timezone.now())

    assert statuses(fits, moved) == ["waitlisted", "booked"]


def test_turns_are_numbered_on() -> None:
    event, health = ruled_event(1), from_sector("health")
    booked = book_from(event, health, health, health)

    for one in booked[:2]:
        leave(booking=one, by=one.person, now=timezone.now())

    assert list(WaitingDecision.objects.filter(is_chosen=True).values_list("turn", "booking")) == [
        (1, booked[1].pk),
        (2, booked[2].pk),
    ]
