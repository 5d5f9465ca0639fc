"""Screeners read what people wrote, one answer at a time, before anybody else does."""

import uuid

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.actions.screening import clear_comment, withhold_comment
from evaluation.errors import EvaluationError
from evaluation.forms.screening import QUOTE, ClearForm, WithholdForm
from evaluation.models import Comment, CommentStep, EvidenceItem, Stage
from evaluation.screening import suspicions
from evaluation.screening.reading import next_to_screen, shows_event
from evaluation.screening.redacting import pieces
from evaluation.tables import comments_table
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.components import NavItem, Step
from training.web.pages import paginate
from training.web.words import clock, day

SCREEN = Permission.SCREEN_ANSWERS
State = Comment.State
DECIDED = (State.CLEARED, State.QUOTABLE, State.WITHHELD)


@requires(SCREEN)
@never_cache
@require_safe
def screening(request: HttpRequest) -> HttpResponse:
    numbers = dict(Comment.objects.values_list("state").annotate(Count("pk")).order_by())
    asked = request.GET.get("state", "")
    state = asked if asked in DECIDED else State.CLEARED
    page = paginate(request, Comment.objects.filter(state=state).select_related("question").order_by("pk"))
    tabs = [NavItem(f"{one.label} ({numbers.get(one, 0)})", f"?state={one.value}", one == state) for one in DECIDED]
    context = {
        "waiting": numbers.get(State.UNSCREENED, 0),
        "tabs": tabs,
        "page": page,
        "table": comments_table(State(state).label, list(page)),
    }
    return render(request, "evaluation/screening.html", context)


@requires(SCREEN)
@never_cache
@require_safe
def screening_next(request: HttpRequest) -> HttpResponse:
    found = next_to_screen(user_of(request))
    return redirect("evaluation:screening-comment", found.pk) if found else redirect("evaluation:screening")


@requires(SCREEN)
@never_cache
@require_safe
def screening_comment(request: HttpRequest, comment: uuid.UUID) -> HttpResponse:
    return _page(request, _comment(comment))


@requires(SCREEN)
@never_cache
@require_http_methods(["GET", "POST"])
def screening_clear(request: HttpRequest, comment: uuid.UUID) -> HttpResponse:
    found = _comment(comment)
    form = ClearForm(found.text, suspicions(found.text), found.state, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, clear_form=form)
    given = form.cleaned_data
    try:
        clear_comment(
            comment=found,
            seen=given["seen"],
            take_out=given.get("take_out", []),
            words=given["words"],
            may_be_quoted=given["use"] == QUOTE,
            by=user_of(request),
            now=timezone.now(),
        )
    except EvaluationError as error:
        form.add_error(None, str(error))
        return _page(request, _comment(comment), clear_form=form)
    return _go_on(request, found, "Cleared.")


@requires(SCREEN)
@never_cache
@require_http_methods(["GET", "POST"])
def screening_withhold(request: HttpRequest, comment: uuid.UUID) -> HttpResponse:
    found = _comment(comment)
    form = WithholdForm(found.state, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, withhold_form=form)
    given = form.cleaned_data
    try:
        withhold_comment(
            comment=found, seen=given["seen"], reason=given["reason"], by=user_of(request), now=timezone.now()
        )
    except EvaluationError as error:
        form.add_error(None, str(error))
        return _page(request, _comment(comment), withhold_form=form)
    return _go_on(request, found, "Withheld.")


def _comment(pk: uuid.UUID) -> Comment:
    return get_object_or_404(
        Comment.objects.select_related("question", "response__event__version", "event__version"), pk=pk
    )


def _page(
    request: HttpRequest,
    found: Comment,
    clear_form: ClearForm | None = None,
    withhold_form: WithholdForm | None = None,
) -> HttpResponse:
    """With what was typed wrongly in one of its forms, if anything."""
    suspected = suspicions(found.text)
    evidence = EvidenceItem.objects.filter(comment=found).first()
    context = {
        "comment": found,
        "stage": Stage(found.asked_at).label if found.asked_at else found.get_origin_display(),
        "pieces": pieces(found.text, suspected),
        "suspected": len(suspected),
        "shows_event": shows_event(found, timezone.now()),
        "clear_form": clear_form or ClearForm(found.text, suspected, found.state),
        "withhold_form": withhold_form or WithholdForm(found.state),
        "steps": [_step(step) for step in found.steps.select_related("by")],
        "waiting": Comment.objects.to_screen().count(),
        "evidence": evidence,
        "may_be_evidence": evidence is None
        and found.may_be_evidence
        and found.state in (State.CLEARED, State.QUOTABLE),
    }
    return render(request, "evaluation/screening_comment.html", context)


def _step(step: CommentStep) -> Step:
    return Step(step.get_became_display(), f"{day(step.at)}, {clock(step.at)}", step.by.name, step.reason)


def _go_on(request: HttpRequest, done: Comment, words: str) -> HttpResponse:
    """To the next that waits; somebody who looked again at one that was decided stays with it."""
    messages.success(request, words)
    after = next_to_screen(user_of(request), done.pk) if done.state == State.UNSCREENED else done
    return redirect("evaluation:screening-comment", after.pk) if after else redirect("evaluation:screening")
