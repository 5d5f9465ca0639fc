"""The page behind a personal link. Opening it changes nothing, so that mail scanners may."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from evaluation.actions import answering
from evaluation.answering import find_asked
from evaluation.errors import EvaluationError
from evaluation.forms.answering import AnswerForm
from training.web.access import public


@public
@csrf_exempt  # the link is the only authority here, no cookie: nothing typed is lost where cookies are off or old
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    forget_who_is_signed_in(request)
    now = timezone.now()
    asked = find_asked(token, now)
    if asked is None:
        return _closed(request)
    form = AnswerForm(asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        is_about_safety = form.cleaned_data["is_about_safety"]
        try:
            _, concern = answering.answer(token=token, given=form.given(), is_about_safety=is_about_safety, now=now)
        except EvaluationError:
            return _closed(request)
        return redirect("evaluation:answer-passed-on" if concern else "evaluation:answer-thanks")
    context = {"form": form, "asked": asked, "stage": asked.invitation.stage}
    return private(render(request, "evaluation/answer.html", context))


@public
@require_safe
def answer_thanks(request: HttpRequest) -> HttpResponse:
    forget_who_is_signed_in(request)
    return render(request, "evaluation/answer_thanks.html")


@public
@require_safe
def answer_passed_on(request: HttpRequest) -> HttpResponse:
    forget_who_is_signed_in(request)
    return render(request, "evaluation/answer_passed_on.html")


def _closed(request: HttpRequest) -> HttpResponse:
    """The same for a link that is wrong, used or old: whoever tries learns nothing."""
    return private(render(request, "evaluation/answer_closed.html", status=404))


def private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def forget_who_is_signed_in(request: HttpRequest) -> None:
    """A form without names shows none, and the line that the log keeps of this request names nobody either."""
    request.user = AnonymousUser()
    request._cached_user = request.user  # type: ignore[attr-defined]
