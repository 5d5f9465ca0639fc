"""Evidence that practice changed: read by whoever reads reports, written and graded by PDL members and coordinators."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evaluation.actions.evidence import (
    StaleEvidenceError,
    approve_evidence,
    change_evidence,
    check_evidence,
    decide_on_evidence,
    draft_evidence,
    reject_evidence,
    reopen_evidence,
)
from evaluation.errors import EvaluationError
from evaluation.evidence import EvidenceFilter, answers_for_evidence
from evaluation.forms.evidence import DecisionForm, EvidenceForm, RejectForm, initial_of
from evaluation.models import Comment, EvidenceItem
from evaluation.showing_evidence import item_context
from evaluation.tables import evidence_table
from training.governance.models import Priority
from training.people.access import requires, user_of
from training.people.models import Partnership
from training.people.permissions import Permission
from training.web.pages import paginate

OWN_ACCOUNT = "The practitioner’s own account, two months on."
TOLD_BY_MANAGER = "A manager, asked about one of their people two months after the course."
READ, GRADE = Permission.READ_REPORTS, Permission.GRADE_EVIDENCE


@requires(READ)
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    wanted = EvidenceFilter.read(request.GET)
    page = paginate(request, wanted.items(user, today))
    context = {
        "page": page,
        "table": evidence_table("Evidence", list(page), today),
        "filters": wanted.panel(list(Priority.objects.order_by("name")), grades_evidence=user.may(GRADE)),
        "may_grade": user.may(GRADE),
    }
    return render(request, "evaluation/evidence.html", context)


@requires(GRADE)
@require_safe
def evidence_answers(request: HttpRequest) -> HttpResponse:
    below = Partnership.objects.values_list("withhold_below", flat=True).get()
    page = paginate(request, answers_for_evidence(below))
    return render(request, "evaluation/evidence_answers.html", {"page": page, "below": below})


@requires(READ)
@require_safe
def evidence_item(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _item(request, reference))


@requires(GRADE)
@require_http_methods(["GET", "POST"])
def evidence_add(request: HttpRequest) -> HttpResponse:
    """From scratch, or from an answer: `?answer=` is its id."""
    comment = _answer(request)
    version = comment.about.version if comment else None
    form = EvidenceForm(request.POST or None, initial=_initial(comment), only=version)
    if request.method == "POST" and form.is_valid():
        try:
            item = draft_evidence(text=form.text(), comment=comment, by=user_of(request), now=timezone.now())
        except EvaluationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The draft is kept.")
            return redirect("evaluation:evidence-item", item.reference)
    return render(request, "evaluation/evidence_add.html", {"form": form, "comment": comment})


@requires(GRADE)
@require_http_methods(["GET", "POST"])
def evidence_change(request: HttpRequest, reference: str) -> HttpResponse:
    item, by, now = _item(request, reference), user_of(request), timezone.now()
    only = item.version if item.comment_id else None
    form = EvidenceForm(request.POST or None, initial=initial_of(item), only=only)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            change_evidence(item=item, text=form.text(), revision=revision, by=by, now=now)
        except EvaluationError as error:
            form.add_error(None, str(error))
            if isinstance(error, StaleEvidenceError):
                form.data = {**request.POST.dict(), "revision": str(error.revision)}
        else:
            messages.success(request, "Changed.")
            return redirect("evaluation:evidence-item", reference)
    return render(request, "evaluation/evidence_change.html", {"form": form, "item": item})


@requires(GRADE)
@require_POST
def evidence_approve(request: HttpRequest, reference: str) -> HttpResponse:
    item, by, now = _item(request, reference), user_of(request), timezone.now()
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    return _try(request, item, lambda: approve_evidence(item=item, revision=revision, by=by, now=now), "Approved.")


@requires(GRADE)
@require_http_methods(["GET", "POST"])
def evidence_reject(request: HttpRequest, reference: str) -> HttpResponse:
    item, by, now = _item(request, reference), user_of(request), timezone.now()
    form = RejectForm(request.POST or None, auto_id="reject_%s")
    if request.method != "POST" or not form.is_valid():
        return _page(request, item, reject_form=form)
    reason = form.cleaned_data["reason"]
    done = "It does not count as evidence any more."
    return _try(request, item, lambda: reject_evidence(item=item, reason=reason, by=by, now=now), done)


@requires(GRADE)
@require_POST
def evidence_reopen(request: HttpRequest, reference: str) -> HttpResponse:
    item, by, now = _item(request, reference), user_of(request), timezone.now()
    return _try(request, item, lambda: reopen_evidence(item=item, by=by, now=now), "It is a draft again.")


@requires(GRADE)
@require_POST
def evidence_check(request: HttpRequest, reference: str) -> HttpResponse:
    item, by, now = _item(request, reference), user_of(request), timezone.now()
    done = "Noted that it still holds."
    return _try(request, item, lambda: check_evidence(item=item, by=by, now=now), done)


@requires(GRADE)
@require_http_methods(["GET", "POST"])
def evidence_decide(request: HttpRequest, reference: str) -> HttpResponse:
    item, by, now = _item(request, reference), user_of(request), timezone.now()
    form = DecisionForm(request.POST or None, auto_id="decide_%s")
    if request.method != "POST" or not form.is_valid():
        return _page(request, item, decision_form=form)
    given = form.cleaned_data
    done = "The decision is recorded."
    return _try(request, item, lambda: decide_on_evidence(item=item, by=by, now=now, **given), done)


def _item(request: HttpRequest, reference: str) -> EvidenceItem:
    rows = EvidenceItem.objects.visible_to(user_of(request))
    joined = rows.select_related(
        "version__course", "priority", "comment", "drafted_by", "graded_by", "decision__meeting__body"
    )
    return get_object_or_404(joined, reference=reference)


def _answer(request: HttpRequest) -> Comment | None:
    """The cleared answer of the address, None without one; a wrong one is not found."""
    asked = request.GET.get("answer")
    if not asked:
        return None
    try:
        key = uuid.UUID(asked)
    except ValueError:
        key = uuid.UUID(int=0)
    rows = Comment.objects.cleared().that_may_be_evidence()
    return get_object_or_404(rows.select_related("response__event__version__course", "event__version__course"), pk=key)


def _initial(comment: Comment | None) -> dict[str, object]:
    if comment is None:
        return {"revision": 0}
    event = comment.about
    is_own = comment.is_own_account
    return {
        "revision": 0,
        "version": event.version,
        "grade": EvidenceItem.Grade.C if is_own else EvidenceItem.Grade.B,
        "source": OWN_ACCOUNT if is_own else TOLD_BY_MANAGER,
        "is_independent": not is_own,
        "period_starts_on": timezone.localdate(event.starts_at) if event.starts_at else comment.written_on,
        "period_ends_on": comment.written_on,
    }


def _page(request: HttpRequest, item: EvidenceItem, **forms: RejectForm | DecisionForm) -> HttpResponse:
    """With what was typed wrongly in one of its forms, if anything."""
    context = {
        **item_context(item, user_of(request), timezone.localdate()),
        "reject_form": RejectForm(auto_id="reject_%s"),
        "decision_form": DecisionForm(auto_id="decide_%s"),
        **forms,
    }
    return render(request, "evaluation/evidence_item.html", context)


def _try(request: HttpRequest, item: EvidenceItem, action: Callable[[], object], done: str) -> HttpResponse:
    try:
        action()
    except EvaluationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("evaluation:evidence-item", item.reference)
