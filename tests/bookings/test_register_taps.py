"""What a phone without a signal kept: taken once, in order, each with its own answer."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.actions.register import mark
from bookings.models import Booking, Mark, RegisterMark
from tests.bookings.registering import AT_DOOR, Door, at, latest, make_door
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_trainer
from training.people.devices import account_key
from training.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]


@pytest.fixture
def door() -> Door:
    return make_door()


def url(door: Door) -> str:
    return reverse("bookings:register-taps", args=[door.event.reference, 1])


def made(kind: str = "mark", **said: str) -> dict[str, str]:
    return {"uuid": str(uuid.uuid4()), "kind": kind, "made_at": at(9, 10).isoformat(), **said}


def on(booking: Booking, given: str = "present", **said: str) -> dict[str, str]:
    return made(booking=booking.reference, mark=given, **said)


def send(client: Client, door: Door, *taps: Any, user: User | None = None) -> Any:
    body = {"account": account_key(user or door.trainer), "taps": list(taps)}
    return client.post(url(door), json.dumps(body), content_type="application/json")


def refusals(answer: Any) -> list[str]:
    return [receipt["refusal"] for receipt in answer.json()["receipts"]]


def test_taps_become_marks_with_the_clock_of_the_phone(door: Door, client_of: ClientOf) -> None:
    anna, ben, _ = door.bookings

    answer = send(client_of(door.trainer), door, on(anna), on(ben, "late", at_time="9:45", note="bus"))

    assert refusals(answer) == ["", ""]
    assert latest(door.session) == {"Anna Bell": "present", "Ben Cole": "late"}
    row = RegisterMark.objects.get(booking=ben)
    assert (row.made_at, row.received_at, str(row.at_time), row.note) == (at(9, 10), AT_DOOR, "09:45:00", "bus")
    assert {row["name"]: row["words"] for row in answer.json()["rows"]} == {
        "Anna Bell": "Here", "Ben Cole": "Came late, 9:45", "Cara Dunn": "Not marked",
    }  # fmt: skip


def test_taps_sent_twice_are_one(door: Door, client_of: ClientOf) -> None:
    client = client_of(door.trainer)
    taps = [on(door.bookings[0]), made("arrival", name="Nell Newcomer", agency="St Jude’s")]
    send(client, door, *taps)

    again = send(client, door, *taps)

    assert refusals(again) == ["", ""]
    assert (RegisterMark.objects.count(), Booking.objects.filter(event=door.event).count()) == (2, 4)


def test_the_last_of_two_taps_counts_when_they_arrive_together(door: Door, client_of: ClientOf) -> None:
    send(client_of(door.trainer), door, on(door.bookings[0]), on(door.bookings[0], "expected"))

    assert latest(door.session) == {"Anna Bell": "expected"}


def test_of_two_phones_the_mark_made_later_counts(door: Door, client_of: ClientOf) -> None:
    anna = door.bookings[0]
    mark(session=door.session, booking=anna, mark=Mark.APOLOGIES, by=any_coordinator(), now=at(9, 15))

    send(client_of(door.trainer), door, on(anna))

    assert latest(door.session) == {"Anna Bell": "apologies"}


def test_everyone_else_leaves_whoever_has_a_mark_from_elsewhere(door: Door, client_of: ClientOf) -> None:
    mark(session=door.session, booking=door.bookings[0], mark=Mark.APOLOGIES, by=any_coordinator(), now=at(9, 5))
    rest = [made("rest", booking=booking.reference, mark="present") for booking in door.bookings]

    answer = send(client_of(door.trainer), door, *rest)

    assert refusals(answer) == ["", "", ""]
    assert latest(door.session) == {"Anna Bell": "apologies", "Ben Cole": "present", "Cara Dunn": "present"}


def test_somebody_added_without_signal_can_be_marked_before_they_are_sent(door: Door, client_of: ClientOf) -> None:
    arrival = made("arrival", name="Nell Newcomer", agency="St Jude’s Nursery")
    left = made(booking=f"new:{arrival['uuid']}", mark="left_early", at_time="9:50", made_at=at(9, 12).isoformat())

    answer = send(client_of(door.trainer), door, arrival, left)

    assert refusals(answer) == ["", ""]
    assert latest(door.session) == {"Nell Newcomer": "left_early"}
    booking = Booking.objects.get(person__name="Nell Newcomer")
    assert (booking.origin, booking.person.standing) == ("walk_in", "provisional")


def test_a_colleague_who_came_instead(door: Door, client_of: ClientOf) -> None:
    tap = made("instead", booking=door.bookings[0].reference, name="Carl League")

    answer = send(client_of(door.trainer), door, tap)

    assert refusals(answer) == [""]
    assert sorted(row["name"] for row in answer.json()["rows"]) == ["Ben Cole", "Cara Dunn", "Carl League"]


def test_a_refused_tap_has_its_sentence_and_holds_up_no_other(door: Door, client_of: ClientOf) -> None:
    anna, ben, cara = door.bookings
    taps = [on(anna, "late", at_time="20:00"), on(ben, "late", at_time="soon"), made(booking="NOBODY", mark="present")]

    answer = send(client_of(door.trainer), door, *taps, made("arrival", name=""), on(cara))

    found = refusals(answer)
    assert found[0] == "This day is 9:30–13:00: enter a time in between."
    assert [bool(sentence) for sentence in found] == [True, True, True, True, False]
    assert found[2:4] == ["This person is not on this register any more.", "Enter the name of whoever came."]
    assert latest(door.session) == {"Cara Dunn": "present"}


def test_a_full_room_refuses_who_came_without_booking(client_of: ClientOf) -> None:
    door = make_door(places_offered=3, room_limit=3, minimum=1)

    answer = send(client_of(door.trainer), door, made("arrival", name="Nell Newcomer"))

    assert refusals(answer)[0].startswith("The room is full: it holds 3")


def test_an_arrival_of_another_date_is_refused(door: Door, client_of: ClientOf) -> None:
    tap, other, coordinator = made("arrival", name="Nell Newcomer"), make_door(["Dora East"]), any_coordinator()
    client = client_of(coordinator)
    send(client, door, tap, user=coordinator)

    answer = send(client, other, tap, user=coordinator)

    assert refusals(answer)[0].startswith("This was sent for another date.")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff", b"[]", b"{}", b'{"taps": 3}', b'{"taps": ["x"]}', b'{"taps": [' + b"{}," * 200 + b"{}]}",
        b"[" * 9999,
    ],
)  # fmt: skip
def test_rubbish_is_a_clear_error(body: bytes, door: Door, client_of: ClientOf) -> None:
    answer = client_of(door.trainer).post(url(door), body, content_type="application/json")

    assert (answer.status_code, answer.json()) == (400, {"refusal": "This could not be read."})


@pytest.mark.parametrize(
    "changed",
    [
        {"uuid": "x"}, {"kind": "dance"}, {"made_at": "once"}, {"mark": "asleep"}, {"mark": ""}, {"uuid": None},
        {"booking": ["a"]}, {"note": "x" * 201}, {"note": "a\x00b"}, {"made_at": {}},
    ],
)  # fmt: skip
def test_a_tap_of_rubbish_is_refused_by_itself(changed: Any, door: Door, client_of: ClientOf) -> None:
    answer = send(client_of(door.trainer), door, on(door.bookings[0]) | changed, on(door.bookings[1]))

    assert [bool(sentence) for sentence in refusals(answer)] == [True, False]
    assert latest(door.session) == {"Ben Cole": "present"}


def test_another_account_on_the_same_phone_sends_nothing_of_mine(door: Door, client_of: ClientOf) -> None:
    answer = send(client_of(any_coordinator()), door, on(door.bookings[0]), user=door.trainer)

    assert (answer.status_code, latest(door.session)) == (409, {})


@pytest.mark.parametrize("who", ["other trainer", "practitioner"])
def test_nobody_else_sends_or_reads(who: str, door: Door, client_of: ClientOf) -> None:
    user = make_user(make_trainer("Otto Other")) if who == "other trainer" else make_user(door.bookings[0].person)
    client = client_of(user)

    assert (client.get(url(door)).status_code, send(client, door, user=user).status_code) == (404, 404)


def test_signed_out_the_phone_is_led_elsewhere(door: Door, client: Client) -> None:
    assert (client.get(url(door)).status_code, send(client, door).status_code) == (302, 302)


def test_looking_changes_nothing(door: Door, client_of: ClientOf) -> None:
    answer = client_of(door.trainer).get(url(door))

    assert (answer.json()["receipts"], len(answer.json()["rows"]), RegisterMark.objects.count()) == ([], 3, 0)


def test_after_ten_days_the_phone_is_told_so(door: Door, client_of: ClientOf, time_machine: Any) -> None:
    time_machine.move_to(at(9, days=12), tick=False)

    answer = send(client_of(door.trainer), door, on(door.bookings[0]))

    assert refusals(answer)[0].startswith("This register was closed after ten days.")


def test_the_worker_and_the_page_without_signal_hold_nothing(client: Client) -> None:
    worker = client.get("/register/worker.js")

    assert (worker.status_code, worker["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert "worker-src 'self'" in worker["Content-Security-Policy"]
    assert "No signal" in client.get("/register/no-signal/").content.decode()
