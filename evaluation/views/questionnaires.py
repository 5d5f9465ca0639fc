"""What people are asked, for the coordinator to read and to change."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.actions.questionnaires import make_version, texts_of
from evaluation.errors import EvaluationError
from evaluation.forms.questionnaires import QuestionnaireForm
from evaluation.models import QuestionnaireVersion, Stage
from training.people.access import requires, user_of
from training.people.permissions import Permission


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def questionnaires(request: HttpRequest) -> HttpResponse:
    order = [*Stage.values]
    versions = sorted(_current(), key=lambda version: order.index(version.questionnaire.stage))
    return render(request, "evaluation/questionnaires.html", {"versions": versions})


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def questionnaire(request: HttpRequest, stage: str) -> HttpResponse:
    return render(request, "evaluation/questionnaire.html", {"version": _version_or_404(stage), "stage": stage})


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def questionnaire_change(request: HttpRequest, stage: str) -> HttpResponse:
    version, now = _version_or_404(stage), timezone.now()
    form = QuestionnaireForm(version.number, version.introduction, texts_of(version), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_version(
                questionnaire=version.questionnaire,
                after=form.cleaned_data["number"],
                introduction=form.cleaned_data["introduction"],
                questions=form.texts(),
                by=user_of(request),
                now=now,
            )
        except EvaluationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Version {made.number} is asked from now on.")
            return redirect("evaluation:questionnaire", stage)
    return render(request, "evaluation/questionnaire_change.html", {"version": version, "form": form, "stage": stage})


def _current() -> list[QuestionnaireVersion]:
    rows = QuestionnaireVersion.objects.filter(is_current=True, questionnaire__course__isnull=True)
    return list(rows.select_related("questionnaire").prefetch_related("questions"))


def _version_or_404(stage: str) -> QuestionnaireVersion:
    for version in _current():
        if version.questionnaire.stage == stage:
            return version
    raise Http404
