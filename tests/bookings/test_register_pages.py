"""The trainer's pages, without script and with htmx."""

import re
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.actions.register import mark
from bookings.models import AccessNeed, Mark, RegisterMark
from tests.bookings.registering import AT_DOOR, Door, at, latest, make_door, url
from tests.conftest import ClientOf
from tests.factories_catalogue import any_coordinator, make_trainer
from training.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]

# The transaction's own words; the audit puts who acts before some of them.
TRANSACTION = re.compile(r"^(SELECT set_config.*; )?(SAVEPOINT|RELEASE)\b")


@pytest.fixture
def door() -> Iterator[Door]:
    return make_door()


def tap(
    client: Client, door: Door, number: int = 0, given: str = "present", *, htmx: bool = False, **typed: str
) -> object:
    headers = {"HX-Request": "true"} if htmx else {}
    data = {"mark": given, "key": str(uuid.uuid4()), **typed}
    return client.post(url(door, "register-mark", door.bookings[number].reference), data, headers=headers)


def test_register_shows_the_missing_first_by_first_name(door: Door, client_of: ClientOf) -> None:
    mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)

    response = client_of(door.trainer).get(reverse("bookings:register", args=[door.event.reference]))

    page = response.content.decode()
    assert [page.index(name) for name in ("Ben Cole", "Cara Dunn", "Anna Bell")] == sorted(
        page.index(name) for name in ("Ben Cole", "Cara Dunn", "Anna Bell")
    )
    assert "1 of 3 here · 2 missing" in page
    for fact in ("4711#", "020 7946 0000", "The car park", "Tess Trainer"):
        assert fact in page


def test_tap_without_script(door: Door, client_of: ClientOf) -> None:
    response = tap(client_of(door.trainer), door)

    assert response.status_code == 302  # type: ignore[attr-defined]
    assert response["Location"] == f"{url(door, 'register-day')}#row-{door.bookings[0].reference}"  # type: ignore[index]
    assert latest(door.session) == {"Anna Bell": "present"}


def test_tap_with_htmx_brings_the_row_and_the_counts(door: Door, client_of: ClientOf) -> None:
    response = tap(client_of(door.trainer), door, htmx=True)

    part = response.content.decode()  # type: ignore[attr-defined]
    assert "<html" not in part
    assert (part.count('<li class="register-row'), "1 of 3 here · 2 missing" in part) == (1, True)
    assert "Ben Cole" not in part


def test_tap_sent_twice_is_one_mark(door: Door, client_of: ClientOf) -> None:
    client, key = client_of(door.trainer), str(uuid.uuid4())

    for given in ("present", "present", "did_not_attend"):
        tap(client, door, given=given, key=key)

    assert list(RegisterMark.objects.order_by("pk").values_list("mark", flat=True)) == ["present", "did_not_attend"]


@pytest.mark.parametrize("people", [3, 30])
def test_tap_costs_the_same_for_any_number_of_people(people: int, client_of: ClientOf) -> None:
    crowd = make_door([f"Person {number:02}" for number in range(people)], places_offered=40, room_limit=40)
    client = client_of(crowd.trainer)
    tap(client, crowd, 1, htmx=True)

    with CaptureQueriesContext(connection) as queries:
        tap(client, crowd, htmx=True)

    statements = [query["sql"] for query in queries if not TRANSACTION.search(query["sql"])]
    assert len(statements) <= 8, "\n".join(one[:60] + one[-150:] for one in statements)


def test_register_costs_the_same_for_any_number_of_people(client_of: ClientOf) -> None:
    costs = []
    for people in (3, 30):
        crowd = make_door(
            [f"Person {number:02}" for number in range(people)],
            places_offered=40,
            room_limit=40,
            trainer=make_trainer(),
        )
        client = client_of(crowd.trainer)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(crowd, "register-day"))
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("time", ["25:61", "soon", "\x00", "\u202e9:50", "9" * 10_000, "14:00"])
def test_nonsense_for_a_time_is_said_beside_what_was_typed(door: Door, client_of: ClientOf, time: str) -> None:
    response = tap(client_of(door.trainer), door, given="late", at_time=time, note="bus strike")

    if time == "\u202e9:50":  # what turns text is dropped, the time is kept
        assert latest(door.session) == {"Anna Bell": "late"}
        return
    assert response.status_code in (200, 400)  # type: ignore[attr-defined]
    assert latest(door.session) == {}
    if time != "\x00":
        page = response.content.decode()  # type: ignore[attr-defined]
        assert "bus strike" in page
        assert "There is a problem" in page


@pytest.mark.parametrize("typed", [{"mark": "dead"}, {"key": "1"}, {"key": ""}, {"mark": ""}, {"note": "n" * 10_000}])
def test_a_form_that_nobody_was_given_marks_nothing(door: Door, client_of: ClientOf, typed: dict[str, str]) -> None:
    data = {"mark": "present", "key": str(uuid.uuid4()), **typed}

    response = client_of(door.trainer).post(url(door, "register-mark", door.bookings[0].reference), data)

    assert response.status_code == 200
    assert latest(door.session) == {}


def test_everyone_else_is_here(door: Door, client_of: ClientOf) -> None:
    tap(client_of(door.trainer), door, given="apologies")

    response = client_of(door.trainer).post(url(door, "register-everyone"), follow=True)

    assert "2 people marked as here." in response.content.decode()
    assert latest(door.session) == {"Anna Bell": "apologies", "Ben Cole": "present", "Cara Dunn": "present"}


