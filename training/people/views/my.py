"""One's own pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.config import parts
from training.outbox.models import Message
from training.people.access import requires, user_of
from training.people.actions.persons import correct_details
from training.people.errors import PeopleError
from training.people.forms.persons import DetailsForm
from training.people.messages_shown import shown_text
from training.people.page_words import page_in_words
from training.people.permissions import Permission
from training.people.refusals import show_refusal
from training.people.tables import own_messages_table
from training.people.views.rows import own_person
from training.people.visibility import messages_to_oneself
from training.web.pages import paginate


@requires(Permission.OWN_RECORD)
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    user, person, now = user_of(request), own_person(request), timezone.now()
    looks = person.views.select_related("viewer").order_by("-at")[:20]
    context = {
        "person": person,
        "grants": user.grants_not_over,
        "panels": parts.panels(user, now),
        "looks": [(look.viewer.name, look.at, page_in_words(look.page), look.reason) for look in looks],
    }
    return render(request, "people/my.html", context)


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "POST"])
def my_details(request: HttpRequest) -> HttpResponse:
    person = own_person(request)
    form = DetailsForm(request.POST or None, initial=DetailsForm.initial_of(person))
    if request.method == "POST" and form.is_valid():
        try:
            correct_details(person=person, by=user_of(request), **form.cleaned_data)
        except PeopleError as error:
            show_refusal(form, error)
        else:
            messages.success(request, "Your details are saved.")
            return redirect("people:my")
    return render(request, "people/my_details.html", {"form": form, "person": person})


@requires(Permission.OWN_RECORD)
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything kept about oneself, as a file."""
    person = own_person(request)
    kept = {"made_at": timezone.now().isoformat(), **parts.export_person(person)}
    response = JsonResponse(kept, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="my-data-{person.reference}.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.OWN_RECORD)
@require_safe
def my_messages(request: HttpRequest) -> HttpResponse:
    rows = Message.objects.filter(messages_to_oneself(user_of(request))).defer("text", "html", "calendar")
    page = paginate(request, rows.order_by("-created_at", "-pk"))
    return render(request, "people/my_messages.html", {"page": page, "table": own_messages_table(page)})


@requires(Permission.OWN_RECORD)
@require_safe
def my_message(request: HttpRequest, reference: str) -> HttpResponse:
    if user_of(request).person is None:
        raise Http404
    rows = Message.objects.filter(messages_to_oneself(user_of(request)))
    message = get_object_or_404(rows, reference=reference.upper())
    return render(request, "people/my_message.html", {"message": message, "text": shown_text(message)})
