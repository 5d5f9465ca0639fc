"""Reports: chosen, read, taken away as a file, accepted; and what their figures mean. No page names a person."""

import datetime
import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.actions.assessing import assess_providers_by_hand
from evaluation.actions.publishing import accept_report, may_accept
from evaluation.errors import EvaluationError
from evaluation.forms.reports import AcceptForm
from evaluation.models.report import MetricDefinition, Snapshot
from evaluation.reports.building import build_report
from evaluation.reports.canonical import digest
from evaluation.reports.choosing import choices
from evaluation.reports.files import FORMATS, report_bytes
from evaluation.reports.published import published_words
from evaluation.reports.scopes import Scope, find_scope
from evaluation.reports.showing import annexed_context, report_context
from evaluation.reports.showing_period import is_of_a_period
from training.people.access import requires, user_of
from training.people.models import Partnership
from training.people.permissions import Permission
from training.web.downloads import attachment

READ = Permission.READ_REPORTS


@requires(READ)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    context = choices(_partnership(), timezone.now())
    if (asked := request.GET.get("report", "")) and (url := _address(asked, request)):
        return redirect(url)
    return render(request, "evaluation/reports.html", {**context, "not_found": bool(asked)})


@requires(READ)
@require_safe
def report(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    scope, now = _scope(request, kind, key), timezone.now()
    built = build_report(scope, partnership=_partnership(), now=now)
    snapshots = Snapshot.objects.filter(scope=scope.as_dict()).select_related("decision__meeting__body")
    user = user_of(request)
    context = {
        **report_context(built),
        "scope": scope,
        "query": _query(request),
        "copies": snapshots.order_by("-made_at"),
        "may_accept": may_accept(user),
        "may_assess": kind == "quarter" and user.may(Permission.MANAGE_CONTRACTS) and _is_over(scope, now),
    }
    return render(request, "evaluation/report.html", context)


@requires(READ)
@require_safe
def report_annex(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The tables of a quarter or a year."""
    if kind not in ("quarter", "year"):
        raise Http404
    built = build_report(_scope(request, kind, key), partnership=_partnership(), now=timezone.now())
    context = {**annexed_context(built), "back_url": reverse("evaluation:report", args=[kind, key])}
    return render(request, "evaluation/report_annex.html", context)


@requires(READ)
@require_safe
def report_download(request: HttpRequest, kind: str, key: str, extension: str) -> HttpResponse:
    scope = _scope(request, kind, key)
    if extension not in FORMATS:
        raise Http404
    return _file(build_report(scope, partnership=_partnership(), now=timezone.now()), extension)


@requires(READ)
@require_http_methods(["GET", "HEAD", "POST"])
def report_accept(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    scope, user, now = _scope(request, kind, key), user_of(request), timezone.now()
    if not may_accept(user):
        raise Http404
    built = build_report(scope, partnership=_partnership(), now=now)
    form = AcceptForm(request.POST or None, initial={"seen": digest(built), "held_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            copy = accept_report(scope=scope, by=user, now=now, **form.cleaned_data)
        except EvaluationError as error:
            form.add_error(None, str(error))
            form.data = {**request.POST.dict(), "seen": digest(built)}
        else:
            messages.success(request, "The report is accepted. This copy stays as it is.")
            return redirect("evaluation:report-published", copy.reference)
    return render(
        request,
        "evaluation/report_accept.html",
        {**report_context(built), "scope": scope, "form": form, "query": _query(request)},
    )


@requires(READ)
@require_POST
def report_assess(request: HttpRequest, key: str) -> HttpResponse:
    scope, now = _scope(request, "quarter", key), timezone.now()
    if scope.period is None:
        raise Http404
    try:
        rows = assess_providers_by_hand(period=scope.period, by=user_of(request), now=now)
        messages.success(request, f"{rows} figures are written down on the providers’ pages.")
    except EvaluationError as error:
        messages.error(request, str(error))
    return redirect("evaluation:report", "quarter", key)


@requires(READ)
@require_safe
def report_published(request: HttpRequest, reference: str) -> HttpResponse:
    copy = _copy(reference)
    context = {**report_context(json.loads(copy.body)), "copy": copy, "published": published_words(copy)}
    return render(request, "evaluation/report_published.html", context)


@requires(READ)
@require_safe
def report_published_annex(request: HttpRequest, reference: str) -> HttpResponse:
    copy = _copy(reference)
    kept = json.loads(copy.body)
    if not is_of_a_period(kept):
        raise Http404
    back_url = reverse("evaluation:report-published", args=[reference])
    context = {**annexed_context(kept), "copy": copy, "published": published_words(copy), "back_url": back_url}
    return render(request, "evaluation/report_annex.html", context)


@requires(READ)
@require_safe
def report_published_download(_: HttpRequest, reference: str, extension: str) -> HttpResponse:
    copy = _copy(reference)
    if extension not in FORMATS:
        raise Http404
    return _file(json.loads(copy.body), extension, published_words(copy))


@requires(READ)
@require_safe
def report_definitions(request: HttpRequest) -> HttpResponse:
    in_force = MetricDefinition.objects.filter(in_force_from__lte=timezone.localdate())
    rows = list(in_force.order_by("name", "code", "-version"))
    newest = {row.code: row.pk for row in reversed(rows)}
    definitions = [(row, newest[row.code] == row.pk) for row in rows]
    return render(request, "evaluation/report_definitions.html", {"definitions": definitions})


def _partnership() -> Partnership:
    return get_object_or_404(Partnership)


def _scope(request: HttpRequest, kind: str, key: str) -> Scope:
    found = find_scope(
        kind,
        key,
        year=request.GET.get("year", ""),
        partnership=_partnership(),
        today=timezone.localdate(),
    )
    if found is None:
        raise Http404
    return found


def _address(asked: str, request: HttpRequest) -> str:
    """The page that a list of the choosing page means: "course:DA1"."""
    kind, _, key = asked.partition(":")
    year = request.GET.get("year", "")
    found = find_scope(kind, key, year=year, partnership=_partnership(), today=timezone.localdate())
    return reverse("evaluation:report", args=[kind, key], query={"year": year} if year else None) if found else ""


def _query(request: HttpRequest) -> str:
    year = request.GET.get("year", "")
    return f"?year={year}" if year else ""


def _is_over(scope: Scope, now: datetime.datetime) -> bool:
    return scope.period is not None and scope.period.ends_on <= timezone.localdate(now)


def _copy(reference: str) -> Snapshot:
    return get_object_or_404(Snapshot.objects.select_related("decision__meeting__body", "made_by"), reference=reference)


def _file(built: dict[str, Any], extension: str, published: dict[str, str] | None = None) -> HttpResponse:
    name = f"Report {built['title']} {built['scope']['key']}"
    return attachment(report_bytes(built, extension, published), FORMATS[extension], name, extension)
