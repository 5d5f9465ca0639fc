"""Places kept, released, changed; and a whole date cancelled."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.places import change_places, fill_free_places, keep_places, release_places
from bookings.disruption import cancel_event_with_bookings
from bookings.errors import BookingsError
from bookings.models import AgencyAllocation, Booking, Status
from tests.factories import make_agency, make_user
from tests.factories_bookings import fill, make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_teaching
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import User
from training.web.working_days import add_working_days

pytestmark = pytest.mark.django_db


def small(places: int = 2, **fields: object) -> Event:
    return make_event(**{"room_limit": 6, "places_offered": places, "minimum": 0, **fields})


def keep(event: Event, places: int, **fields: object) -> AgencyAllocation:
    given = {"reason": "Asked for", "release_on": in_days(10), "by": any_coordinator(), "now": timezone.now(), **fields}
    return keep_places(event=event, places=places, **given)  # type: ignore[arg-type]


def change(event: Event, offered: int, **fields: object) -> list[Booking]:
    event.refresh_from_db()
    given = {"room_limit": 6, "revision": event.revision, "by": any_coordinator(), "now": timezone.now(), **fields}
    return change_places(event=event, places_offered=offered, **given)  # type: ignore[arg-type]


def test_kept_places_are_for_their_own() -> None:
    event, agency = small(), make_agency()
    keep(event, 1, agency=agency)
    make_booking(event)

    assert [make_booking(event).status, make_booking(event, agency=agency).status] == ["waitlisted", "booked"]


def test_kept_for_a_sector() -> None:
    event = small()
    keep(event, 1, sector="education")
    make_booking(event)

    school = make_agency(sector="education")
    assert [make_booking(event).status, make_booking(event, agency=school).status] == ["waitlisted", "booked"]


def test_releasing_gives_them_to_whoever_waits() -> None:
    event = small(1)
    allocation = keep(event, 1, sector="faith")
    waiting = make_booking(event)

    given = release_places(allocation=allocation, by=any_coordinator(), now=timezone.now())

    assert given == [waiting]
    assert release_places(allocation=allocation, by=any_coordinator(), now=timezone.now()) == []


def test_on_the_day_they_release_themselves() -> None:
    event = small(1)
    keep(event, 1, sector="faith", release_on=in_days(3))
    waiting = make_booking(event)
    day = timezone.now() + datetime.timedelta(days=3)

    assert fill_free_places(now=timezone.now() + datetime.timedelta(days=2)) == 0
    assert (fill_free_places(now=day), fill_free_places(now=day)) == (1, 0)

    waiting.refresh_from_db()
    assert waiting.status == Status.BOOKED


def test_keeping_more_than_is_left_is_refused() -> None:
    event = small(3)
    make_booking(event)

    with pytest.raises(BookingsError, match="Only 2 places of this date are left to keep"):
        keep(event, 3, sector="faith")
    keep(event, 2, sector="faith")
    with pytest.raises(BookingsError, match="You can keep 0 for them"):
        keep(event, 1, sector="police")
    assert AgencyAllocation.objects.count() == 1


def test_keeping_again_changes_it() -> None:
    event = small(3)
    keep(event, 2, sector="faith")

    assert keep(event, 1, sector="faith").places == 1
    assert AgencyAllocation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"sector": ""},
        {"reason": " "},
        {"release_on": datetime.date(2020, 1, 1)},
        {"release_on": datetime.date(2099, 1, 1)},
    ],
)
def test_keeping_nonsense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BookingsError):
        keep(small(), 1, **{"sector": "faith", **wrong})


def test_only_a_coordinator_changes_places() -> None:
    event, stranger = small(), make_user()
    allocation = keep(event, 1, sector="faith")

    for refused in (
        lambda: keep(event, 1, sector="police", by=stranger),
        lambda: change(event, 3, by=stranger),
        lambda: release_places(allocation=allocation, by=stranger, now=timezone.now()),
        lambda: cancel_event_with_bookings(event=event, reason="x", by=stranger, now=timezone.now()),
    ):
        with pytest.raises(BookingsError, match="Only a coordinator"):
            refused()


def test_more_places_go_to_the_waiting_list_at_once() -> None:
    event = small(1)
    fill(event)
    first, second, third = (make_booking(event) for _ in range(3))

    assert change(event, 3) == [first, second]
    third.refresh_from_db()
    assert third.status == Status.WAITLISTED


def test_fewer_places_than_held_or_a_stale_page_is_refused() -> None:
    event = small(2)
    fill(event)

    for wrong, why in (
        ({"offered": 1}, "2 people are booked"),
        ({"offered": 9}, "as the room"),
        ({"offered": 4, "revision": 99}, "Somebody"),
    ):
        with pytest.raises(BookingsError, match=why):
            change(event, **wrong)  # type: ignore[arg-type]


def cancel(event: Event, **fields: object) -> Event:
    given = {"reason": "The room is flooded", "by": any_coordinator(), "now": timezone.now(), **fields}
    return cancel_event_with_bookings(event=event, **given)  # type: ignore[arg-type]


def test_cancelling_a_date_tells_everybody_once() -> None:
    event = small(1, days=[in_days(30)])
    make_teaching(event)
    booked, waiting = fill(event)[0], make_booking(event)

    cancelled = cancel(event)
    cancel(event)

    booked.refresh_from_db()
    waiting.refresh_from_db()
    event.refresh_from_db()
    assert (cancelled.standing, event.places_held) == ("cancelled", 0)
    assert [booked.status, waiting.status] == [Status.EVENT_CANCELLED] * 2
    assert Message.objects.filter(kind="bookings.event_cancelled").count() == 2
    assert Message.objects.filter(kind="catalogue.date_cancelled").count() == 1


def test_cancelling_ends_open_offers() -> None:
    from bookings.actions.leaving import leave

    event = small(1, days=[in_days(4)])
    first, waiting = fill(event)[0], make_booking(event)
    leave(booking=first, by=first.person, now=timezone.now())

    cancel(event)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.offers.get().outcome) == (Status.EVENT_CANCELLED, "withdrawn")


def test_cancelling_without_a_reason_or_after_the_start_is_refused() -> None:
    begun = small(days=[in_days(-1)])

    with pytest.raises(BookingsError, match="Enter why"):
        cancel(small(), reason="  ")
    with pytest.raises(BookingsError, match="has begun"):
        cancel(begun)


def test_the_page_proposes_the_day_that_the_rules_say(client: Client, coordinator: User) -> None:
    event = make_event(days=[in_days(60)])
    client.force_login(coordinator)

    page = client.get(reverse("bookings:event-places", args=[event.reference]))

    assert page.context["keep_form"].initial["release_on"] == add_working_days(in_days(60), -15)
