"""Amendments of an agreed programme: proposed, read, decided, taken back."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.catalogue.models import Course
from training.governance.rights import is_member
from training.people.access import requires, user_of
from training.people.models import User
from training.people.permissions import Permission
from training.programme.actions.amending import (
    Wanted,
    decide_amendment,
    deciding_body,
    propose_amendment,
    withdraw_amendment,
)
from training.programme.actions.deciding import body_of
from training.programme.actions.planning import quarters_of
from training.programme.errors import ProgrammeError
from training.programme.forms.deciding import AmendForm, DecideForm
from training.programme.forms.programmes import PickCourseForm
from training.programme.models import Amendment
from training.programme.tables import AMENDMENT_TAGS, lines_table
from training.programme.views.rows import amendment_or_404, programme_or_404, saved, tried

MOST_COURSES = 8


@requires(Permission.PLAN_PROGRAMME)
@require_http_methods(["GET", "POST"])
def programme_amend(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose courses (`?course=`, several), then say how many dates each is to have, and why."""
    shown, by, now = programme_or_404(request, reference), user_of(request), timezone.now()
    if shown.standing not in ("agreed", "live"):
        raise Http404
    codes = request.GET.getlist("course")[:MOST_COURSES]
    courses = list(Course.objects.filter(code__in=codes).prefetch_related("versions").order_by("code"))
    quarters = [period for period in quarters_of(shown) if period.ends_on > timezone.localdate(now)]
    form = AmendForm(request.POST or None, quarters=quarters, courses=courses, rows=shown.planned.all())
    if request.method == "POST" and courses and form.is_valid():
        made: list[Amendment] = []
        if saved(request, form, lambda: made.append(propose_amendment(
            programme=shown, reason=form.cleaned_data["reason"], changes=_wanted(form),
            submission=form.cleaned_data["submission"], by=by, now=now,
        )), "The amendment is proposed."):  # fmt: skip
            return redirect("programme:amendment", made[0].reference)
    context = {"form": form if courses else None, "pick": PickCourseForm(), "programme": shown, "courses": courses}
    return render(request, "programme/programme_amend.html", context)


def _wanted(form: AmendForm) -> list[Wanted]:
    return [
        Wanted(course, day, events, form.pence_each)
        for course in form.courses
        for day, events in form.numbers_of(course).items()
    ]


@requires(Permission.SEE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def amendment(request: HttpRequest, reference: str) -> HttpResponse:
    """What changes and why; for the members of the body that decides, the form to say what it decided."""
    shown, user, now = amendment_or_404(request, reference), user_of(request), timezone.now()
    body_kind = deciding_body(shown)
    may_decide = _may_decide(user, body_kind, shown)
    initial = {"held_on": timezone.localdate(now)}
    form = DecideForm(request.POST or None, answers=("Agreed", "Refused"), initial=initial)
    if request.method == "POST" and not may_decide:
        raise Http404
    if request.method == "POST" and form.is_valid() and _decided(request, form, shown, now):
        return redirect("programme:amendment", shown.reference)
    lines = shown.lines.select_related("course").prefetch_related("course__versions")
    context = {
        "amendment": shown,
        "form": form if may_decide else None,
        "table": lines_table(lines, shown.programme.starts_on.month),
        "colour": AMENDMENT_TAGS[shown.standing],
        "decided_by": body_of(body_kind) if shown.standing == Amendment.Standing.PROPOSED else None,
        "may_withdraw": user.may(Permission.PLAN_PROGRAMME) and shown.standing == Amendment.Standing.PROPOSED,
    }
    return render(request, "programme/amendment.html", context)


def _decided(request: HttpRequest, form: DecideForm, shown: Amendment, now: datetime.datetime) -> bool:
    by, minuted = user_of(request), form.minuted()
    return saved(
        request,
        form,
        lambda: decide_amendment(amendment=shown, is_agreed=form.is_yes, minuted=minuted, by=by, now=now),
        "Minuted.",
    )


def _may_decide(user: User, kind: str, shown: Amendment) -> bool:
    try:
        return shown.standing == Amendment.Standing.PROPOSED and is_member(user, body_of(kind))
    except ProgrammeError:
        return False


@requires(Permission.PLAN_PROGRAMME)
@require_POST
def amendment_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by, now = amendment_or_404(request, reference), user_of(request), timezone.now()
    tried(request, lambda: withdraw_amendment(amendment=shown, by=by, now=now), "Taken back.")
    return redirect("programme:amendment", shown.reference)
