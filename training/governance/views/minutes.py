"""Writing down: questions for a meeting, what it decided, what it asked for and what came of that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.governance.actions.meetings import (
    add_action_point,
    close_action_point,
    minute_decision,
    put_on_agenda,
    take_off_agenda,
)
from training.governance.errors import GovernanceError
from training.governance.forms.meetings import ActionForm, AgendaForm, CloseActionForm, DecisionForm
from training.governance.models import ActionPoint, Meeting
from training.governance.rights import may_minute
from training.governance.views.rows import action_or_404, item_or_404, meeting_or_404, saved
from training.people.access import requires, user_of
from training.people.permissions import Permission

SEE = Permission.SEE_PROGRAMME


def _minuted(request: HttpRequest, reference: str) -> Meeting:
    """The meeting, for those who write its minutes; others find no such page."""
    meeting = meeting_or_404(reference)
    if not may_minute(user_of(request), meeting.body):
        raise Http404
    return meeting


@requires(SEE)
@require_http_methods(["GET", "POST"])
def meeting_agenda(request: HttpRequest, reference: str) -> HttpResponse:
    meeting, by, now = _minuted(request, reference), user_of(request), timezone.now()
    form = AgendaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if saved(request, form, lambda: put_on_agenda(body=meeting.body, by=by, now=now, **data), "On the agenda."):
            return redirect("governance:meeting", meeting.reference)
    return render(request, "governance/meeting_agenda.html", {"form": form, "meeting": meeting})


@requires(SEE)
@require_POST
def agenda_take_off(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    meeting, question = _minuted(request, reference), item_or_404(item)
    try:
        take_off_agenda(item=question, by=user_of(request), now=timezone.now())
        messages.success(request, f"{question}: taken off the agenda.")
    except GovernanceError as error:
        messages.error(request, str(error))
    return redirect("governance:meeting", meeting.reference)


@requires(SEE)
@require_http_methods(["GET", "POST"])
def meeting_decision(request: HttpRequest, reference: str) -> HttpResponse:
    """What the meeting decided; with `?item=` the answer to a question that was put before it."""
    meeting, by, now = _minuted(request, reference), user_of(request), timezone.now()
    item = item_or_404(request.GET["item"]) if request.GET.get("item") else None
    form = DecisionForm(request.POST or None, initial={"subject": item.subject if item else ""})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = saved(
            request, form, lambda: minute_decision(meeting=meeting, item=item, by=by, now=now, **data), "Minuted."
        )
        if done:
            return redirect("governance:meeting", meeting.reference)
    return render(request, "governance/meeting_decision.html", {"form": form, "meeting": meeting, "item": item})


@requires(SEE)
@require_http_methods(["GET", "POST"])
def meeting_action(request: HttpRequest, reference: str) -> HttpResponse:
    meeting, by, now = _minuted(request, reference), user_of(request), timezone.now()
    form = ActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if saved(request, form, lambda: add_action_point(meeting=meeting, by=by, now=now, **data), "Written down."):
            return redirect("governance:meeting", meeting.reference)
    return render(request, "governance/meeting_action.html", {"form": form, "meeting": meeting})


@requires(SEE)
@require_http_methods(["GET", "POST"])
def action_close(request: HttpRequest, reference: str) -> HttpResponse:
    """For its owner and for whoever minutes the group; others read it on the meeting's page."""
    point, by, now = action_or_404(reference), user_of(request), timezone.now()
    if by.person_id != point.owner_id and not may_minute(by, point.meeting.body):
        raise Http404
    form = CloseActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if saved(request, form, lambda: close_action_point(point=point, by=by, now=now, **data), f"{point}: noted."):
            return redirect("governance:meeting", point.meeting.reference)
    is_open = point.standing == ActionPoint.Standing.OPEN
    return render(request, "governance/action_close.html", {"form": form, "point": point, "is_open": is_open})
