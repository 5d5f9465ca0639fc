from collections.abc import Callable

import pghistory
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from training.people.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

# Pages that somebody without their second factor yet must still reach.
OPEN_WITHOUT_SECOND_FACTOR = ("account_logout", "account_name", "account_reauthenticate", "mfa_", "web:")
# Pages that somebody who has not said their name yet must still reach.
OPEN_WITHOUT_NAME = ("account_logout", "account_name", "web:")


class AuditContextMiddleware:
    """Writes who and which page beside every audited change of a request.

    The page is its URL *name*: a path may hold the token of a personal link.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        user_id = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=user_id, page=url_name(request)):
            return self.get_response(request)


class NameMiddleware:
    """Sends a login that is nobody yet to say their name before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.person_id is None and not url_name(request).startswith(OPEN_WITHOUT_NAME):
            return HttpResponseRedirect(reverse("account_name"))
        return self.get_response(request)


class SecondFactorMiddleware:
    """Sends whoever holds a role of `SECOND_FACTOR_ROLES` to set up a second factor before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        user, bound = request.user, set(settings.SECOND_FACTOR_ROLES)
        if not bound or not isinstance(user, User) or not bound & user.roles:
            return False
        if url_name(request).startswith(OPEN_WITHOUT_SECOND_FACTOR):
            return False
        from allauth.mfa.utils import is_mfa_enabled

        return not is_mfa_enabled(user)


def url_name(request: HttpRequest) -> str:
    """The name of the page asked for, such as `people:home`; empty when there is none."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
