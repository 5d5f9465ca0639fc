"""Meetings: their list, and one meeting's paper."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.governance.actions.meetings import plan_meeting
from training.governance.agenda import paper_of, waiting_for
from training.governance.forms.meetings import MeetingForm
from training.governance.models import ActionPoint, Body, Meeting
from training.governance.papers import paper_data
from training.governance.rights import may_minute
from training.governance.tables import action_tasks, past_meetings_table
from training.governance.views.rows import meeting_or_404, saved
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.downloads import pdf_response
from training.web.pages import paginate

PAPER = Path(__file__).resolve().parent.parent / "paper.typ"


@requires(Permission.SEE_PROGRAMME)
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Each group's next meeting with what waits for it, and the meetings that were held."""
    now, today, user = timezone.now(), timezone.localdate(), user_of(request)
    bodies = list(Body.objects.order_by("pk"))
    groups = [
        {
            "body": body,
            "next": body.meetings.to_come(today).first(),
            "waiting": waiting_for(body, now),
        }
        for body in bodies
    ]
    page = paginate(request, Meeting.objects.select_related("body").before(today))
    open_actions = ActionPoint.objects.open().select_related("owner", "meeting__body")
    context = {
        "groups": groups,
        "page": page,
        "table": past_meetings_table(page),
        "tasks": action_tasks(open_actions.order_by("due_on", "pk")[:25], today),
        "may_plan": any(may_minute(user, body) for body in bodies),
    }
    return render(request, "governance/meetings.html", context)


@requires(Permission.SEE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def meeting_add(request: HttpRequest) -> HttpResponse:
    form, user = MeetingForm(request.POST or None), user_of(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if saved(request, form, lambda: plan_meeting(by=user, **data), f"{data['body']}: the meeting is planned."):
            return redirect("governance:meeting", data["body"].meetings.get(held_on=data["held_on"]).reference)
    return render(request, "governance/meeting_add.html", {"form": form})


@requires(Permission.SEE_PROGRAMME)
@require_safe
def meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """What it is asked, what came of last time, what it decided and asked for."""
    shown, now, today = meeting_or_404(reference), timezone.now(), timezone.localdate()
    paper = paper_of(shown, now, today)
    context = {
        "paper": paper,
        "meeting": shown,
        "may_minute": may_minute(user_of(request), shown.body),
        "is_over": shown.held_on < today,
        "may_decide": shown.held_on <= today,
        "last_tasks": action_tasks(paper.last_actions, today),
        "open_tasks": action_tasks(paper.open_actions, today),
        "tasks": action_tasks(paper.actions, today),
    }
    return render(request, "governance/meeting.html", context)


@requires(Permission.SEE_PROGRAMME)
@require_safe
def meeting_paper(_: HttpRequest, reference: str) -> HttpResponse:
    """The paper as a tagged PDF."""
    shown = meeting_or_404(reference)
    paper = paper_of(shown, timezone.now(), timezone.localdate())
    return pdf_response(PAPER, paper_data(paper), f"Paper {shown.body} {shown.held_on}")
