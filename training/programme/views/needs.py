"""Needs: what people need to learn, which course answers it, and when it is met."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.programme.actions.needs import answer_need, close_need, raise_need, unanswer_need
from training.programme.forms.needs import AnswerForm, CloseNeedForm, NeedForm
from training.programme.forms.programmes import title_of
from training.programme.models import TrainingNeed
from training.programme.views.rows import course_or_404, need_or_404, saved, tried
from training.web.components import Cell, Column, Table
from training.web.pages import paginate
from training.web.words import full_day

PLAN = Permission.PLAN_PROGRAMME
TAGS = {"open": "blue", "met": "green", "set_aside": "grey"}


@requires(Permission.SEE_PROGRAMME)
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    shows_all = request.GET.get("show") == "all"
    rows = TrainingNeed.objects.all() if shows_all else TrainingNeed.objects.open()
    page = paginate(request, rows.prefetch_related("answers__course").order_by("-raised_on", "pk"))
    columns = [
        Column("What people need to learn"),
        Column("From"),
        Column("Raised"),
        Column("Answered by"),
        Column("State"),
    ]
    table = Table("Needs", columns, [_row(need) for need in page], is_caption_hidden=True)
    context = {"page": page, "table": table, "shows_all": shows_all, "plans": user_of(request).may(PLAN)}
    return render(request, "programme/needs.html", context)


def _row(need: TrainingNeed) -> list[object]:
    codes = ", ".join(answer.course.code for answer in need.answers.all())
    return [
        Cell(need.text, url=reverse("programme:need", args=[need.reference]), hint=need.who),
        need.get_source_display(),
        full_day(need.raised_on),
        codes or Cell("No course", tag="red" if need.standing == TrainingNeed.Standing.OPEN else "grey"),
        Cell(need.get_standing_display(), tag=TAGS[need.standing]),
    ]


@requires(PLAN)
@require_http_methods(["GET", "POST"])
def need_add(request: HttpRequest) -> HttpResponse:
    form, by, now = NeedForm(request.POST or None), user_of(request), timezone.now()
    if request.method == "POST" and form.is_valid():
        submission = form.cleaned_data["submission"]
        made: list[TrainingNeed] = []
        done = saved(
            request,
            form,
            lambda: made.append(raise_need(text=form.need(), submission=submission, by=by, now=now)),
            "Raised.",
        )
        if done:
            return redirect("programme:need", made[0].reference)
    return render(request, "programme/need_add.html", {"form": form})


@requires(Permission.SEE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def need(request: HttpRequest, reference: str) -> HttpResponse:
    """One need with the courses that answer it; for planners the form to name one more."""
    shown, by = need_or_404(reference), user_of(request)
    plans = by.may(PLAN) and shown.standing == TrainingNeed.Standing.OPEN
    form = AnswerForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and not plans:
        raise Http404
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        sentence = f"{title_of(data['course'])} answers it."
        if saved(request, form, lambda: answer_need(need=shown, by=by, **data), sentence):
            return redirect("programme:need", shown.reference)
    answers = shown.answers.select_related("course", "since_version").prefetch_related("course__versions")
    context = {
        "need": shown,
        "answers": [(answer, title_of(answer.course)) for answer in answers],
        "colour": TAGS[shown.standing],
        "form": form if plans else None,
    }
    return render(request, "programme/need.html", context)


@requires(PLAN)
@require_POST
def need_unanswer(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    shown, course, by = need_or_404(reference), course_or_404(code), user_of(request)
    tried(request, lambda: unanswer_need(need=shown, course=course, by=by), f"{course.code}: taken out.")
    return redirect("programme:need", shown.reference)


@requires(PLAN)
@require_http_methods(["GET", "POST"])
def need_close(request: HttpRequest, reference: str) -> HttpResponse:
    shown, by, now = need_or_404(reference), user_of(request), timezone.now()
    form = CloseNeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if saved(request, form, lambda: close_need(need=shown, by=by, now=now, **data), "Closed."):
            return redirect("programme:need", shown.reference)
    return render(request, "programme/need_close.html", {"form": form, "need": shown})
