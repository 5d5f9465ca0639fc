"""Programmes: their list, one with its plan, and the pages with which a draft is made."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.governance.models import Recommendation
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.programme.actions.planning import (
    change_programme,
    choose_priorities,
    draft_programme,
    plan_course,
    quarters_of,
)
from training.programme.coverage import coverage_of
from training.programme.forms.programmes import PickCourseForm, PlanForm, PrioritiesForm, ProgrammeForm, pence, title_of
from training.programme.models import Programme, TrainingNeed
from training.programme.shown import programme_context
from training.programme.tables import gaps_table, priorities_table, programmes_table
from training.programme.views.rows import course_or_404, programme_or_404, saved

PLAN = Permission.PLAN_PROGRAMME


@requires(Permission.SEE_PROGRAMME)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """What runs, what is being made, what needs are open."""
    user = user_of(request)
    rows = list(Programme.objects.visible_to(user).order_by("-period", "pk"))
    context = {
        "current": next((one for one in rows if one.standing == Programme.Standing.LIVE), None),
        "table": programmes_table(rows),
        "has_rows": bool(rows),
        "plans": user.may(PLAN),
        "open_needs": TrainingNeed.objects.open().count(),
        "unanswered": TrainingNeed.objects.unanswered().count(),
        "open_recommendations": Recommendation.objects.open().count(),
    }
    return render(request, "programme/programmes.html", context)


@requires(PLAN)
@require_http_methods(["GET", "POST"])
def programme_add(request: HttpRequest) -> HttpResponse:
    form, by = ProgrammeForm(request.POST or None), user_of(request)
    if request.method == "POST" and form.is_valid():
        made: list[Programme] = []
        if saved(request, form, lambda: made.append(draft_programme(text=form.text(), by=by)), "A draft is made."):
            return redirect("programme:programme", made[0].reference)
    return render(request, "programme/programme_add.html", {"form": form})


@requires(Permission.SEE_PROGRAMME)
@require_safe
def programme(request: HttpRequest, reference: str) -> HttpResponse:
    shown = programme_or_404(request, reference)
    context = programme_context(shown, user_of(request), request.GET.get("year", ""), timezone.localdate())
    return render(request, "programme/programme.html", context)


@requires(PLAN)
@require_http_methods(["GET", "POST"])
def programme_change(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by = _draft(request, reference), user_of(request)
    form = ProgrammeForm(request.POST or None, initial=ProgrammeForm.initial_of(shown))
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        done = saved(
            request,
            form,
            lambda: change_programme(programme=shown, text=form.text(), revision=revision, by=by),
            "Saved.",
        )
        if done:
            return redirect("programme:programme", shown.reference)
    return render(request, "programme/programme_change.html", {"form": form, "programme": shown})


@requires(PLAN)
@require_http_methods(["GET", "POST"])
def programme_priorities(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by = _draft(request, reference), user_of(request)
    form = PrioritiesForm(request.POST or None, programme=shown, initial={"revision": shown.revision})
    if request.method == "POST" and form.is_valid():
        wanted, revision = form.wanted(), form.cleaned_data["revision"]
        done = saved(
            request, form, lambda: choose_priorities(programme=shown, wanted=wanted, revision=revision, by=by), "Saved."
        )
        if done:
            return redirect("programme:programme", shown.reference)
    return render(request, "programme/programme_priorities.html", {"form": form, "programme": shown})


@requires(PLAN)
@require_http_methods(["GET"])
def programme_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Which course to plan next."""
    shown = _draft(request, reference)
    form = PickCourseForm(request.GET or None)
    if request.GET and form.is_valid():
        return redirect("programme:programme-course", shown.reference, form.cleaned_data["course"].code)
    return render(request, "programme/programme_plan.html", {"form": form, "programme": shown})


@requires(PLAN)
@require_http_methods(["GET", "POST"])
def programme_course(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """How many dates of one course in each quarter, and what one costs."""
    shown, course, by = _draft(request, reference), course_or_404(code), user_of(request)
    rows = list(shown.planned.filter(course=course))
    each = next((row.pence_each / 100 for row in rows if row.pence_each is not None), None)
    form = PlanForm(
        request.POST or None, quarters=quarters_of(shown), courses=[course], rows=rows,
        initial={"revision": shown.revision, "each": each},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data, title = form.cleaned_data, title_of(course)
        numbers = form.numbers_of(course)
        done = saved(request, form, lambda: plan_course(
            programme=shown, course=course, quarters=numbers, pence_each=pence(data["each"]),
            revision=data["revision"], by=by,
        ), f"{title}: planned.")  # fmt: skip
        if done:
            return redirect("programme:programme", shown.reference)
    context = {"form": form, "programme": shown, "course": course, "title": title_of(course)}
    return render(request, "programme/programme_course.html", context)


@requires(Permission.SEE_PROGRAMME)
@require_safe
def programme_need(request: HttpRequest, reference: str) -> HttpResponse:
    """Does the programme meet the need?"""
    shown = programme_or_404(request, reference)
    coverage = coverage_of(shown, timezone.localdate())
    years = sorted({row.year for row in coverage.priorities})
    context = {
        "programme": shown,
        "coverage": coverage,
        "years": [
            (f"{year}–{(year + 1) % 100:02}", priorities_table([r for r in coverage.priorities if r.year == year]))
            for year in years
        ],
        "unmet": sorted({row.priority.name for row in coverage.priorities if not row.is_met}),
        "gaps": gaps_table(coverage.gaps),
        "unplanned": gaps_table(coverage.unplanned),
        "answering_none": [(course.code, title_of(course)) for course in coverage.answering_none],
        "missing": sum(gap.missing for gap in coverage.gaps),
        "plans": user_of(request).may(PLAN),
    }
    return render(request, "programme/programme_need.html", context)


def _draft(request: HttpRequest, reference: str) -> Programme:
    """A draft; of any other there is no such page: it changes by amendment."""
    shown = programme_or_404(request, reference)
    if not shown.is_draft:
        raise Http404
    return shown
