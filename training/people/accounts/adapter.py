"""Where Muster's sign-in differs from the library's."""

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from training.people.accounts import sign_up
from training.people.accounts.limits import saying_how_long
from training.people.accounts.mail import post_account_mail
from training.people.models import User

TOO_MANY_CODES = "That code was wrong three times, so it no longer works. Ask for a new one."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right. "
        "Check both, or choose “E-mail me a code instead”.",
        "email_taken": "This address belongs to another login. Sign in with that one, or use a different address.",
        "duplicate_email": "This is the address you sign in with already.",
        "enter_current_password": "That is not your password now. Type it again.",
        "incorrect_password": "That is not your password. Type it again.",
        "incorrect_code": "That code is not right. Check it and type it again.",
        "too_many_login_attempts": "There have been too many tries. Wait 5 minutes, then try again.",
        "rate_limited": "There have been too many tries. Wait 5 minutes, then try again.",
        "cannot_remove_primary_email": "This is the address you sign in with. Change it instead.",
        "unverified_primary_email": "Prove your address with a code first.",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        post_account_mail(template_prefix.rpartition("/")[2], email, context)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        # The library gives a ready message for one thing only: the last wrong code of those allowed.
        if kwargs.get("message") == self.error_messages["too_many_login_attempts"]:
            kwargs["message"] = TOO_MANY_CODES
        super().add_message(request, level, *args, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        key = self._get_login_attempts_cache_key(request, **credentials)
        with saying_how_long(request, "login_failed", key):
            super().pre_authenticate(request, **credentials)

    def login(self, request: HttpRequest, user: User) -> None:
        """All steps are done: the address is proved, so a newcomer gets their person before the session begins."""
        self.request.is_newcomer = sign_up.complete(request, user)
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.person_id is None:
            return _on_the_way(reverse("account_name"), response)
        if getattr(self.request, "is_newcomer", False):
            return _on_the_way(newcomer_page(), response)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return url_of(settings.LOGIN_REDIRECT_URL)

    get_signup_redirect_url = get_login_redirect_url

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return url_of(settings.LOGOUT_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def is_safe_url(self, url: str) -> bool:
        """Only this very site, where the library would allow all of ALLOWED_HOSTS."""
        request = self.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in minutes ago is not asked at once for the same password again."""
        needed = super().is_reauthentication_required(app=app, **kwargs)
        return needed and not _signed_in_just_now(self.request)


def _signed_in_just_now(request: HttpRequest) -> bool:
    records = get_authentication_records(request, cast(User, request.user))
    latest = max((record["at"] for record in records), default=0.0)
    return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _on_the_way(page: str, response: HttpResponse) -> HttpResponse:
    """First to `page`, which goes on to where `response` wanted to go."""
    return HttpResponseRedirect(f"{page}?{urlencode({'next': response['Location']})}")


def newcomer_page() -> str:
    """Where somebody whom we have just met goes first: to say where they work."""
    return url_of("people:where-i-work", otherwise=settings.LOGIN_REDIRECT_URL)


def url_of(name: str, otherwise: str = "") -> str:
    """The address of a page of an app that may not be installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return url_of(otherwise) if otherwise else "/"
