"""Places cut below those taken: somebody says who loses theirs, they head the list, are told and owe nothing."""

import datetime
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from bookings.actions.cutting import cut_places, last_booked_first
from bookings.actions.leaving import leave
from bookings.actions.places import change_places
from bookings.errors import BookingsError
from bookings.models import Booking, Status, WaitingDecision
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import ensure_policy, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.people.making import make_lead
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import User

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def full(number: int = 3, *, days: int = 60) -> tuple[Event, list[Booking]]:
    """A date with so many places, all taken, the first a minute before the second; and one who waits."""
    event = make_event(days=[in_days(days)], places_offered=number, minimum=0)
    start = timezone.now() - 60 * MINUTE
    booked = [make_booking(event, now=start + n * MINUTE) for n in range(number)]
    make_booking(event, make_employee("Wanda Waits"), now=start + 50 * MINUTE)
    return Event.objects.get(pk=event.pk), booked


def cut(event: Event, losing: list[Booking], offered: int, **changes: Any) -> list[Booking]:
    fresh = Event.objects.get(pk=event.pk)
    data = {"event": fresh, "losing": losing, "by": any_coordinator(), "now": timezone.now()}
    given = {"room_limit": 24, "places_offered": offered, "revision": fresh.revision, "reason": "A smaller room"}
    return cut_places(**{**data, **given, **changes})


def waiting(event: Event) -> list[str]:
    return [row.person.name for row in Booking.objects.filter(event=event).waiting().select_related("person")]


def test_last_booked_first_is_by_when_they_got_the_place() -> None:
    event, (first, second, third) = full()

    assert last_booked_first(event) == [third, second, first]


def test_cut_places_puts_them_at_the_head_and_tells_them_in_the_same_transaction() -> None:
    event, (_first, second, third) = full()

    lost = cut(event, [third, second], 1)

    assert lost == [second, third]
    assert waiting(event) == [second.person.name, third.person.name, "Wanda Waits"]
    event.refresh_from_db()
    assert (event.places_offered, event.places_held) == (1, 1)
    told = Message.objects.filter(kind="bookings.place_lost").order_by("pk")
    assert [message.to_name for message in told] == [second.person.name, third.person.name]
    assert all("A smaller room" in message.text and "owe nothing" in message.text for message in told)
    assert [message.calendar_method for message in told] == ["CANCEL", "CANCEL"]
    assert WaitingDecision.objects.filter(code="places_cut").count() == 2


def test_whoever_lost_a_place_gets_the_next_one_and_is_told_again() -> None:
    event, (first, _second, third) = full()
    cut(event, [third], 2)

    leave(booking=first, by=any_coordinator(), now=timezone.now())

    third.refresh_from_db()
    assert third.status == Status.BOOKED
    again = Message.objects.filter(kind="bookings.booked", to_name=third.person.name)
    assert (again.count(), again.order_by("-pk")[0].calendar_method) == (2, "REQUEST")


def test_cut_places_twice_changes_nothing() -> None:
    event, (_first, _second, third) = full()
    revision = Event.objects.get(pk=event.pk).revision
    cut(event, [third], 2, revision=revision)
    before = (Message.objects.count(), Event.objects.get(pk=event.pk).revision)

    again = cut(event, [third], 2, revision=revision)

    assert (again, Message.objects.count(), Event.objects.get(pk=event.pk).revision) == ([], *before)


@pytest.mark.parametrize(
    ("losing", "offered", "changes", "sentence"),
    [
        (1, 1, {}, "choose 2 people, not 1"),
        (0, 1, {}, "choose 2 people, not none"),
        (3, 1, {}, "choose 2 people, not 3"),
        (2, 1, {"reason": "  "}, "Enter why there are fewer places"),
        (2, 1, {"revision": 99}, "Somebody else changed this date"),
        (0, 4, {"room_limit": 3}, "Offer at most as many places as the room holds"),
    ],
)
def test_cut_places_refuses_and_leaves_everything(
    losing: int, offered: int, changes: dict[str, Any], sentence: str
) -> None:
    event, booked = full()

    with pytest.raises(BookingsError) as refusal:
        cut(event, booked[:losing], offered, **changes)

    assert sentence in str(refusal.value)
    assert set(Booking.objects.filter(pk__in=[one.pk for one in booked]).values_list("status", flat=True)) == {"booked"}
    assert not Message.objects.filter(kind="bookings.place_lost").exists()


def test_cut_places_below_the_fewest_to_run_with_is_refused_whole() -> None:
    event, booked = full()
    Event.objects.filter(pk=event.pk).update(minimum=3)

    with pytest.raises(BookingsError, match="The date runs with 3 people or more"):
        cut(event, booked[:1], 2)

    assert Event.objects.get(pk=event.pk).places_held == 3


