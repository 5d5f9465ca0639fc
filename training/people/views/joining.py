"""Two records of one person: finding the other, seeing what moves, joining."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.outbox.models import Message
from training.people.access import requires, user_of
from training.people.actions.identity import join_records, reason_not_joinable
from training.people.errors import PeopleError
from training.people.finding import find_persons, tidy_search
from training.people.models import Person, User
from training.people.models.person import log_view
from training.people.permissions import Permission
from training.people.views.rows import person_or_404
from training.people.visibility import messages_to


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def person_join(request: HttpRequest, reference: str) -> HttpResponse:
    """Which record is the same person? Those with a similar name or the same address are offered first."""
    user = user_of(request)
    source = person_or_404(user, reference)
    text = tidy_search(request.GET.get("q", ""))
    others = Person.objects.visible_to(user).present().exclude(pk=source.pk)
    found = find_persons(others, text or source.name).prefetch_related("employments__agency")[:20]
    return render(request, "people/person_join.html", {"source": source, "others": found, "q": text})


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_join_preview(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """What would move from the first record to the second, which stays; joined by the button."""
    user = user_of(request)
    source, target = person_or_404(user, reference), person_or_404(user, other)
    if request.method == "POST":
        try:
            kept = join_records(source=source, target=target, by=user, now=timezone.now())
        except PeopleError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"The two records of {kept} are one.")
            return redirect("people:person", kept.reference)
    log_view(source, by=user, page="people:person-join", now=timezone.now())
    log_view(target, by=user, page="people:person-join", now=timezone.now())
    return render(request, "people/person_join_preview.html", join_context(source, target, user))


def join_context(source: Person, target: Person, user: User) -> dict[str, object]:
    held = target.employments.not_refused().values("agency_id")
    return {
        "source": source,
        "target": target,
        "sides": [_side(source), _side(target)],
        "moving": source.employments.exclude(agency_id__in=held).select_related("agency"),
        "staying": source.employments.filter(agency_id__in=held).select_related("agency"),
        "reason_not": reason_not_joinable(source, target, by=user, today=timezone.localdate()),
    }


def _side(person: Person) -> dict[str, object]:
    return {
        "person": person,
        "login": User.objects.filter(person=person).first(),
        "employments": person.employments.select_related("agency"),
        "grants": person.role_grants.select_related("agency"),
        "messages": Message.objects.filter(messages_to(person)).count(),
    }
