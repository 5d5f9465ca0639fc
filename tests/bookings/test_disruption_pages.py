"""The pages of suspensions, of one date that cannot run, and of those who were on it."""

import datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.disruption.changing import convert_dates
from bookings.models import DisruptedDate, Suspension
from providers.models import ContractRate
from tests.bookings.suspending import busy_date, rooms, suspend, tell
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_teaching, make_trainer
from tests.factories_providers import make_contract, make_order
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import Partnership, Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def day_fields(name: str, day: datetime.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def asked(**fields: str) -> str:
    given = {"mode": "face_to_face", "reason": "Flood", **day_fields("first_on", in_days(0)), **fields}
    return f"{reverse('bookings:suspension-new')}?{urlencode(given)}"


def body(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def desk(client_of: ClientOf) -> Client:
    return client_of(any_coordinator())


def test_suspend_shows_first_then_acts_once(desk: Client) -> None:
    busy_date()
    shown = body(desk.get(asked()))
    assert ("Suspend 1 date?" in shown, Suspension.objects.count()) == (True, 0)
    button = {"seen": "1", "submission": "0b54a35e-8a0a-4c7c-9b8c-6a7c1f0f2f11"}

    first, again = desk.post(asked(), button), desk.post(asked(), button)

    suspension = Suspension.objects.get()
    page = reverse("bookings:suspension", args=[suspension.reference])
    assert (first["Location"], again["Location"]) == (page, page)
    assert "0 of 4 written to" in body(desk.get(page))
    tell()
    assert "All 4 to be told have been." in body(desk.get(page))


def test_suspend_says_what_is_wrong_and_acts_on_nothing(desk: Client) -> None:
    make_event()
    button = {"seen": "7", "submission": "0b54a35e-8a0a-4c7c-9b8c-6a7c1f0f2f11"}

    assert "Enter why" in body(desk.get(asked(reason="")))
    assert "it is 1 now, not 7" in body(desk.post(asked(), button))
    assert body(desk.post(asked(mode="rubbish"), button))
    assert desk.post(asked(), {"seen": "x", "submission": "x"}).status_code == 200
    assert Suspension.objects.count() == 0


def test_the_files_list_dates_and_people(desk: Client) -> None:
    event = busy_date()
    query = asked().partition("?")[2]

    listed = desk.get(f"{reverse('bookings:concerned-file', args=['csv'])}?{query}").content.decode("utf-8-sig")

    assert listed.splitlines()[1].startswith(f"{event.reference},")
    assert desk.get(f"{reverse('bookings:concerned-file', args=['xlsx'])}?{query}").status_code == 200
    assert desk.get(reverse("bookings:concerned-file", args=["csv"])).status_code == 404
    suspend()
    report = desk.get(reverse("bookings:disruption-file", args=["csv"])).content.decode("utf-8-sig")
    assert "Face to face from" in report.splitlines()[1]
    assert desk.get(reverse("bookings:disruption-file", args=["xlsx"])).status_code == 200
    assert desk.get(reverse("bookings:disruption-file", args=["doc"])).status_code == 404


def test_convert_and_lift_show_first_then_act(desk: Client) -> None:
    online, back = busy_date(days=20), busy_date(days=30)
    suspension = suspend()
    convert = reverse("bookings:suspension-convert", args=[suspension.reference])
    given = urlencode({"dates": online.reference, "split": "whole", "reason": "Flood"})
    assert "Move 1 date live online?" in body(desk.get(f"{convert}?{given}"))

    assert desk.post(f"{convert}?{given}", {online.reference: "https://meet.example/1"}).status_code == 302
    lift = reverse("bookings:suspension-lift", args=[suspension.reference])
    days = urlencode({"which": "all", **day_fields("from_day", in_days(0))})
    assert "1 date takes place after all?" in body(desk.get(f"{lift}?{days}"))
    assert desk.post(f"{lift}?{days}").status_code == 302
    assert desk.post(f"{lift}?{days}").status_code == 302

    assert Event.objects.get(pk=online.pk).joining_link == "https://meet.example/1"
    assert list(DisruptedDate.objects.values_list("status", flat=True)) == ["converted", "resumed"]
    assert 'name="dates"' not in body(desk.get(lift))  # an empty list of boxes breaks the page's script
    assert Event.objects.get(pk=back.pk).standing == "published"


def test_convert_and_lift_want_something_chosen(desk: Client) -> None:
    busy_date()
    suspension = suspend()
    days = urlencode({"which": "some", **day_fields("from_day", in_days(0))})

    for name, query in (("convert", "split=whole&dates=rubbish"), ("lift", days)):
        page = reverse(f"bookings:suspension-{name}", args=[suspension.reference])
        assert "There is a problem" in body(desk.post(f"{page}?{query}"))

    assert DisruptedDate.objects.get().status == "suspended"


def test_take_in_button(desk: Client) -> None:
    suspension = suspend()
    make_event()
    page = reverse("bookings:suspension", args=[suspension.reference])
    assert "1 open date falls under it too" in body(desk.get(page))

    desk.post(reverse("bookings:suspension-take-in", args=[suspension.reference]))

    assert suspension.dates.count() == 1


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.PDL_MEMBER])
def test_only_coordinators_act_and_reports_are_read_by_the_subgroup(client_of: ClientOf, role: Role | None) -> None:
    event = make_event()
    suspension = suspend()
    client = client_of(make_user(role=role) if role else make_user(make_employee()))

    for name in ("suspension-convert", "suspension-lift"):
        assert client.post(reverse(f"bookings:{name}", args=[suspension.reference])).status_code == 403
    assert client.post(asked()).status_code == 403
    assert client.post(reverse("bookings:date-rescue", args=[event.reference])).status_code == 403
    expected = 200 if role == Role.PDL_MEMBER else 403
    assert client.get(reverse("bookings:disruption")).status_code == expected
    assert client.get(reverse("bookings:suspension", args=[suspension.reference])).status_code == expected


