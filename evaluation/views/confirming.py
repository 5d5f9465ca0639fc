"""The page behind a manager's link. Opening it changes nothing, so that mail scanners may."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.actions import confirming
from evaluation.errors import EvaluationError
from evaluation.forms.answering import SAFETY
from evaluation.forms.confirming import ConfirmForm
from evaluation.managers import find_digest, people_of
from evaluation.models import ManagerConfirmation
from evaluation.views.answering import forget_who_is_signed_in, private
from training.web.access import public

ASKED = ManagerConfirmation.State.ASKED


@public
@csrf_exempt  # the link is the only authority here, no cookie: nothing typed is lost where cookies are off or old
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    forget_who_is_signed_in(request)
    now = timezone.now()
    digest = find_digest(token, now)
    if digest is None:
        return _closed(request)
    people = people_of(digest)
    waiting = [row for row in people if row.state == ASKED]
    form = ConfirmForm(waiting, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _save(request, token, form)
    answered = [row for row in people if row.state != ASKED]
    context = {"form": form, "digest": digest, "waiting": waiting, "answered": answered, "number": len(people)}
    return private(render(request, "evaluation/confirm.html", context))


def _save(request: HttpRequest, token: str, form: ConfirmForm) -> HttpResponse:
    """On to the page that says what became of it: whoever is left is named there."""
    is_about_safety = form.cleaned_data[SAFETY]
    now = timezone.now()
    try:
        confirmed = confirming.confirm(token=token, told=form.told(), is_about_safety=is_about_safety, now=now)
    except EvaluationError:
        return _closed(request)
    if confirmed.concerns:
        return redirect("evaluation:confirm-passed-on")
    if find_digest(token, now) is None:
        return redirect("evaluation:confirm-thanks")
    return redirect("evaluation:confirm", token)


@public
@require_safe
def confirm_thanks(request: HttpRequest) -> HttpResponse:
    forget_who_is_signed_in(request)
    return render(request, "evaluation/confirm_thanks.html")


@public
@require_safe
def confirm_passed_on(request: HttpRequest) -> HttpResponse:
    forget_who_is_signed_in(request)
    return render(request, "evaluation/confirm_passed_on.html")


def _closed(request: HttpRequest) -> HttpResponse:
    """The same for a link that is wrong, all answered or old: whoever tries learns nothing."""
    return private(render(request, "evaluation/confirm_closed.html", status=404))
