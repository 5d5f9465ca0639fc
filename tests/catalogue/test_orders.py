"""Orders for a date: written down, placed, confirmed, told, cancelled; what a moved or cancelled date does to them."""

import datetime
import threading
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.catalogue.making import HOUR, moved
from tests.factories_catalogue import any_coordinator, in_days, make_event
from training.catalogue.actions.events import change_event
from training.catalogue.actions.orders import (
    OrderPlan,
    add_order,
    cancel_order,
    change_order,
    confirm_numbers,
    need_interpreter,
    place_order,
    tell_change,
)
from training.catalogue.actions.standing import cancel_event
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Event, Order, OrderStep
from training.catalogue.order_words import open_orders, order_todos
from training.outbox.models import Message
from training.people.models import User

PLAN = OrderPlan(kind="caterer", what="Soup", supplier="Thyme", supplier_email="thyme@food.example", numbers=18)
NOW = datetime.datetime(2027, 5, 10, 9, 0, tzinfo=datetime.UTC)


def make_order(event: Event | None = None, *, status: str = "needed", **plan: Any) -> Order:
    by, event = any_coordinator(), event or make_event(now=NOW)
    order = add_order(event=event, plan=OrderPlan(**{**PLAN.__dict__, **plan}), by=by, now=NOW)
    if status != "needed":
        order = place_order(order=order, sends=False, by=by, now=NOW)
    return confirm_numbers(order=order, numbers=18, sends=False, by=by, now=NOW) if status == "confirmed" else order


def told() -> list[str]:
    kinds = Message.objects.filter(kind__startswith="catalogue.order").order_by("pk")
    return [message.kind.removeprefix("catalogue.") for message in kinds]


def test_add_order_takes_the_usual_last_day(coordinator: User) -> None:
    event = make_event(days=[datetime.date(2027, 6, 29)], now=NOW)
    days = {kind: make_order(event, kind=kind).order_by for kind in ("room", "caterer", "kit")}

    assert {kind: str(day) for kind, day in days.items()} == {
        "room": "2027-06-01", "caterer": "2027-06-15", "kit": "2027-06-22",
    }  # fmt: skip
    assert make_order(make_event(days=[in_days(2, now=NOW)], now=NOW)).order_by == datetime.date(2027, 5, 10)


def test_add_order_twice_is_one(coordinator: User) -> None:
    event, submission = make_event(now=NOW), uuid.uuid4()

    made = [add_order(event=event, plan=PLAN, by=coordinator, now=NOW, submission=submission) for _ in range(2)]

    assert made[0] == made[1] == Order.objects.get()
    assert OrderStep.objects.count() == 1


def test_an_order_runs_its_course_and_the_supplier_is_written_to(coordinator: User) -> None:
    order = make_order()

    for _ in range(2):  # every second click changes nothing
        place_order(order=order, sends=True, by=coordinator, now=NOW)
        confirm_numbers(order=order, numbers=16, sends=True, by=coordinator, now=NOW)
    for _ in range(2):
        cancel_order(order=order, reason="Snow", sends=True, by=coordinator, now=NOW)

    assert told() == ["order_placed", "order_numbers", "order_cancelled"]
    assert list(order.steps.values_list("was", "became")) == [
        ("", "needed"), ("needed", "ordered"), ("ordered", "confirmed"), ("confirmed", "cancelled"),
    ]  # fmt: skip
    message = Message.objects.filter(kind="catalogue.order_numbers").get()
    assert (message.to_address, "How many: 16" in message.text) == ("thyme@food.example", True)


def test_other_numbers_are_told_anew(coordinator: User) -> None:
    order = make_order(status="confirmed")

    changed = confirm_numbers(order=order, numbers=12, sends=True, by=coordinator, now=NOW)

    assert (changed.status, changed.numbers, told()) == ("confirmed", 12, ["order_numbers"])


def test_nothing_is_sent_unless_it_is_asked_for_or_without_address(coordinator: User) -> None:
    place_order(order=make_order(), sends=False, by=coordinator, now=NOW)
    place_order(order=make_order(supplier_email=""), sends=True, by=coordinator, now=NOW)

    assert told() == []


def test_place_order_needs_a_supplier_and_numbers_an_order(coordinator: User) -> None:
    with pytest.raises(CatalogueError, match="Enter the supplier first"):
        place_order(order=make_order(supplier=""), sends=False, by=coordinator, now=NOW)
    with pytest.raises(CatalogueError, match="Order it first"):
        confirm_numbers(order=make_order(), numbers=3, sends=False, by=coordinator, now=NOW)
    with pytest.raises(CatalogueError, match="Enter why"):
        cancel_order(order=make_order(), reason=" ", sends=False, by=coordinator, now=NOW)


def test_orders_are_a_coordinators(practitioner: User, coordinator: User) -> None:
    order = make_order()
    given: dict[str, Any] = {"order": order, "sends": False, "by": practitioner, "now": NOW}

    for act in (
        lambda: place_order(**given),
        lambda: confirm_numbers(numbers=3, **given),
        lambda: cancel_order(reason="x", **given),
        lambda: tell_change(**given),
        lambda: add_order(event=order.event, plan=PLAN, by=practitioner, now=NOW),
        lambda: change_order(order=order, plan=PLAN, revision=1, by=practitioner, now=NOW),
    ):
        with pytest.raises(CatalogueError, match="Only a coordinator"):
            act()


