"""What was ordered and delivered, against contracts and the programme's budget, a financial year a page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from providers.money import Money, money_of
from providers.money_words import (
    contracts_money_table,
    exceptions_of,
    money_sheet,
    programme_rows,
    programme_sentence,
    year_tabs,
)
from training.people.access import requires, user_of
from training.people.models import Partnership
from training.people.permissions import Permission
from training.web.downloads import csv_response, xlsx_response
from training.web.periods import parse_year, year_of


@requires(Permission.SEE_PROVIDERS)
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """`?year=2026-27`; this one for nonsense."""
    shown = _money(request)
    context = {
        "money": shown,
        "tabs": year_tabs(shown),
        "table": contracts_money_table(shown),
        "exceptions": exceptions_of(shown.contracts),
        "programme": shown.programme,
        "programme_rows": programme_rows(shown.programme) if shown.programme else [],
        "programme_sentence": programme_sentence(shown.programme) if shown.programme else "",
    }
    return render(request, "providers/money.html", context)


@requires(Permission.SEE_PROVIDERS)
@require_safe
def money_file(request: HttpRequest, kind: str) -> HttpResponse:
    """`kind` is csv or xlsx."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    shown = _money(request)
    sheet, name = money_sheet(shown), f"Money {shown.year.key}"
    return csv_response(sheet, name) if kind == "csv" else xlsx_response([sheet], name)


def _money(request: HttpRequest) -> Money:
    now, month = timezone.now(), Partnership.objects.get().financial_year_starts_month
    year = parse_year(request.GET.get("year", ""), month) or year_of(timezone.localdate(now), month)
    return money_of(user_of(request), year, now, month)