def test_add_someone(door: Door, client_of: ClientOf) -> None:
    data = {"name": "Nell New", "email": "nell@x.example", "agency": "A nursery", "submission": str(uuid.uuid4())}

    for _ in range(2):
        response = client_of(door.trainer).post(url(door, "register-add"), data, follow=True)

    assert "Nell New is on the register and marked as here." in response.content.decode()
    assert latest(door.session) == {"Nell New": "present"}


@pytest.mark.parametrize("name", ["", "   ", "\x00", "\u202e\u202e", "N" * 10_000])
def test_add_someone_without_a_real_name_is_refused(door: Door, client_of: ClientOf, name: str) -> None:
    data = {"name": name, "email": "", "agency": "The nursery", "submission": str(uuid.uuid4())}

    response = client_of(door.trainer).post(url(door, "register-add"), data)

    assert response.status_code in (200, 400)
    assert latest(door.session) == {}
    if name != "\x00":
        assert "The nursery" in response.content.decode()


def test_add_someone_to_a_full_room_keeps_what_was_typed(client_of: ClientOf) -> None:
    full = make_door(places_offered=3, room_limit=3, minimum=1)
    data = {"name": "Nell New", "email": "", "agency": "The nursery", "submission": str(uuid.uuid4())}

    page = client_of(full.trainer).post(url(full, "register-add"), data).content.decode()

    assert "The room is full: it holds 3" in page
    assert "Nell New" in page


def test_a_colleague_came_instead(door: Door, client_of: ClientOf) -> None:
    where = url(door, "register-instead", door.bookings[0].reference)
    assert "Who came instead of Anna Bell?" in client_of(door.trainer).get(where).content.decode()

    data = {"name": "Cole League", "email": "", "agency": "", "submission": str(uuid.uuid4())}
    page = client_of(door.trainer).post(where, data, follow=True).content.decode()

    assert "Cole League is marked as here, instead of Anna Bell." in page
    assert latest(door.session) == {"Cole League": "present"}


def test_send_asks_about_the_missing_first(door: Door, client_of: ClientOf) -> None:
    client = client_of(door.trainer)
    tap(client, door)
    with time_machine.travel(at(13), tick=False):
        asked = client.get(url(door, "register-send")).content.decode()
        assert RegisterMark.objects.count() == 1
        bare = client.post(url(door, "register-send")).content.decode()
        client.post(url(door, "register-send"), {"missing": "did_not_come"})

    assert "None of them came: send" in asked
    assert "2 people are not marked yet: Ben Cole, Cara Dunn." in bare
    assert latest(door.session) == {"Anna Bell": "present", "Ben Cole": "did_not_attend", "Cara Dunn": "did_not_attend"}
    door.event.sessions.get().register.refresh_from_db()
    assert door.event.sessions.get().register.sent_at == at(13)


def test_before_the_day_only_who_is_booked(door: Door, client_of: ClientOf) -> None:
    with time_machine.travel(at(17, days=-1), tick=False):
        client = client_of(door.trainer)
        page = client.get(url(door, "register-day")).content.decode()
        tap(client, door)

    assert "You can take this register on Tue 9 Jun" in page
    assert "register-tap" not in page
    assert latest(door.session) == {}


def test_two_days_are_two_registers(client_of: ClientOf) -> None:
    door = make_door(days=2)
    client = client_of(door.trainer)
    tap(client, door)

    with time_machine.travel(at(9, days=1), tick=False):
        again = client_of(door.trainer)
        second = again.get(reverse("bookings:register", args=[door.event.reference])).content.decode()

    assert "0 of 3 here · 3 missing" in second
    assert client.get(url(door, "register-day", day=3)).status_code == 404
    assert client.post(url(door, "register-everyone", day=10**30)).status_code == 404


def test_names_kept_off_lists_are_on_the_screen_and_not_on_paper(door: Door, client_of: ClientOf) -> None:
    Person.objects.filter(pk=door.bookings[0].person_id).update(is_name_private=True)
    client = client_of(door.trainer)

    assert "Anna Bell" in client.get(url(door, "register-day")).content.decode()
    paper = client.get(url(door, "register-paper")).content.decode()
    assert "Anna Bell" not in paper
    assert f"Name kept off lists ({door.bookings[0].reference})" in paper


def test_roll_call_shows_who_is_in_the_room_and_who_needs_help(door: Door, client_of: ClientOf) -> None:
    anna, ben, cara = door.bookings
    AccessNeed.objects.create(booking=ben, what_to_do="Uses a wheelchair", asked_at=AT_DOOR, delete_on=AT_DOOR.date())
    for booking, given in ((anna, Mark.PRESENT), (ben, Mark.LATE), (cara, Mark.LEFT_EARLY)):
        mark(session=door.session, booking=booking, mark=given, by=door.trainer, now=at(12, 59))

    page = client_of(door.trainer).get(url(door, "register-roll-call")).content.decode()

    assert ("Anna Bell" in page, "Ben Cole" in page, "Cara Dunn" in page) == (True, True, False)
    assert page.index("Ben Cole") < page.index("Anna Bell")
    assert ("Uses a wheelchair" in page, "The car park" in page) == (True, True)


def test_adjustments_are_shown_to_the_trainer_of_this_date(door: Door, client_of: ClientOf) -> None:
    need = AccessNeed.objects.create(
        booking=door.bookings[0], what_to_do="Large print, please", asked_at=AT_DOOR, delete_on=AT_DOOR.date()
    )

    assert need.what_to_do in client_of(door.trainer).get(url(door, "register-day")).content.decode()
    assert need.what_to_do in client_of(any_coordinator()).get(url(door, "register-day")).content.decode()
