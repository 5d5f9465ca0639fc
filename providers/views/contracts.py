"""One contract: its time, its options, what was varied; and what a coordinator decides about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from providers.actions.cancelling import set_cancelling_terms
from providers.actions.options import decide_option, set_decision_time, vary_contract
from providers.actions.rates import set_rates
from providers.contract_words import steps_of, time_rows
from providers.errors import ProvidersError, StaleError
from providers.forms.contracts import CancellingForm, DecideForm, DecisionTimeForm, MeetingForm, VariationForm
from providers.forms.rates import RatesForm
from providers.models import Contract
from providers.tables import options_table
from providers.terms import last_safe_decision, next_option, time_of
from training.governance.actions import record_decision
from training.governance.models import Decision
from training.people.access import requires, user_of
from training.people.models import User
from training.people.permissions import Permission


def contract_or_404(user: User, reference: str) -> Contract:
    rows = Contract.objects.visible_to(user).select_related("provider")
    rows = rows.prefetch_related("terms", "options__decision__meeting__body", "options__decided_by")
    return get_object_or_404(rows, reference=reference)


@requires(Permission.OWN_RECORD)
@require_safe
def contract(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever sees the provider: coordinators, PDL, executives, the provider's own managers."""
    user, today = user_of(request), timezone.localdate()
    found, sees_deadlines = contract_or_404(user, reference), user.may(Permission.SEE_PROVIDERS)
    context = {
        "contract": found,
        "rows": time_rows(found, today, sees_deadlines=sees_deadlines),
        "options": options_table(found, sees_deadlines=sees_deadlines),
        "next_option": next_option(found),
        "steps": steps_of(found),
        "is_late": last_safe_decision(found) < today,
        "manages": user.may(Permission.MANAGE_CONTRACTS),
    }
    return render(request, "providers/contract.html", context)


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def contract_decide(request: HttpRequest, reference: str) -> HttpResponse:
    """The next option: taken up or refused, by which meeting, why."""
    user, now = user_of(request), timezone.now()
    found = contract_or_404(user, reference)
    option = next_option(found)
    if option is None or request.POST.get("position", str(option.position)) != str(option.position):
        messages.info(request, "That option is decided already: see below.")  # a second click
        return redirect("providers:contract", found.reference)
    form = DecideForm(request.POST or None, initial={"position": option.position})
    if request.method == "POST" and form.is_valid():
        word = "extended" if form.is_taken else "not extended"
        decision = _meetings(form, found, f"{option.months} months: {word}.", user)
        reason = form.cleaned_data["reason"]
        if _done(
            request,
            form,
            f"{found}: {word}.",
            lambda: decide_option(
                option=option, is_taken=form.is_taken, reason=reason, by=user, now=now, decision=decision()
            ),
        ):
            return redirect("providers:contract", found.reference)
    return render(request, "providers/contract_decide.html", {"form": form, "contract": found, "option": option})


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def contract_vary(request: HttpRequest, reference: str) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    found = contract_or_404(user, reference)
    form = VariationForm(request.POST or None, initial=VariationForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        decision = _meetings(form, found, "Varied.", user)
        revision = form.cleaned_data["revision"]
        if _done(
            request,
            form,
            f"{found}: the variation is kept.",
            lambda: vary_contract(
                contract=found, change=form.change, revision=revision, by=user, now=now, decision=decision()
            ),
        ):
            return redirect("providers:contract", found.reference)
    return render(
        request, "providers/contract_vary.html", {"form": form, "contract": found, "ends_on": time_of(found).ends_on}
    )


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def contract_time(request: HttpRequest, reference: str) -> HttpResponse:
    """How long before the end it has to be decided."""
    user = user_of(request)
    found = contract_or_404(user, reference)
    form = DecisionTimeForm(request.POST or None, initial=DecisionTimeForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if _done(request, form, f"{found}: saved.", lambda: set_decision_time(contract=found, by=user, **typed)):
            return redirect("providers:contract", found.reference)
    return render(request, "providers/contract_time.html", {"form": form, "contract": found})


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def contract_cancelling(request: HttpRequest, reference: str) -> HttpResponse:
    """What a date costs that is given back."""
    user = user_of(request)
    found = contract_or_404(user, reference)
    form = CancellingForm(request.POST or None, initial=CancellingForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if _done(request, form, f"{found}: saved.", lambda: set_cancelling_terms(contract=found, by=user, **typed)):
            return redirect("providers:contract", found.reference)
    return render(request, "providers/contract_cancelling.html", {"form": form, "contract": found})


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def contract_rates(request: HttpRequest, reference: str) -> HttpResponse:
    """What each way of teaching costs."""
    user = user_of(request)
    found = contract_or_404(user, reference)
    form = RatesForm(request.POST or None, initial=RatesForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        given = {"rates": form.rates, "revision": form.cleaned_data["revision"]}
        if _done(request, form, f"{found}: saved.", lambda: set_rates(contract=found, by=user, **given)):
            return redirect("providers:contract", found.reference)
    return render(request, "providers/contract_rates.html", {"form": form, "contract": found})


def _meetings(form: MeetingForm, contract: Contract, outcome: str, user: User) -> Callable[[], Decision | None]:
    """What writes down the meeting's decision, if a meeting decided: called inside the action's transaction."""
    typed, person = form.cleaned_data, user.person

    def record() -> Decision | None:
        if not typed["body"] or person is None:
            return None
        meeting = {name: typed[name] for name in ("body", "held_on", "minute")}
        return record_decision(
            **meeting, subject=f"Contract {contract}", outcome=outcome, by=person, now=timezone.now()
        )

    return record


def _done(request: HttpRequest, form: Any, sentence: str, action: Callable[[], object]) -> bool:
    """Whether the action was not refused; its sentence on the form if it was, and the revision of now."""
    try:
        with transaction.atomic():
            action()
    except ProvidersError as error:
        if isinstance(error, StaleError):
            form.data = form.data.copy()
            form.data["revision"] = str(error.revision)
        field = "new_end" if "new_end" in form.fields and not isinstance(error, StaleError) else None
        form.add_error(field, str(error))
        return False
    messages.success(request, sentence)
    return True
