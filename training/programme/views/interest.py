"""Asking to be told of a course’s next date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.catalogue.models import Course
from training.people.access import requires, user_of
from training.people.models import Agency, User
from training.people.permissions import Permission
from training.programme.actions.demand import show_interest, take_interest_back
from training.programme.forms.programmes import title_of
from training.programme.models import DemandSignal
from training.programme.views.rows import tried


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest, code: str) -> HttpResponse:
    """Whether I am on the list, and the button that puts me on it or takes me off."""
    courses = Course.objects.in_catalogue().prefetch_related("versions")
    course, by, now = get_object_or_404(courses, code=code), user_of(request), timezone.now()
    if request.method == "POST":
        if request.POST.get("do") == "leave":
            tried(request, lambda: take_interest_back(course=course, by=by, now=now), "You are no longer on the list.")
        else:
            tried(
                request,
                lambda: show_interest(course=course, by=by, agency=_agency(by), now=now),
                "We write to you once a date opens.",
            )
        return redirect("programme:interest", course.code)
    waits = DemandSignal.objects.waiting().filter(course=course, person=by.person).exists()
    return render(request, "programme/interest.html", {"course": course, "title": title_of(course), "waits": waits})


def _agency(user: User) -> Agency | None:
    """Where they work now, for counting demand by organisation; none when that is not one place."""
    if user.person is None:
        return None
    held = list(user.person.employments.not_refused().not_over(timezone.localdate()).select_related("agency")[:2])
    return held[0].agency if len(held) == 1 else None
