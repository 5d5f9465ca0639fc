"""The register as a phone keeps it: taking what was tapped without a signal, and the files for working so."""

from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.taps import take_tap
from bookings.forms.taps import Sending, TapForm, UnreadableTapsError, read_sending
from bookings.registers.state import register_state
from bookings.views.register_rows import Sitting, lean_sitting_or_404
from training.people.access import requires, user_of
from training.people.devices import account_key
from training.people.models import User
from training.people.permissions import Permission
from training.web.access import public

OTHER_ACCOUNT = "Another account is signed in. What was tapped waits for the one that tapped it."


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register_taps(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """GET: the register as it stands. POST: taps, answered one by one, and then the same."""
    user = user_of(request)
    sitting = lean_sitting_or_404(user, reference, number)
    receipts: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            sending = read_sending(request.body)
        except UnreadableTapsError:
            return JsonResponse({"refusal": "This could not be read."}, status=400)
        if sending.account != account_key(user):
            return JsonResponse({"refusal": OTHER_ACCOUNT}, status=409)
        receipts = _take(sending, sitting, user)
    return JsonResponse({"receipts": receipts, **register_state(sitting.session, user, timezone.now())})


def _take(sending: Sending, sitting: Sitting, user: User) -> list[dict[str, str]]:
    return [{"uuid": form.data.get("uuid", ""), "refusal": _refusal(form, sitting, user)} for form in sending.forms]


def _refusal(form: TapForm, sitting: Sitting, user: User) -> str:
    if not form.is_valid():
        return form.refusal
    return take_tap(session=sitting.session, tap=form.tap, by=user, now=timezone.now())


@public
@require_safe
@cache_control(no_cache=True)
def register_worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django fixes what a view is called with
    """The service worker: served from here, because a worker rules the folder that it comes from."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


@cache
def _worker() -> str:
    found: Any = finders.find("bookings/register/worker.js")
    return Path(found).read_text()


@public
@require_safe
def register_no_signal(request: HttpRequest) -> HttpResponse:
    """Kept on the phone and shown instead of a page that is not."""
    return render(request, "bookings/register_no_signal.html")
