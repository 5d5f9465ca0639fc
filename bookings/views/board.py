"""The planning board: one quarter a page, and the same as a file."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.board.reading import Board, board_of, first_month, quarters_ahead
from bookings.board.words import advised, board_sheets, board_table, mix_words, quarter_tabs
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.programme.models import Programme
from training.web.downloads import csv_response, xlsx_response
from training.web.pages import paginate
from training.web.periods import Period, parse_quarter, quarter_before
from training.web.when import london_day

COURSES_SHOWN = 50


@requires(Permission.SEE_PROGRAMME)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """`?quarter=2026-Q3`; this one for nonsense."""
    now, user = timezone.now(), user_of(request)
    ahead = quarters_ahead(london_day(now), first_month())
    shown = _board(request, ahead, now)
    page = paginate(request, shown.lines, COURSES_SHOWN)
    near = [quarter_before(ahead[0]), *ahead]
    tabs = near if shown.quarter in near else [shown.quarter, *near]
    context = {
        "board": shown,
        "page": page,
        "table": board_table(shown, page),
        "suggestions": advised(shown, plans=user.may(Permission.MANAGE_CATALOGUE)),
        "tabs": quarter_tabs(shown, tabs),
        "mix": mix_words(shown),
        "is_over": shown.quarter.ends_on <= london_day(now),
        "before": quarter_before(tabs[0]),
    }
    return render(request, "bookings/board.html", context)


@requires(Permission.SEE_PROGRAMME)
@require_safe
def board_file(request: HttpRequest, kind: str) -> HttpResponse:
    """`kind` is csv (the board alone) or xlsx (with the suggestions)."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    now = timezone.now()
    sheets = board_sheets(_board(request, quarters_ahead(london_day(now), first_month()), now))
    name = f"Planning board {request.GET.get('quarter', '')[:7]} {timezone.localdate(now):%Y-%m-%d}"
    return csv_response(sheets[0], name) if kind == "csv" else xlsx_response(sheets, name)


def _board(request: HttpRequest, ahead: list[Period], now: datetime.datetime) -> Board:
    quarter = parse_quarter(request.GET.get("quarter", ""), first_month()) or ahead[0]
    running = Programme.objects.visible_to(user_of(request)).wholly_agreed()
    programme = running.filter(period__contains=quarter.starts_on).order_by("-standing", "-pk").first()
    return board_of(user_of(request), quarter, now, programme)
