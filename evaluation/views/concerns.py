"""The duty people's pages. Everybody else, a coordinator too, is refused."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.actions.concerns import (
    STEP_WORDS,
    agree_to_unseal,
    ask_to_unseal,
    close_concern,
    note_on_concern,
    take_concern,
)
from evaluation.errors import EvaluationError
from evaluation.forms.concerns import CloseForm, NoteForm, ReasonForm
from evaluation.models import Concern, ConcernStep
from evaluation.tables import concerns_table
from training.people.access import requires, user_of
from training.people.models.person import log_view
from training.people.permissions import Permission
from training.web.components import Step
from training.web.pages import paginate
from training.web.words import clock, day

DUTY = Permission.ANSWER_CONCERNS


@requires(DUTY)
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    seen = Concern.objects.visible_to(user_of(request)).select_related("event__version", "taken_by")
    now = timezone.now()
    waiting = list(seen.open().order_by("due_at", "pk"))
    page = paginate(request, seen.filter(closed_at__isnull=False).order_by("-closed_at", "-pk"))
    context = {
        "waiting": concerns_table("To deal with", waiting, now) if waiting else None,
        "page": page,
        "closed": concerns_table("Closed", list(page), now),
    }
    return render(request, "evaluation/concerns.html", context)


@requires(DUTY)
@never_cache
@require_safe
def concern(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _concern(request, reference))


@requires(DUTY)
@require_POST
def concern_take(request: HttpRequest, reference: str) -> HttpResponse:
    found, by, now = _concern(request, reference), user_of(request), timezone.now()
    return _try(request, found, lambda: take_concern(concern=found, by=by, now=now), "You have taken this concern.")


@requires(DUTY)
@require_http_methods(["GET", "POST"])
def concern_note(request: HttpRequest, reference: str) -> HttpResponse:
    found, form, by, now = (
        _concern(request, reference),
        NoteForm(request.POST or None),
        user_of(request),
        timezone.now(),
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, note_form=form)
    note = form.cleaned_data["note"]
    return _try(request, found, lambda: note_on_concern(concern=found, note=note, by=by, now=now), "Noted.")


@requires(DUTY)
@require_http_methods(["GET", "POST"])
def concern_close(request: HttpRequest, reference: str) -> HttpResponse:
    found, form, by, now = (
        _concern(request, reference),
        CloseForm(request.POST or None),
        user_of(request),
        timezone.now(),
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, close_form=form)
    given = form.cleaned_data
    return _try(
        request,
        found,
        lambda: close_concern(concern=found, outcome=given["outcome"], note=given["note"], by=by, now=now),
        "The concern is closed.",
    )


@requires(DUTY)
@require_http_methods(["GET", "POST"])
def writer_ask(request: HttpRequest, reference: str) -> HttpResponse:
    found, form, by, now = (
        _concern(request, reference),
        ReasonForm(request.POST or None),
        user_of(request),
        timezone.now(),
    )
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, reason_form=form)
    reason = form.cleaned_data["reason"]
    done = "The other duty people have been asked. When one of them agrees, the name is shown here."
    return _try(request, found, lambda: ask_to_unseal(concern=found, reason=reason, by=by, now=now), done)


@requires(DUTY)
@require_POST
def writer_agree(request: HttpRequest, reference: str) -> HttpResponse:
    found, by, now = _concern(request, reference), user_of(request), timezone.now()
    done = "You have agreed. Who wrote it is shown below."
    return _try(request, found, lambda: agree_to_unseal(concern=found, by=by, now=now), done)


def _concern(request: HttpRequest, reference: str) -> Concern:
    rows = Concern.objects.visible_to(user_of(request))
    joined = rows.select_related("event__version", "taken_by", "unsealing__asked_by", "unsealing__agreed_by")
    return get_object_or_404(joined, reference=reference)


def _page(request: HttpRequest, found: Concern, **forms: Form) -> HttpResponse:
    """With what was typed wrongly in one of its forms, if anything."""
    user = user_of(request)
    unsealing = getattr(found, "unsealing", None)
    context = {
        "concern": found,
        "steps": [_step(step) for step in found.steps.select_related("by")],
        "unsealing": unsealing,
        "is_mine_to_agree": unsealing and not unsealing.agreed_at and unsealing.asked_by_id != user.person_id,
        "is_overdue": found.taken_at is None and found.due_at <= timezone.now(),
        "note_form": NoteForm(auto_id="note_%s"),
        "close_form": CloseForm(auto_id="close_%s"),
        "reason_form": ReasonForm(auto_id="reason_%s"),
        **forms,
    }
    if unsealing and unsealing.agreed_at:
        person = found.booking.person
        log_view(person, by=user, page="evaluation:concern", now=timezone.now())
        context |= {"writer": person, "employment": found.booking.employment}
        context |= {"manager": found.confirmation.digest if found.confirmation else None}
    return render(request, "evaluation/concern.html", context)


def _step(step: ConcernStep) -> Step:
    by = step.by.name if step.by else ""
    return Step(STEP_WORDS.get(step.code, step.code), f"{day(step.at)}, {clock(step.at)}", by, step.note)


def _try(request: HttpRequest, found: Concern, action: Callable[[], object], done: str) -> HttpResponse:
    try:
        action()
    except EvaluationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("evaluation:concern", found.reference)
