"""The guidance that courses cite, and the care of one course: its owner, what it goes by, its reviews."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from training.catalogue.actions.care import Edition, add_guidance, care_of, look_after, record_review
from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.care import CareForm, GuidanceForm, ReviewForm
from training.catalogue.models import Course, CourseCare, CourseVersion, Guidance
from training.catalogue.navigation import desk_tabs
from training.catalogue.views.rows import course_or_404
from training.catalogue.words import care_words
from training.people.access import requires, user_of
from training.people.permissions import Permission

# Reviews later than this are not listed.
AHEAD = datetime.timedelta(days=366)


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def guidance(request: HttpRequest) -> HttpResponse:
    """What is in force with the courses that cite it, which reviews are due, and a new edition."""
    form = GuidanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _add(request, form):
        return redirect("desk:guidance")
    rows = Guidance.objects.prefetch_related("cited_by__course").select_related("superseded_by")
    cares = CourseCare.objects.due(timezone.localdate() + AHEAD)
    titles = dict(CourseVersion.objects.filter(is_current=True).values_list("course_id", "title"))
    context = {
        "form": form,
        "guidance": rows,
        "cares": [(care, titles[care.course_id]) for care in cares.select_related("course", "owner")],
        "today": timezone.localdate(),
        "tabs": desk_tabs(request),
    }
    return render(request, "catalogue/desk/guidance.html", context)


def _add(request: HttpRequest, form: GuidanceForm) -> bool:
    given = form.cleaned_data
    edition = Edition(given["title"], given["edition"], given["issued_on"], given["link"])
    parts = {"instead_of": given["instead_of"], "review_by": given["review_by"]}
    try:
        new, concerned = add_guidance(edition=edition, by=user_of(request), now=timezone.now(), **parts)
    except CatalogueError as error:
        show_refusal(form, error, {})
        return False
    codes = ", ".join(course.code for course in concerned)
    messages.success(request, f"{new}: added." + (f" To be looked at: {codes}." if codes else ""))
    return True


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def course_care(request: HttpRequest, code: str) -> HttpResponse:
    """Two forms: `do` says which was sent."""
    course, do = course_or_404(code), request.POST.get("do", "")
    caring = CareForm(request.POST if do == "care" else None, initial=_initial(course))
    reviewing = ReviewForm(
        request.POST if do == "review" else None, prefix="review", initial={"on": timezone.localdate()}
    )
    sent = reviewing if do == "review" else caring
    if do in ("care", "review") and sent.is_valid() and _save(request, course, sent):
        messages.success(request, f"{course}: saved.")
        return redirect("desk:course-care", course.code)
    context = {
        "course": course,
        "version": course.versions.get(is_current=True),
        "care": care_of(course),
        "sent": sent,
        "caring": caring,
        "reviewing": reviewing,
        "reviews": course.reviews.select_related("version"),
        "today": timezone.localdate(),
    }
    return render(request, "catalogue/desk/course_care.html", context)


def _initial(course: Course) -> dict[str, object]:
    care = care_of(course)
    cited = list(care.guidance.all()) if care.pk else []
    return {
        "owner": care.owner,
        "guidance": cited,
        "review_due_on": care.review_due_on,
        "revision": care.revision,
        "seen": as_seen(care_words(care)),
    }


def _save(request: HttpRequest, course: Course, form: CareForm | ReviewForm) -> bool:
    given = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    try:
        if isinstance(form, CareForm):
            look_after(course=course, by=user_of(request), **given)
        else:
            record_review(course=course, by=user_of(request), now=timezone.now(), **given)
    except CatalogueError as error:
        show_refusal(form, error, care_words(care_of(course)))
        return False
    return True
