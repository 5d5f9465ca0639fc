"""What is done before a course, and what counts as it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from training.catalogue.actions.first import ask_first, ask_no_longer, set_equivalents
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.finding.first import asked_first, counts_as_this
from training.catalogue.forms.first import AskFirstForm, EquivalentsForm
from training.catalogue.models import Course
from training.catalogue.views.rows import course_or_404, try_action
from training.people.access import requires, user_of
from training.people.permissions import Permission


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def course_first(request: HttpRequest, code: str) -> HttpResponse:
    """Two forms on one page: `do` says which was sent."""
    course, do = course_or_404(code), request.POST.get("do", "")
    asking = AskFirstForm(request.POST if do == "ask" else None, prefix="ask")
    codes = ", ".join(one.code for one in counts_as_this(course))
    counting = EquivalentsForm(request.POST if do == "count" else None, prefix="count", initial={"equivalents": codes})
    sent = asking if do == "ask" else counting
    if do in ("ask", "count") and sent.is_valid() and _save(request, course, sent):
        messages.success(request, f"{course}: saved.")
        return redirect("desk:course-first", course.code)
    context = {
        "course": course,
        "version": course.versions.get(is_current=True),
        "sent": sent,
        "asking": asking,
        "counting": counting,
        "prerequisites": asked_first(course),
    }
    return render(request, "catalogue/desk/course_first.html", context)


def _save(request: HttpRequest, course: Course, form: AskFirstForm | EquivalentsForm) -> bool:
    try:
        if isinstance(form, AskFirstForm):
            ask_first(course=course, by=user_of(request), **form.cleaned_data)
        else:
            set_equivalents(course=course, by=user_of(request), **form.cleaned_data)
    except CatalogueError as error:
        show_refusal(form, error, {})
        return False
    return True


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def course_first_remove(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    course, user = course_or_404(code), user_of(request)
    try_action(
        request,
        lambda: ask_no_longer(course=course, reference=reference, by=user),
        f"{course}: no longer asked for. Who is booked stays booked.",
    )
    return redirect("desk:course-first", course.code)
