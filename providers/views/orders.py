"""The trainer order of one date: for the coordinator, beside the date's own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from providers.actions.commissions import cancel_commission, commission_event
from providers.errors import ProvidersError
from providers.forms.providers import CancelOrderForm, OrderForm
from providers.models import Commission, Contract
from providers.ordering import contracts_covering, live_commission
from providers.tables import ORDER_TAGS
from training.catalogue.models import Event
from training.catalogue.words import place_words, span_words
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.components import Step
from training.web.words import clock, day

WORDS = {
    "ordered": "Ordered",
    "paused": "Paused",
    "delivered": "Delivered",
    "cancelled": "Cancelled",
    "proposed": "Proposed",
}


def _event_or_404(request: HttpRequest, reference: str) -> Event:
    rows = Event.objects.visible_to(user_of(request)).with_details()
    return get_object_or_404(rows, reference=reference)


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def date_order(request: HttpRequest, reference: str) -> HttpResponse:
    event, user, now = _event_or_404(request, reference), user_of(request), timezone.now()
    contracts = contracts_covering(event, timezone.localdate(now))
    order = live_commission(event)
    initial = {"contract": order.contract.reference} if order else {}
    form = OrderForm(request.POST or None, contracts=contracts, initial=initial)
    if request.method == "POST" and form.is_valid():
        contract: Contract = form.cleaned_data["contract"]
        try:
            placed = commission_event(event=event, contract=contract, fee_pence=form.fee_pence, by=user, now=now)
        except ProvidersError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _placed(placed))
            return redirect("providers:date-order", event.reference)
    return render(request, "providers/date_order.html", _context(event, order, form, contracts))


def _placed(order: Commission) -> str:
    provider = order.contract.provider
    if order.event.ends_at and order.event.ends_at <= timezone.now():
        return f"Order {order.reference} is written down. The date is over, so nothing was sent."
    told = f"sent to {provider.contact_email}" if provider.contact_email else "not sent: ring them, there is no address"
    return f"Order {order.reference} to {provider}: {told}."


def _context(event: Event, order: Commission | None, form: OrderForm, contracts: object) -> dict[str, object]:
    return {
        "event": event,
        "span": span_words(event),
        "place": place_words(event),
        "order": order,
        "colour": ORDER_TAGS[order.status] if order else "",
        "is_orderable": order is None or order.status == Commission.Status.PROPOSED,
        "form": form,
        "contracts": contracts,
        "cancel_form": CancelOrderForm(),
        "steps": _steps(event),
    }


def _steps(event: Event) -> list[Step]:
    orders = Commission.objects.filter(event=event).select_related("contract__provider").prefetch_related("steps__by")
    return [
        Step(
            f"{WORDS[step.became]}: {order.contract.provider}",
            f"{day(step.at)}, {clock(step.at)}",
            f"by {step.by.name}",
            step.reason,
        )
        for order in orders.order_by("pk")
        for step in order.steps.all()
    ]


@requires(Permission.MANAGE_CONTRACTS)
@require_POST
def date_order_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    event, user, now = _event_or_404(request, reference), user_of(request), timezone.now()
    form, order = CancelOrderForm(request.POST), live_commission(event)
    if not form.is_valid():
        messages.error(request, "Enter why the order is cancelled: the provider is told.")
    elif order is not None:  # a second click finds none
        try:
            cancel_commission(commission=order, reason=form.cleaned_data["reason"], by=user, now=now)
            messages.success(request, f"Order {order.reference} is cancelled.")
        except ProvidersError as error:
            messages.error(request, str(error))
    return redirect("providers:date-order", event.reference)
