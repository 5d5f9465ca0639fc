"""What falls due for a training lead's people."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.people.access import requires, user_of
from training.people.models import Agency, User
from training.people.navigation import agency_tabs
from training.people.permissions import Permission
from training.people.role_words import NEW_STARTER_DAYS
from training.people.views.agency import people_of
from training.record.falling_due import DueRow, due_of
from training.record.tables import DUE_HEADINGS, due_cells, due_table
from training.web.downloads import Sheet, csv_response, xlsx_response
from training.web.pages import paginate


@requires(Permission.SEE_AGENCY_PEOPLE)
@require_safe
def agency_due(request: HttpRequest) -> HttpResponse:
    """New starters first, then whoever has been due longest."""
    user, now = user_of(request), timezone.now()
    led, chosen = _chosen(user, request.GET.get("organisation", ""))
    rows = _rows(user, chosen, now)
    page = paginate(request, rows)
    today = timezone.localdate(now)
    context = {
        "tabs": agency_tabs(request),
        "led": led,
        "chosen": chosen[0] if len(chosen) == 1 else None,
        "page": page,
        "overdue": sum(row.due.is_overdue(today) for row in rows),
        "table": due_table(page, today=today, new_since=_new_since(today)),
    }
    return render(request, "record/agency_due.html", context)


@requires(Permission.SEE_AGENCY_PEOPLE)
@require_safe
def agency_due_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list, employee number first. `kind` is csv or xlsx."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    user, now = user_of(request), timezone.now()
    _, chosen = _chosen(user, request.GET.get("organisation", ""))
    today = timezone.localdate(now)
    sheet = Sheet("Due", DUE_HEADINGS, [due_cells(row, today) for row in _rows(user, chosen, now)])
    name = f"Training due {today:%Y-%m-%d}"
    return csv_response(sheet, name) if kind == "csv" else xlsx_response([sheet], name)


def _chosen(user: User, reference: str) -> tuple[list[Agency], list[Agency]]:
    led = list(Agency.objects.filter(pk__in=user.led_agency_ids).order_by("name"))
    return led, [one for one in led if one.reference == reference] or led


def _rows(user: User, agencies: list[Agency], now: datetime.datetime) -> list[DueRow]:
    today = timezone.localdate(now)
    rows = due_of(list(people_of(user, agencies, today)), user=user, now=now)
    return sorted(rows, key=lambda row: row.employment.first_day < _new_since(today))


def _new_since(today: datetime.date) -> datetime.date:
    return today - datetime.timedelta(days=NEW_STARTER_DAYS)
