"""How the managers who are asked now stand, and what their one reminder will say."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.reminding import asking_now, asking_table, reminder_preview
from training.people.access import requires
from training.people.permissions import Permission


@requires(Permission.READ_REPORTS)
@require_safe
def managers(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "table": asking_table(asking_now(now)),
        "days": settings.EVALUATION_MANAGER_REMINDER_DAYS,
        "preview": reminder_preview(now),
    }
    return render(request, "evaluation/managers.html", context)