def test_cut_places_does_not_touch_another_dates_bookings() -> None:
    event, _ = full()
    stranger = make_booking()

    with pytest.raises(BookingsError, match="choose 1 person, not none"):
        cut(event, [stranger], 2)


def test_cut_places_is_a_coordinators() -> None:
    event, booked = full()
    for user in (make_user(make_employee()), make_lead(make_agency())):
        with pytest.raises(BookingsError, match="Only a coordinator"):
            cut(event, booked[:1], 2, by=user)


def test_cut_places_refuses_a_date_that_has_begun() -> None:
    event, booked = full(days=60)

    with pytest.raises(BookingsError, match="This date has begun"):
        cut(event, booked[:1], 2, now=timezone.now() + datetime.timedelta(days=90))


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_cut_at_once_and_one_is_told() -> None:
    event, booked = full()
    by, fresh = any_coordinator(), Event.objects.get(pk=event.pk)
    outcomes: list[str] = []

    def go(losing: Booking) -> None:
        try:
            cut_places(
                event=fresh, room_limit=24, places_offered=2, losing=[losing], reason="Smaller",
                revision=fresh.revision, by=by, now=timezone.now(),
            )  # fmt: skip
            outcomes.append("cut")
        except BookingsError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[one]) for one in booked[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["cut", "refused"]
    assert Event.objects.get(pk=event.pk).places_held == 2


# --- The page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    ensure_policy()
    return client_of(coordinator)


def test_the_page_of_places_leads_there_with_what_was_typed(desk: Client) -> None:
    event, (_first, second, third) = full()
    data = {"room_limit": "24", "places_offered": "1", "revision": str(event.revision)}

    page = desk.post(f"/desk/dates/{event}/places/", data, follow=True)

    assert page.redirect_chain == [(f"/desk/dates/{event}/places/fewer/?room_limit=24&places_offered=1", 302)]
    assert page.context["form"]["losing"].value() == [third.reference, second.reference]
    assert Event.objects.get(pk=event.pk).places_offered == 3


def test_the_page_cuts(desk: Client) -> None:
    event, (first, _second, _third) = full()
    data = {"room_limit": "24", "places_offered": "2", "losing": [first.reference], "reason": "A smaller room",
            "revision": str(event.revision)}  # fmt: skip

    pages = [desk.post(f"/desk/dates/{event}/places/fewer/", data) for _ in range(2)]

    assert pages[0]["Location"] == f"/desk/dates/{event}/people/"
    assert waiting(event) == [first.person.name, "Wanda Waits"]
    assert pages[1].status_code == 200
    assert Message.objects.filter(kind="bookings.place_lost").count() == 1


@pytest.mark.parametrize(
    "query", ["", "?room_limit=x&places_offered=y", "?places_offered=-1&room_limit=0", "?places_offered=99999"]
)
def test_the_page_bears_any_address(desk: Client, query: str) -> None:
    event, _ = full()

    assert desk.get(f"/desk/dates/{event}/places/fewer/{query}").status_code == 200


@pytest.mark.parametrize("losing", [["NOBODY"], [], ["x" * 500]])
def test_the_page_refuses_who_is_not_booked(desk: Client, losing: list[str]) -> None:
    event, _ = full()
    data = {"room_limit": "24", "places_offered": "2", "losing": losing, "reason": "x", "revision": str(event.revision)}

    page = desk.post(f"/desk/dates/{event}/places/fewer/", data)

    assert page.status_code == 200
    assert page.context["form"].errors["losing"]
    assert Event.objects.get(pk=event.pk).places_held == 3


def test_the_page_is_closed_to_others(partnership: object, client_of: ClientOf) -> None:
    event, _ = full()
    address = f"/desk/dates/{event}/places/fewer/"

    assert client_of(make_user(make_employee())).post(address).status_code == 403
    assert Client().post(address).status_code == 302


def test_change_places_alone_still_refuses() -> None:
    event, _ = full()

    with pytest.raises(BookingsError, match="Offer at least 3"):
        change_places(
            event=event, room_limit=24, places_offered=2, revision=event.revision, by=any_coordinator(),
            now=timezone.now(),
        )  # fmt: skip


def test_the_page_leads_back_when_nobody_has_a_place(desk: Client) -> None:
    event = make_event(days=[in_days(60)])

    for answer in (
        desk.get(f"/desk/dates/{event.reference}/places/fewer/"),
        desk.post(f"/desk/dates/{event.reference}/places/fewer/"),
    ):
        assert (answer.status_code, answer["Location"]) == (302, f"/desk/dates/{event.reference}/places/")
