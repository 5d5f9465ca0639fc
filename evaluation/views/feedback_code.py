"""The feedback code: shown to the room by the trainer, and the page that it opens on people's own phones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from bookings.asked import is_asked_about
from bookings.registers.rights import registers_visible_to
from evaluation.actions.asking_again import ask_again
from evaluation.feedback_code import (
    ASKED_AGAIN,
    WRONG_CODES,
    address_of,
    code_of,
    find_event,
    is_open,
    opens_at,
    picture_of,
)
from evaluation.forms.here import CodeForm, HereForm
from evaluation.views.answering import forget_who_is_signed_in, private
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.access import public

TOO_MANY = "evaluation/here_too_many.html"


@requires(Permission.OWN_RECORD)
@require_safe
def feedback_code(request: HttpRequest, reference: str) -> HttpResponse:
    """Large, for a screen or to hold up. The trainer's phone keeps it beside the register."""
    session = registers_visible_to(user_of(request)).filter(event__reference=reference).last()
    if session is None:
        raise Http404
    event = session.event
    record = getattr(session, "register", None)
    context = {"event": event, "session": session, "is_sent": record is not None and record.sent_at is not None}
    if is_asked_about(event):
        address = address_of(event)
        picture = mark_safe(picture_of(address))  # noqa: S308 - drawn by us, from an address of ours
        context |= {"address": address.partition("://")[2], "picture": picture, "code": code_of(event)}
    context["opens_at"] = opens_at(event)
    return render(request, "evaluation/feedback_code.html", context)


@public
@require_safe
def here_code(request: HttpRequest) -> HttpResponse:
    """For those who type the code instead of scanning it."""
    if WRONG_CODES.are_used_up(request):
        return WRONG_CODES.refusal(request, TOO_MANY)
    forget_who_is_signed_in(request)
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid() and form.event:
        return redirect("evaluation:here", code_of(form.event))
    if form.is_bound:
        WRONG_CODES.count(request)
    return private(render(request, "evaluation/here_code.html", {"form": form}))


@public
@csrf_exempt  # as on the form itself (evaluation/views/answering.py): no cookie has a say here
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, code: str) -> HttpResponse:
    """Opened, it changes nothing. Its button sends a link to an address, and says the same whoever's that is."""
    forget_who_is_signed_in(request)
    if WRONG_CODES.are_used_up(request) or ASKED_AGAIN.are_used_up(request):
        return WRONG_CODES.refusal(request, TOO_MANY)
    now, event = timezone.now(), find_event(code)
    if event is None:
        WRONG_CODES.count(request)
        return private(render(request, "evaluation/answer_closed.html", status=404))
    form = HereForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        ASKED_AGAIN.count(request)
        ask_again(event=event, address=form.cleaned_data["email"], now=now)
        return redirect("evaluation:here-sent")
    context = {"event": event, "form": form, "is_open": is_open(event, now), "opens_at": opens_at(event), "now": now}
    return private(render(request, "evaluation/here.html", context))


@public
@require_safe
def here_sent(request: HttpRequest) -> HttpResponse:
    forget_who_is_signed_in(request)
    return render(request, "evaluation/here_sent.html")
