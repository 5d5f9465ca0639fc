"""The landing page of evaluation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.analysis.open_forms import open_forms
from evaluation.evidence import priorities_without
from evaluation.working_area import forms_table, managers_waiting, tasks
from training.people.access import requires, user_of
from training.people.models import Partnership
from training.people.permissions import Permission


@requires(Permission.READ_REPORTS)
@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    user, now, today = user_of(request), timezone.now(), timezone.localdate()
    below = Partnership.objects.values_list("withhold_below", flat=True).get()
    forms = open_forms(now, today)
    context = {
        "tasks": tasks(user, now, today, below),
        "forms": forms_table(forms) if forms else None,
        "managers": managers_waiting(now),
        "priorities": priorities_without(today),
        "may_grade": user.may(Permission.GRADE_EVIDENCE),
        "may_screen": user.may(Permission.SCREEN_ANSWERS),
        "may_change_forms": user.may(Permission.MANAGE_CATALOGUE),
        "answers_concerns": user.may(Permission.ANSWER_CONCERNS),
    }
    return render(request, "evaluation/evaluation.html", context)