def test_suspension_page_asks_as_much_for_one_date_as_for_three(desk: Client) -> None:
    def queries(reference: str) -> int:
        with CaptureQueriesContext(connection) as found:
            desk.get(reverse("bookings:suspension", args=[reference]))
        return len(found)

    busy_date()
    first = suspend(rooms(last_on=in_days(40)))
    one = queries(first.reference)
    for days in (51, 52, 53):
        busy_date(days=days)
    assert queries(suspend(rooms(first_on=in_days(50))).reference) == one


def trainer_of(event: Event) -> User:
    trainer = make_user(make_trainer("Dana Whitlock"))
    assert trainer.person
    make_teaching(event, trainer.person)
    return trainer


def test_a_trainer_says_so_and_nobody_else_may(client_of: ClientOf) -> None:
    event = make_event(days=[in_days(1)])
    trainer = trainer_of(event)
    page = reverse("bookings:teaching-cant-come", args=[event.reference])

    assert client_of(make_user(make_trainer())).get(page).status_code == 404
    assert "You can’t come to teach" in body(client_of(trainer).get(page))
    for _ in range(2):
        assert client_of(trainer).post(page, {"reason": "Ill"}).status_code == 302

    assert Message.objects.filter(kind="bookings.trainer_cant_come").count() == 1


def test_rescue_shows_every_way_out_and_each_acts(desk: Client) -> None:
    event, free = busy_date(days=2), make_trainer("Somebody Free")
    page = reverse("bookings:date-rescue", args=[event.reference])
    shown = body(desk.get(page))
    assert all(f'id="{way}"' in shown for way in ("ill", "other", "online", "postpone", "cancel"))
    assert 'id="alone"' not in shown  # nobody has said that they cannot come
    assert "There is a problem" in body(desk.post(page, {"do": "postpone", "reason": ""}))
    assert body(desk.post(page, {"do": "rubbish"}))

    assert desk.post(page, {"do": "other", "person": free.reference}).status_code == 302
    assert desk.post(page, {"do": "ill", "person": free.reference}).status_code == 302
    assert 'id="alone"' in body(desk.get(page))
    assert desk.post(page, {"do": "alone"}).status_code == 302
    assert desk.post(page, {"do": "postpone", "reason": "Ill", **day_fields("first_on", in_days(9))}).status_code == 302
    assert desk.post(page, {"do": "online", "reason": "Ill", "link": ""}).status_code == 302
    assert desk.post(page, {"do": "cancel", "reason": "Ill"}).status_code == 302

    befell = DisruptedDate.objects.order_by("pk").values_list("status", flat=True)
    assert list(befell) == ["covered", "covered", "postponed", "converted", "cancelled"]
    assert "There is nothing to decide here" in body(desk.get(page))


def test_rescue_says_why_it_cannot_move_online(desk: Client) -> None:
    event = make_event()
    make_order(event)

    assert "has no rate for live online" in body(desk.get(reverse("bookings:date-rescue", args=[event.reference])))


def link_of(event: Event, message: str = "date_moved_online") -> str:
    message_sent = Message.objects.filter(kind=f"bookings.{message}").order_by("pk")[0]
    assert event.pk
    return "/changed/" + message_sent.text.partition("/changed/")[2].partition("/")[0] + "/"


def converted() -> Event:
    event = busy_date(days=2, people=1)
    convert_dates(events=[event], split="whole", reason="Flood", by=any_coordinator(), now=timezone.now())
    tell()
    return event


def test_a_personal_link_opens_a_page_and_only_a_button_keeps(client: Client) -> None:
    event = converted()
    page = link_of(event)
    before = event.bookings.get().steps.count()
    assert "I keep my place" in body(client.get(page))
    client.head(page)
    assert event.bookings.get().steps.count() == before

    for _ in range(2):
        assert client.post(page, {"answer": "keep"}).status_code == 302

    assert "Your place is kept" in body(client.get(page))
    assert client.get("/changed/rubbish/").status_code == 404


def test_by_the_link_one_leaves_or_moves_for_nothing(client: Client) -> None:
    event = converted()
    page = link_of(event)
    other = make_event(event.version.course)
    assert "Another date" in body(client.get(page))
    assert "There is a problem" in body(client.post(f"{page}move/", {"date": "rubbish"}))

    assert "You are booked on the other date" in body(client.post(f"{page}move/", {"date": other.reference}))
    assert client.post(f"{page}move/", {"date": other.reference}).status_code == 404

    second = converted()
    Message.objects.filter(kind="bookings.date_moved_online").order_by("pk")[0].delete()
    assert "Your place is given back" in body(client.post(f"{link_of(second)}leave/"))
    assert second.bookings.get().status == "cancelled_in_time"


def test_rates_are_typed_both_or_neither(desk: Client) -> None:
    contract = make_contract()
    page = reverse("providers:contract-rates", args=[contract.reference])
    assert "Enter both prices" in body(desk.post(page, {"revision": contract.revision, "virtual_half": "300"}))

    typed = {"revision": contract.revision, "virtual_half": "300", "virtual_day": "500.50"}
    assert desk.post(page, typed).status_code == 302
    assert "Somebody else changed" in body(desk.post(page, typed))

    rate = ContractRate.objects.get()
    assert (rate.mode, rate.half_day_pence, rate.day_pence) == ("virtual", 30000, 50050)


def test_the_public_page_says_suspended(client: Client, partnership: Partnership) -> None:
    event = make_event()
    suspend()

    page = body(client.get(reverse("bookings:event", args=[event.reference])))

    assert partnership.pk
    assert "This date is suspended" in page
