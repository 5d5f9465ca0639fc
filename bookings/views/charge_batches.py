"""The months' batches and their statements: closed by a coordinator, read by a training lead too."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.charges.batches import close_batch, month_to_close, piles
from bookings.charges.statements import SOURCE, how_to_pay, lines_of, pdf_data, sheet_of, with_lines
from bookings.errors import BookingsError
from bookings.models import ChargeBatch, Statement
from training.people.access import requires, user_of
from training.people.models import Partnership
from training.people.permissions import Permission
from training.web.downloads import csv_response, pdf_response, xlsx_response
from training.web.when import london_day


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def charge_batches(request: HttpRequest) -> HttpResponse:
    """What the next one would hold; the button closes it."""
    now = timezone.now()
    month = month_to_close(london_day(now))
    if request.method == "POST":
        return _close(request)
    waiting = piles(month) if month else []
    context = {
        "month": month,
        "piles": waiting,
        "total": sum(pile.total_pence for pile in waiting),
        "batches": ChargeBatch.objects.filter(closed_at__isnull=False).prefetch_related("statements"),
    }
    return render(request, "bookings/charge_batches.html", context)


def _close(request: HttpRequest) -> HttpResponse:
    """The month that the page showed; closed meanwhile, the batch that somebody else closed."""
    try:
        month = datetime.date.fromisoformat(request.POST.get("month", ""))
        batch = close_batch(month=month, by=user_of(request), now=timezone.now())
    except (BookingsError, ValueError) as error:
        said = str(error) if isinstance(error, BookingsError) else "Look at what would be closed, and close it here."
        messages.error(request, said)
        return redirect("bookings:charge-batches")
    messages.success(request, f"{batch} is closed. Its statements are on their way.")
    return redirect("bookings:charge-batch", batch.number)


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def charge_batch(request: HttpRequest, number: int) -> HttpResponse:
    batch = _batch(number)
    statements = batch.statements.select_related("agency", "batch")
    context = {
        "batch": batch,
        "statements": statements,
        "total": sum(one.total_pence for one in statements),
    }
    return render(request, "bookings/charge_batch.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def charge_batch_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:  # noqa: ARG001 - a view
    """All statements of it, line by line: for the council's finance team."""
    batch = _batch(number)
    statements = batch.statements.select_related("agency", "batch").prefetch_related(*with_lines())
    sheet, name = sheet_of(str(batch), list(statements)), str(batch)
    if kind == "csv":
        return csv_response(sheet, name)
    if kind == "xlsx":
        return xlsx_response([sheet], name)
    raise Http404


def _batch(number: int) -> ChargeBatch:
    return get_object_or_404(ChargeBatch.objects.select_related("closed_by"), number=number, closed_at__isnull=False)


@requires(Permission.OWN_RECORD)
@require_safe
def statement(request: HttpRequest, number: int, agency: str) -> HttpResponse:
    found = _statement(request, number, agency)
    context = {
        "statement": found,
        "lines": lines_of(found),
        "pay": how_to_pay(found, Partnership.objects.get()),
        "manages": user_of(request).may(Permission.MANAGE_BOOKINGS),
    }
    return render(request, "bookings/statement.html", context)


@requires(Permission.OWN_RECORD)
@require_safe
def statement_file(request: HttpRequest, number: int, agency: str, kind: str) -> HttpResponse:
    found = _statement(request, number, agency)
    name = f"Statement {found.number}"
    if kind == "csv":
        return csv_response(sheet_of(name, [found]), name)
    if kind == "xlsx":
        return xlsx_response([sheet_of(name, [found])], name)
    if kind == "pdf":
        return pdf_response(SOURCE, pdf_data(found), name)
    raise Http404


def _statement(request: HttpRequest, number: int, agency: str) -> Statement:
    """Out of sight is not there: a lead's are those of the organisations that they lead."""
    rows = Statement.objects.visible_to(user_of(request)).filter(batch__closed_at__isnull=False)
    rows = rows.select_related("batch", "agency").prefetch_related(*with_lines())
    return get_object_or_404(rows, batch__number=number, agency__reference=agency.upper())
