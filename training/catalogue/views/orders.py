"""What is to be ordered for a date: the list, one order, and what comes next for it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.catalogue.actions.orders import (
    PLAIN,
    add_order,
    cancel_order,
    change_order,
    confirm_numbers,
    place_order,
    tell_change,
)
from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.emails import supplier_text
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.orders import OrderChangeForm, OrderForm, OrderStepForm
from training.catalogue.models import Event, Order
from training.catalogue.navigation import desk_tabs
from training.catalogue.order_words import TAGS, due_words, is_late, open_orders, order_steps, order_words, what_next
from training.catalogue.views.rows import event_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.components import Row
from training.web.when import london_day

VERBS: dict[str, tuple[Callable[..., Order], str, str, str]] = {
    "place": (place_order, "It is ordered", "ordered.", "ordered"),
    "numbers": (confirm_numbers, "Confirm the numbers", "the numbers are confirmed.", "confirmed"),
    "told": (tell_change, "They know of the change", "the supplier knows of the change.", ""),
    "cancel": (cancel_order, "Cancel this order", "cancelled.", "cancelled"),
}


def order_or_404(request: HttpRequest, reference: str) -> Order:
    rows = Order.objects.filter(event__in=Event.objects.visible_to(user_of(request)))
    return get_object_or_404(rows.select_related("event__version"), reference=reference)


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = london_day(now)
    rows = [(order, due_words(order, today), is_late(order, today)) for order in open_orders(now)]
    context = {"rows": rows, "tabs": desk_tabs(request)}
    return render(request, "catalogue/desk/orders.html", context)


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def order_add(request: HttpRequest, reference: str) -> HttpResponse:
    event, now = event_or_404(request, reference), timezone.now()
    form = OrderForm(request.POST or None, initial={"numbers": event.places_offered})
    if request.method == "POST" and form.is_valid():
        given = {"submission": form.cleaned_data["submission"], "by": user_of(request), "now": now}
        try:
            order = add_order(event=event, plan=form.plan(), **given)
        except CatalogueError as error:
            show_refusal(form, error, {})
        else:
            messages.success(request, f"{order}: written down.")
            return redirect("desk:order", order.reference)
    return render(request, "catalogue/desk/order_add.html", {"form": form, "event": event})


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def order_change(request: HttpRequest, reference: str) -> HttpResponse:
    order, now = order_or_404(request, reference), timezone.now()
    initial = {name: getattr(order, name) for name in (*PLAIN, "revision")}
    form = OrderChangeForm(request.POST or None, initial={**initial, "seen": as_seen(order_words(order))})
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            change_order(order=order, plan=form.plan(), revision=revision, by=user_of(request), now=now)
        except CatalogueError as error:
            show_refusal(form, error, order_words(order_or_404(request, reference)))
        else:
            messages.success(request, f"{order}: saved.")
            return redirect("desk:order", order.reference)
    return render(request, "catalogue/desk/order_change.html", {"form": form, "order": order})


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def order(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, order_or_404(request, reference))


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def order_step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    order = order_or_404(request, reference)
    if verb not in VERBS:
        raise Http404
    action, _, done, _ = VERBS[verb]
    form = OrderStepForm(request.POST, order=order, verb=verb)
    if form.is_valid():
        try:
            action(order=order, by=user_of(request), now=timezone.now(), **form.given())
        except CatalogueError as error:
            form.add_error(None, str(error))
        else:
            sent = " The message is on its way." if form.given()["sends"] else ""
            messages.success(request, f"{order}: {done}{sent}")
            return redirect("desk:order", order.reference)
    return _page(request, order, {verb: form})


def _page(request: HttpRequest, order: Order, forms: dict[str, OrderStepForm] | None = None) -> HttpResponse:
    forms = forms or {}
    context: dict[str, Any] = {
        "order": order,
        "colour": TAGS[order.status],
        "rows": [Row(label, value) for label, value in order_words(order).items() if value],
        "next": what_next(order),
        "choices": [_choice(order, verb, forms.get(verb)) for verb in _verbs(order)],
        "wrong": next(iter(forms.values()), None),
        "steps": order_steps(order),
    }
    return render(request, "catalogue/desk/order.html", context)


def _verbs(order: Order) -> list[str]:
    """What may come next, the most likely first."""
    if order.status == Order.Status.CANCELLED:
        return []
    if order.attention == Order.Attention.CANCEL:
        return ["cancel"]
    told = ["told"] if order.attention else []
    after = ["place"] if order.status == Order.Status.NEEDED else ["numbers"]
    return [*told, *after, "cancel"]


def _choice(order: Order, verb: str, form: OrderStepForm | None) -> dict[str, Any]:
    _, label, _, becomes = VERBS[verb]
    initial = {"numbers": order.numbers or order.event.places_held or None, "sends": True}
    form = form or OrderStepForm(order=order, verb=verb, initial=initial)
    text = supplier_text(order, becomes) if "sends" in form.fields else ""
    return {"verb": verb, "label": label, "form": form, "text": text}
