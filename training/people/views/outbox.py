"""Every message that Muster has written: what became of it, and sending it again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training.outbox.models import Message, MessageQuerySet
from training.outbox.resending import OutboxError, resend
from training.people.access import requires, user_of
from training.people.forms.outbox import OutboxFilterForm, ResendForm, kind_in_words
from training.people.messages_shown import may_show_body, shown_text
from training.people.models import Person
from training.people.navigation import people_tabs
from training.people.permissions import Permission
from training.people.tables import outbox_table
from training.people.visibility import messages_visible_to
from training.web.pages import paginate

# The HTML of a message as its reader gets it: nothing runs, nothing is fetched, nothing can frame it.
AS_SENT_POLICY = (
    "sandbox allow-popups allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)


def _messages(request: HttpRequest) -> MessageQuerySet:
    return Message.objects.filter(messages_visible_to(user_of(request)))


@requires(Permission.SEE_OUTBOX)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    rows = _messages(request).defer("text", "html", "calendar")
    kinds = list(rows.order_by("kind").values_list("kind", flat=True).distinct())
    form = OutboxFilterForm(request.GET or None, kinds=kinds)
    page = paginate(request, form.of(rows).order_by("-created_at", "-pk"))
    context = {
        "form": form,
        "page": page,
        "tabs": people_tabs(request),
        "table": outbox_table(page),
        "trouble_count": rows.in_trouble().count(),
        "is_filtered": any(request.GET.get(name) for name in ("state", "kind", "q")),
    }
    return render(request, "outbox/outbox.html", context)


@requires(Permission.SEE_OUTBOX)
@require_safe
def outbox_message(request: HttpRequest, reference: str) -> HttpResponse:
    message = get_object_or_404(_messages(request), reference=reference.upper())
    return _shown(request, message, ResendForm(initial={"address": message.to_address}))


def _shown(request: HttpRequest, message: Message, form: ResendForm) -> HttpResponse:
    persons = Person.objects.visible_to(user_of(request)).filter(reference=message.person_reference)
    context = {
        "message": message,
        "kind": kind_in_words(message.kind),
        "text": shown_text(message),
        "may_show_html": may_show_body(message) and bool(message.html),
        "person": persons.first() if message.person_reference else None,
        "attempts": message.attempts.all(),
        "returns": message.returns.order_by("arrived_at"),
        "form": form,
    }
    return render(request, "outbox/outbox_message.html", context)


@requires(Permission.SEE_OUTBOX)
@require_safe
def outbox_as_sent(request: HttpRequest, reference: str) -> HttpResponse:
    """The HTML that went out, under a policy of its own in which nothing can run."""
    message = get_object_or_404(_messages(request), reference=reference.upper())
    if not (may_show_body(message) and message.html):
        raise Http404
    return HttpResponse(message.html, headers={"Content-Security-Policy": AS_SENT_POLICY, "Cache-Control": "no-store"})


@requires(Permission.SEE_OUTBOX)
@require_POST
def outbox_resend(request: HttpRequest, reference: str) -> HttpResponse:
    message = get_object_or_404(_messages(request), reference=reference.upper())
    form = ResendForm(request.POST)
    if not form.is_valid():
        return _shown(request, message, form)
    try:
        again = resend(message, now=timezone.now(), address=form.cleaned_data["address"])
    except OutboxError as error:
        form.add_error(None, str(error))
        return _shown(request, message, form)
    messages.success(request, f"The message is on its way to {again.to_address}.")
    return redirect("people:outbox-message", again.reference)
