"""The booking rules: which there are, what each says, what two of them say otherwise, and writing the next."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.actions.policies import add_policy, draft_version, end_policy, take_back_version, write_version
from bookings.errors import BookingsError
from bookings.forms.policies import EndPolicyForm, PolicyForm, VersionForm
from bookings.models import BookingPolicy, BookingPolicyVersion
from bookings.policy_pages import ORDER, date_or_none, listed_policies, standing_rules, version_states
from bookings.rules.consequences import consequences
from bookings.rules.policy import free_until, policy_for
from bookings.rules.sentences import compare, scope_words, sentences
from bookings.views.rows import event_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import full_day


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    today = london_day(timezone.now())
    asked = request.GET.get("date", "").strip()
    if asked and (event := date_or_none(user_of(request), asked)):
        return redirect("bookings:date-rules", event.reference)
    context = {"rows": listed_policies(today), "order": ORDER, "asked": asked}
    return render(request, "bookings/policies.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def date_rules(request: HttpRequest, reference: str) -> HttpResponse:
    """Which rules hold for this date, for whoever books it today."""
    event, today = event_or_404(user_of(request), reference), london_day(timezone.now())
    version = policy_for(event, today)
    context = {
        "event": event,
        "version": version,
        "scope": scope_words(version.policy),
        "sentences": sentences(version),
        "free_until": free_until(version, event.starts_at),
        "order": ORDER,
    }
    return render(request, "bookings/date_rules.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def policy_add(request: HttpRequest) -> HttpResponse:
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            policy = add_policy(**form.cleaned_data, by=user_of(request))
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Added. They hold once a version of them begins: write the first one.")
            return redirect("bookings:policy-version-add", policy.reference)
    return render(request, "bookings/policy_add.html", {"form": form})


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def policy(request: HttpRequest, reference: str) -> HttpResponse:
    return _policy_page(request, _policy(reference), EndPolicyForm())


def _policy_page(request: HttpRequest, found: BookingPolicy, form: EndPolicyForm) -> HttpResponse:
    states = version_states(found, london_day(timezone.now()))
    context = {"policy": found, "scope": scope_words(found), "states": states, "form": form}
    return render(request, "bookings/policy.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def policy_end(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _policy(reference), EndPolicyForm(request.POST)
    if form.is_valid():
        try:
            ended = end_policy(policy=found, by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except BookingsError as error:
            form.add_error("from_day", str(error))
        else:
            last = ended.ended_on or timezone.localdate()
            messages.success(request, f"From {full_day(last)} on, new bookings are made under the next fitting rules.")
            return redirect("bookings:policy", found.reference)
    return _policy_page(request, found, form)


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def policy_version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = _policy(reference)
    version = get_object_or_404(found.versions.select_related("written_by", "policy__course"), number=number)
    context = {
        "policy": found,
        "version": version,
        "scope": scope_words(found),
        "sentences": sentences(version),
        "others": found.versions.exclude(pk=version.pk).order_by("-number"),
        "is_to_come": version.effective_from > london_day(timezone.now()),
        "bookings": version.bookings.count(),
    }
    return render(request, "bookings/policy_version.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def policy_version_take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = _policy(reference)
    version = found.versions.filter(number=number).first()
    try:
        if version is not None and take_back_version(version=version, by=user_of(request), now=timezone.now()):
            messages.success(request, "Taken back.")
    except BookingsError as error:
        messages.error(request, str(error))
    return redirect("bookings:policy", found.reference)


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def policy_compare(request: HttpRequest, reference: str, first: int, second: int) -> HttpResponse:
    found = _policy(reference)
    pair = [get_object_or_404(found.versions, number=number) for number in (first, second)]
    context = {"policy": found, "first": pair[0], "second": pair[1], "rows": compare(*pair)}
    return render(request, "bookings/policy_compare.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def policy_version_add(request: HttpRequest, reference: str) -> HttpResponse:
    """First what it would touch, then the button that writes it."""
    found, now = _policy(reference), timezone.now()
    form = VersionForm(request.POST or None, follows=_last(found, london_day(now)))
    preview = None
    if request.method == "POST" and form.is_valid():
        day, why = form.cleaned_data["effective_from"], form.cleaned_data["why"]
        if request.POST.get("do") != "write":
            preview = consequences(draft_version(found, form.rules, day), london_day(now))
        else:
            try:
                version = write_version(
                    policy=found, rules=form.rules, effective_from=day, why=why, by=user_of(request), now=now
                )
            except BookingsError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"Written. It holds from {full_day(version.effective_from)}.")
                return redirect("bookings:policy-version", found.reference, version.number)
    context = {"policy": found, "scope": scope_words(found), "form": form, "preview": preview}
    return render(request, "bookings/policy_version_add.html", context)


def _policy(reference: str) -> BookingPolicy:
    return get_object_or_404(BookingPolicy.objects.select_related("course"), reference=reference.upper())


def _last(found: BookingPolicy, today: datetime.date) -> BookingPolicyVersion:
    """What the form begins with: the newest version, or the standard rules for the first one."""
    return found.versions.order_by("-effective_from").first() or standing_rules(today)
