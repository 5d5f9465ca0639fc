"""Suspensions: the standing report, a new one with its preview, and one with its dates."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.disruption.concerned import concerned_by
from bookings.disruption.reading import opened_since, telling_of
from bookings.disruption.report import disruption_report, report_of
from bookings.disruption.suspending import suspend_mode
from bookings.disruption.tables import concerned_sheets, concerned_table, dates_table, report_sheets, report_table
from bookings.errors import BookingsError
from bookings.forms.disruption import SuspendForm, SuspendNowForm
from bookings.models import DisruptedDate, Suspension
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.downloads import csv_response, xlsx_response
from training.web.pages import paginate


@requires(Permission.READ_REPORTS)
@require_safe
def disruption(request: HttpRequest) -> HttpResponse:
    report = disruption_report(timezone.now())
    context = {
        "report": report,
        "table": report_table(report),
        "in_force": Suspension.objects.filter(lifted_from=None).select_related("decision__meeting__body"),
        "manages": user_of(request).may(Permission.MANAGE_BOOKINGS),
    }
    return render(request, "bookings/disruption.html", context)


@requires(Permission.READ_REPORTS)
@require_safe
def disruption_file(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001
    """`kind` is csv (a line a suspension) or xlsx (every date, too)."""
    _known(kind)
    sheets, name = report_sheets(disruption_report(timezone.now())), f"Disruption {timezone.localdate():%Y-%m-%d}"
    return csv_response(sheets[0], name) if kind == "csv" else xlsx_response(sheets, name)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def suspension_new(request: HttpRequest) -> HttpResponse:
    """What is typed stands in the address and shows whom it concerns; only the button below that acts."""
    now = timezone.now()
    form = SuspendForm(request.GET or None, initial={"mode": "face_to_face", "first_on": timezone.localdate(now)})
    if not form.is_valid():
        return render(request, "bookings/suspension_new.html", {"form": form})
    concerned = concerned_by(form.scope, now)
    sure = SuspendNowForm(request.POST or None, initial={"seen": len(concerned.dates)})
    if request.method == "POST" and sure.is_valid() and (made := _suspend(request, form, sure, now)):
        messages.success(request, "Suspended. Everybody concerned is being written to.")
        return redirect("bookings:suspension", made.reference)
    if request.method == "POST":
        sure = _again(sure, len(concerned.dates))
    page = paginate(request, concerned.dates)
    context = {"form": form, "sure": sure, "concerned": concerned, "page": page, "asked": request.GET.urlencode()}
    context["table"] = concerned_table(list(page))
    return render(request, "bookings/suspension_preview.html", context)


def _suspend(
    request: HttpRequest, form: SuspendForm, sure: SuspendNowForm, now: datetime.datetime
) -> Suspension | None:
    given = form.cleaned_data
    try:
        return suspend_mode(
            scope=form.scope, reason=given["reason"], decision=given["decision"], by=user_of(request), now=now,
            **sure.cleaned_data,
        )  # fmt: skip
    except BookingsError as error:
        messages.error(request, str(error))
        return None


def _again(sure: SuspendNowForm, dates: int) -> SuspendNowForm:
    """The same button for the number of dates that the page shows now."""
    return SuspendNowForm(initial={"seen": dates, "submission": sure.data.get("submission")})


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def concerned_file(request: HttpRequest, kind: str) -> HttpResponse:
    """`kind` is csv (the dates) or xlsx (everybody on them, too)."""
    _known(kind)
    form = SuspendForm(request.GET)
    if not form.is_valid():
        raise Http404
    sheets, name = concerned_sheets(concerned_by(form.scope, timezone.now()).dates), "Dates to be suspended"
    return csv_response(sheets[0], name) if kind == "csv" else xlsx_response(sheets, name)


def _known(kind: str) -> None:
    if kind not in ("csv", "xlsx"):
        raise Http404


@requires(Permission.READ_REPORTS)
@require_safe
def suspension(request: HttpRequest, reference: str) -> HttpResponse:
    now, shown = timezone.now(), suspension_or_404(reference)
    rows = DisruptedDate.objects.filter(suspension=shown).select_related("event__version", "suspension")
    lines = report_of(rows.order_by("event__starts_at", "pk"), now).lines
    dates = lines[0].dates if lines else []
    page = paginate(request, dates)
    context = {
        "suspension": shown,
        "line": lines[0] if lines else None,
        "page": page,
        "table": dates_table(list(page)),
        "suspended": sum(one.row.status == "suspended" for one in dates),
        "telling": telling_of(shown),
        "since": opened_since(shown, now),
        "venues": [place.venue for place in shown.places.select_related("venue") if place.venue],
        "manages": user_of(request).may(Permission.MANAGE_BOOKINGS),
    }
    return render(request, "bookings/suspension.html", context)


def suspension_or_404(reference: str) -> Suspension:
    rows = Suspension.objects.select_related("decision__meeting__body", "made_by", "lifted_by")
    return get_object_or_404(rows, reference=reference.upper())
