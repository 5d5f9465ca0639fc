"""How places are given: the rules of a course with an example, the limit of a date, and what was done, turn by turn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.actions.rules import rules_of, set_course_rules, set_date_cap, take_course_cap
from bookings.errors import BookingsError
from bookings.forms.rules import CourseRulesForm, DateCapForm
from bookings.places.explaining import example_for, history_of
from bookings.views.event_actions import moved_up, places_page
from bookings.views.rows import event_or_404
from training.catalogue.models import Course
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.pages import paginate


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def course_rules(request: HttpRequest, code: str) -> HttpResponse:
    """What each rule would do now stands above the choice."""
    course, now = get_object_or_404(Course, code__iexact=code), timezone.now()
    form = CourseRulesForm(request.POST or None, rules=rules_of(course))
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            given = set_course_rules(course=course, rules=form.rules, revision=revision, by=user_of(request), now=now)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Saved. {moved_up(given)}" if given else "Saved.")
            return redirect("bookings:course-rules", course.code)
    version = course.versions.get(is_current=True)
    context = {"course": course, "version": version, "form": form, "example": example_for(course, now)}
    return render(request, "bookings/course_rules.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def event_cap(request: HttpRequest, reference: str) -> HttpResponse:
    """`do` is `course` for the button that goes back to the course's own limit."""
    user, now = user_of(request), timezone.now()
    event, form = event_or_404(user, reference), DateCapForm(request.POST)
    is_back = request.POST.get("do") == "course"
    if is_back or form.is_valid():
        try:
            if is_back:
                given = take_course_cap(event=event, by=user, now=now)
            else:
                given = set_date_cap(event=event, by=user, now=now, **form.details)
        except BookingsError as error:
            form.add_error("until", str(error))
        else:
            messages.success(request, f"Saved. {moved_up(given)}" if given else "Saved.")
            return redirect("bookings:event-places", event.reference)
    return places_page(request, event, cap_form=form)


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def event_history(request: HttpRequest, reference: str) -> HttpResponse:
    """`?booking=` narrows it to the turns of one person: why was somebody else offered a place before them?"""
    event = event_or_404(user_of(request), reference)
    asked = request.GET.get("booking", "").upper()[:8]
    about = event.bookings.filter(reference=asked).select_related("person").first() if asked else None
    page = paginate(request, history_of(event, about.reference if about else ""))
    return render(request, "bookings/event_history.html", {"event": event, "page": page, "about": about})