def test_a_moved_date_has_its_suppliers_told(coordinator: User) -> None:
    event = make_event(now=NOW)
    needed, ordered = make_order(event), make_order(event, status="ordered")
    event.refresh_from_db()

    change_event(event=event, plan=moved(event, HOUR), revision=event.revision, by=coordinator, now=NOW)

    assert list(Order.objects.order_by("pk").values_list("attention", flat=True)) == ["", "change"]
    for _ in range(2):
        tell_change(order=ordered, sends=True, by=coordinator, now=NOW)
    assert (Order.objects.get(pk=ordered.pk).attention, told()) == ("", ["order_changed"])
    assert needed.steps.count() == 1


def test_a_date_whose_notes_change_troubles_no_supplier(coordinator: User) -> None:
    event = make_event(now=NOW)
    order = make_order(event, status="ordered")

    plan = moved(event, 0 * HOUR, notes_for_trainers="x")
    change_event(event=event, plan=plan, revision=event.revision, by=coordinator, now=NOW)

    assert Order.objects.get(pk=order.pk).attention == ""


def test_a_cancelled_date_lists_what_is_to_be_cancelled(coordinator: User) -> None:
    event = make_event(now=NOW)
    needed, ordered = make_order(event), make_order(event, status="ordered")

    cancel_event(event=event, reason="Snow", by=coordinator, now=NOW)

    needed.refresh_from_db()
    ordered.refresh_from_db()
    assert (needed.status, ordered.status, ordered.attention) == ("cancelled", "ordered", "cancel")
    assert [todo.action for todo in order_todos(NOW)] == ["Cancel it"]
    with pytest.raises(CatalogueError, match="The date is cancelled"):
        confirm_numbers(order=ordered, numbers=3, sends=False, by=coordinator, now=NOW)
    cancel_order(order=ordered, reason="Snow", sends=True, by=coordinator, now=NOW)
    assert (list(order_todos(NOW)), told()) == ([], ["order_cancelled"])


def test_change_order_that_is_ordered_has_to_be_told(coordinator: User) -> None:
    order = make_order(status="ordered")

    changed = change_order(order=order, plan=PLAN.__class__(**{**PLAN.__dict__, "numbers": 9}),
                           revision=order.revision, by=coordinator, now=NOW)  # fmt: skip

    assert (changed.numbers, changed.attention) == (9, "change")


def test_change_order_refuses_what_is_stale_or_takes_the_supplier_away(coordinator: User) -> None:
    order = make_order(status="ordered")

    with pytest.raises(StaleError):
        change_order(order=order, plan=PLAN, revision=order.revision + 1, by=coordinator, now=NOW)
    with pytest.raises(CatalogueError, match="it needs a supplier"):
        change_order(order=order, plan=OrderPlan("caterer"), revision=order.revision, by=coordinator, now=NOW)


def test_need_interpreter_is_one_order_with_a_number(coordinator: User) -> None:
    event = make_event(days=[datetime.date(2027, 6, 29)], now=NOW)

    orders = [need_interpreter(event=event, by=coordinator.person, now=NOW) for _ in range(2)]

    assert orders[0] == orders[1] == Order.objects.get()
    assert (orders[1].numbers, str(orders[0].order_by)) == (2, "2027-06-01")
    assert [order.kind for order in open_orders(NOW + datetime.timedelta(days=20))] == ["interpreter"]


def test_one_more_who_needs_the_interpreter_has_to_be_told(coordinator: User) -> None:
    event = make_event(now=NOW)
    order = need_interpreter(event=event, by=None, now=NOW)
    Order.objects.filter(pk=order.pk).update(supplier="Signs", status="ordered")

    assert need_interpreter(event=event, by=None, now=NOW).attention == "change"


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("order_kind_is_known", {"kind": "cake"}),
        ("order_status_is_known", {"status": "lost", "supplier": "x"}),
        ("order_to_be_told_was_ordered", {"attention": "change"}),
        ("order_ordered_has_a_supplier", {"status": "ordered", "supplier": ""}),
        ("order_confirmed_says_how_many", {"status": "confirmed", "numbers": None}),
    ],
)
def test_postgresql_refuses(coordinator: User, constraint: str, changes: dict[str, Any]) -> None:
    order = make_order()

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**changes)

    assert constraint in str(refusal.value)


def test_postgresql_refuses_a_step_that_says_nothing(coordinator: User) -> None:
    with pytest.raises(IntegrityError, match="order_step_changes_something_or_says_what"), transaction.atomic():
        OrderStep.objects.create(order=make_order(), was="needed", became="needed", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_an_order_placed_while_the_date_is_cancelled_is_to_be_cancelled_or_never_placed() -> None:
    event = make_event(now=NOW)
    order, by = make_order(event), any_coordinator()

    def place() -> None:
        try:
            place_order(order=order, sends=False, by=by, now=NOW)
        except CatalogueError:
            pass
        finally:
            connection.close()

    def cancel() -> None:
        try:
            cancel_event(event=event, reason="Snow", by=by, now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=place), threading.Thread(target=cancel)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    order.refresh_from_db()
    assert (order.status, order.attention) in {("ordered", "cancel"), ("cancelled", "")}
