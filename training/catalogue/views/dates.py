"""The list of dates, and one date with its problems, its trainers and what happened to it."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.catalogue.filters import PERIODS, DateFilter, months_with_dates
from training.catalogue.forms.trainers import AskTrainerForm
from training.catalogue.materials import reasons_of_materials
from training.catalogue.models import Event
from training.catalogue.navigation import desk_tabs
from training.catalogue.order_words import orders_table
from training.catalogue.problems import reasons_not_publishable
from training.catalogue.tables import EVENT_TAGS, dates_table
from training.catalogue.trainers import trainers_with_reasons
from training.catalogue.views.rows import event_or_404
from training.catalogue.words import closed_for_words, event_words
from training.people.access import requires
from training.people.permissions import Permission
from training.web.components import Row, Step
from training.web.pages import paginate
from training.web.reasons import blocking
from training.web.words import clock, day


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    chosen, now = DateFilter.read(request.GET), timezone.now()
    page = paginate(request, chosen.events(now))
    context = {
        "page": page,
        "table": dates_table(list(page), now),
        "chosen": chosen,
        "periods": [*PERIODS, *months_with_dates()],
        "standings": Event.Standing.choices,
        "tabs": desk_tabs(request),
    }
    return render(request, "catalogue/desk/dates.html", context)


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def date(request: HttpRequest, reference: str) -> HttpResponse:
    event, now = event_or_404(request, reference), timezone.now()
    is_over = event.ends_at is not None and event.ends_at <= now
    concerns = not is_over and event.standing != Event.Standing.CANCELLED
    reasons = [*reasons_not_publishable(event, now), *reasons_of_materials(event, now)] if concerns else []
    words = {**event_words(event), **closed_for_words(event)}
    context = {
        "event": event,
        "colour": EVENT_TAGS[Event.Standing(event.standing)],
        "rows": [Row(label, value) for label, value in words.items() if value and label != "State"],
        "stops": blocking(reasons),
        "warnings": [reason for reason in reasons if not reason.blocking],
        "trainers": trainers_with_reasons(event),
        "ask_form": AskTrainerForm(event=event, day=timezone.localdate(now)) if concerns else None,
        "orders": orders_table(event.orders.order_by("status", "kind", "pk")),
        "steps": _steps(event),
        "concerns": concerns,
        "now": now,
    }
    return render(request, "catalogue/desk/date.html", context)


def _steps(event: Event) -> list[Step]:
    words = {
        "draft": "Taken back to draft",
        "published": "Opened for booking",
        "suspended": "Suspended",
        "cancelled": "Cancelled",
    }
    return [
        Step(
            words[step.became] if step.was != step.became else "Decided",
            _moment(step.at),
            f"by {step.by.name}",
            step.reason,
        )
        for step in event.steps.select_related("by")
    ]


def _moment(at: datetime.datetime) -> str:
    return f"{day(at)}, {clock(at)}"
