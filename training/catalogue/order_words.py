"""Orders as labels, words and lists: for their pages, the conflict of two editors and what waits."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import F, Q
from django.urls import reverse

from training.catalogue.models import Event, Order
from training.config.parts import Todo
from training.web.components import Cell, Column, Step, Table
from training.web.when import london_day
from training.web.words import clock, count, day, pounds
from training.web.working_days import add_working_days

TAGS = {"needed": "yellow", "ordered": "blue", "confirmed": "green", "cancelled": "grey"}
TODAY, THIS_WEEK = 10, 20
# An order is put on the desk so many working days before its last day.
AHEAD = 5
SHOWN = 8


def order_words(order: Order) -> dict[str, str]:
    contact = " ".join(part for part in (order.supplier_email, order.supplier_phone) if part)
    return {
        "Kind": order.get_kind_display(),
        "What": order.what,
        "Supplier": order.supplier,
        "Reach them": contact,
        "How many": str(order.numbers or ""),
        "Costs": _money(order.cost_pence),
        "Order by": _day(order.order_by),
        "Say how many by": _day(order.numbers_by),
        "Cancel for nothing until": _day(order.cancel_free_until),
        "Cancelling later costs": _money(order.late_cancel_pence),
    }


def _day(on: datetime.date | None) -> str:
    return day(on) if on else ""


def _money(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


def what_next(order: Order) -> str:
    """ "Order by Tue 4 May"; empty when nothing is left to do."""
    if order.attention:
        return order.get_attention_display()
    if order.status == Order.Status.NEEDED:
        return f"Order by {day(order.order_by)}" if order.order_by else "Order it"
    if order.status == Order.Status.ORDERED:
        return f"Say how many by {day(order.numbers_by)}" if order.numbers_by else "Confirm the numbers"
    return ""


def orders_table(orders: Iterable[Order]) -> Table:
    labels = ("What", "From whom", "How many", "State", "Next")
    rows: list[list[object]] = []
    marked = set()
    for number, order in enumerate(orders):
        if order.attention:
            marked.add(number)
        rows.append([
            Cell(order.get_kind_display(), url=reverse("desk:order", args=[order.reference]), hint=order.what[:80]),
            order.supplier or "–",
            order.numbers,
            Cell(order.get_status_display(), tag=TAGS[order.status]),
            what_next(order) or "–",
        ])  # fmt: skip
    columns = [Column(label) for label in labels]
    return Table("Orders", columns, rows, is_caption_hidden=True, marked=frozenset(marked))


def order_steps(order: Order) -> list[Step]:
    words = {"needed": "Written down", "ordered": "Ordered", "confirmed": "Numbers confirmed", "cancelled": "Cancelled"}
    return [
        Step(
            words[step.became] if step.was != step.became else step.reason,
            f"{day(step.at)}, {clock(step.at)}",
            f"by {step.by.name}" if step.by else "by Muster",
            step.reason if step.was != step.became else "",
        )
        for step in order.steps.select_related("by")
    ]


def open_orders(now: datetime.datetime) -> list[Order]:
    """What a coordinator has to do about orders within the next days, the earliest first. One query."""
    last = add_working_days(london_day(now), AHEAD)
    due = Q(status=Order.Status.NEEDED, order_by__lte=last) | Q(status=Order.Status.ORDERED, numbers_by__lte=last)
    rows = Order.objects.live().filter(due | ~Q(attention=""))
    rows = rows.filter(Q(event__ends_at__gt=now) | Q(event__ends_at__isnull=True) | Q(attention="cancel"))
    in_time = rows.order_by(F("event__starts_at").asc(nulls_last=True), "pk")
    return list(in_time.select_related("event__version"))


def order_todos(now: datetime.datetime) -> Iterator[Todo]:
    orders, today = open_orders(now), london_day(now)
    for order in orders[:SHOWN]:
        due = _due_on(order)
        weight = TODAY if order.attention or due is None or due <= today else THIS_WEEK
        url = reverse("desk:order", args=[order.reference])
        yield Todo(
            f"{order.get_kind_display()} for {_of(order.event)}: {due_words(order, today)}.",
            url,
            _action(order),
            weight,
            due_on=due,
        )
    if more := orders[SHOWN:]:
        listed = reverse("desk:orders")
        yield Todo(f"{count(len(more), 'more order').capitalize()} to see to.", listed, "See which", THIS_WEEK)


def _due_on(order: Order) -> datetime.date | None:
    return order.order_by if order.status == Order.Status.NEEDED else order.numbers_by


def _action(order: Order) -> str:
    if order.attention == Order.Attention.CANCEL:
        return "Cancel it"
    if order.attention:
        return "Tell them"
    return "Order it" if order.status == Order.Status.NEEDED else "Confirm"


def is_late(order: Order, today: datetime.date) -> bool:
    due = _due_on(order)
    return due is not None and due < today and not order.attention


def due_words(order: Order, today: datetime.date) -> str:
    """What is to be done about it, and by when."""
    due = _due_on(order)
    late = f", {'was due' if due < today else 'by'} {day(due)}" if due and not order.attention else ""
    todo = {"Cancel it": "cancel with the supplier", "Tell them": "tell the supplier what changed",
            "Order it": "to order", "Confirm": "say how many"}[_action(order)]  # fmt: skip
    return f"{todo}{late}"


def _of(event: Event) -> str:
    return f"{event.version.title} ({event}){f', {day(event.starts_at)}' if event.starts_at else ''}"
