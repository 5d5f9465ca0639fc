"""The trainer's own page: what they are asked for, what they teach, and their answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training.catalogue.actions.teaching import confirm_teaching, decline_teaching
from training.catalogue.models import Event
from training.catalogue.rota import rota
from training.catalogue.views.rows import try_action
from training.people.access import requires, user_of
from training.people.models import Person
from training.people.permissions import Permission


@requires(Permission.OWN_RECORD)
@require_safe
def my_teaching(request: HttpRequest) -> HttpResponse:
    person, now = user_of(request).person, timezone.now()
    dates = rota(person, now) if person else []
    context = {
        "asked": [date for date in dates if date.is_asked],
        "agreed": [date for date in dates if not date.is_asked],
        "now": now,
    }
    return render(request, "catalogue/desk/my_teaching.html", context)


@requires(Permission.OWN_RECORD)
@require_POST
def teaching_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    event, person = _own(request, reference)
    now, user = timezone.now(), user_of(request)
    try_action(
        request,
        lambda: confirm_teaching(event=event, person=person, by=user, now=now),
        f"You are confirmed for {event.version.title}.",
    )
    return redirect("desk:my-teaching")


@requires(Permission.OWN_RECORD)
@require_POST
def teaching_decline(request: HttpRequest, reference: str) -> HttpResponse:
    event, person = _own(request, reference)
    now, user, reason = timezone.now(), user_of(request), request.POST.get("reason", "")
    try_action(
        request,
        lambda: decline_teaching(event=event, person=person, by=user, now=now, reason=reason),
        f"You have said that you can’t teach {event.version.title}. The training team sees it on their desk.",
    )
    return redirect("desk:my-teaching")


def _own(request: HttpRequest, reference: str) -> tuple[Event, Person]:
    """A date on which the signed-in person has been asked at some time; 404 for any other."""
    person = user_of(request).person
    asked = Event.objects.filter(sessions__teachings__person=person, sessions__teachings__isnull=False)
    event = get_object_or_404(asked.select_related("version").distinct(), reference=reference)
    return event, get_object_or_404(Person, pk=person.pk if person else None)
