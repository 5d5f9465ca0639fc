"""The library's pages with our marks, each in one transaction; and the few that are ours."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as library
from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_not_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.people.access import requires, user_of
from training.people.accounts.adapter import newcomer_page
from training.people.accounts.forms import NameForm
from training.people.actions import signing_out as actions
from training.people.actions.identity import introduce
from training.people.permissions import Permission
from training.web.access import public

View = Callable[..., HttpResponseBase]
CODE_IS_GONE = (
    "That code does not work any more. A code lasts 15 minutes, works once, and only in the browser "
    "where you asked for it. Ask for a new one."
)


def open_to_all(view: View) -> View:
    """A page of the library for everybody: what it writes and the mail about it land together."""
    return public(transaction.atomic(view))


def signed_in(view: View) -> View:
    """A page of the library about one's own login."""
    return requires(Permission.OWN_RECORD)(transaction.atomic(view))


def explains_lost_code(view: View) -> View:
    """A code typed too late, or in another browser, leads back to the start: say why."""

    @wraps(view)
    def explained(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_signed_out = not request.user.is_authenticated
        response = view(request, *args, **kwargs)
        goes_back = is_signed_out and not request.user.is_authenticated and response.status_code == 302
        is_lost = goes_back and response["Location"].split("?")[0] in _starts()
        if request.method == "POST" and is_lost and not _has_said_something(request):
            messages.warning(request, CODE_IS_GONE)
        return response

    return explained


def _has_said_something(request: HttpRequest) -> bool:
    return bool(getattr(messages.get_messages(request), "added_new", False))


def _starts() -> set[str]:
    return {reverse(name) for name in ("account_login", "account_request_login_code", "account_reset_password")}


class SignInCodeView(library.ConfirmLoginCodeView):
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        return say_sent_again(self.request, super()._resend_form_valid(form))


class AddressCodeView(library.ConfirmEmailVerificationCodeView):
    def _resend_form_valid(self, form: Any) -> HttpResponse:
        return say_sent_again(self.request, super()._resend_form_valid(form))


def say_sent_again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if not _has_said_something(request):
        messages.info(request, "We have sent you a new code. The one before no longer works.")
    return response


confirm_login_code = open_to_all(explains_lost_code(SignInCodeView.as_view()))
confirm_address = open_to_all(explains_lost_code(login_not_required(AddressCodeView.as_view())))
confirm_reset_code = open_to_all(explains_lost_code(library.confirm_password_reset_code))


@requires(Permission.OWN_RECORD)
def name(request: HttpRequest) -> HttpResponse:
    """Somebody who proved their address elsewhere than where they signed up says who they are."""
    onwards = request.GET.get("next", "")
    if not onwards or not get_adapter().is_safe_url(onwards):
        onwards = newcomer_page()
    if user_of(request).person_id is not None:
        return HttpResponseRedirect(onwards)
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        introduce(user=user_of(request), name=form.cleaned_data["name"], now=timezone.now())
        return HttpResponseRedirect(onwards)
    return render(request, "account/name.html", {"form": form})


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
@transaction.atomic
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Every other browser and phone that is signed in with this login is signed out; this one stays."""
    if request.method == "POST":
        user = actions.sign_out_everywhere(user=user_of(request), by=user_of(request))
        update_session_auth_hash(request, user)
        messages.success(request, "You are signed out everywhere but here.")
        return HttpResponseRedirect(reverse("people:my"))
    return render(request, "account/sign_out_everywhere.html")


@public
def too_many_requests(request: HttpRequest) -> HttpResponse:
    """What a page answers that was sent too often: status 429."""
    response = render(request, "account/too_many_requests.html", status=429)
    response["Retry-After"] = "300"
    return response
