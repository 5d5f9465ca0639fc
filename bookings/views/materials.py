"""What somebody's courses hand out: theirs to open, and the trainer's word that they use the current version."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from bookings.materials import materials_visible_to, own_materials
from training.catalogue.actions.materials import confirm_materials
from training.catalogue.material_files import CONTENT_TYPES
from training.catalogue.materials import unconfirmed
from training.catalogue.models import Course, CourseVersion, MaterialVersion
from training.catalogue.views.rows import try_action
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.people.views.rows import own_person
from training.web.downloads import uploaded_file


@requires(Permission.OWN_RECORD)
@require_safe
def materials(request: HttpRequest) -> HttpResponse:
    """Of every course that one teaches, is booked on or came to."""
    user, now = user_of(request), timezone.now()
    asked = {one.course.pk: one for one in unconfirmed(now, person=own_person(request))}
    rows = own_materials(user, now).select_related("material__course").order_by("material__title", "pk")
    by_course: dict[Course, list[MaterialVersion]] = {}
    for row in rows:
        by_course.setdefault(row.material.course, []).append(row)
    titles = dict(CourseVersion.objects.filter(is_current=True, course__in=by_course).values_list("course_id", "title"))
    courses = sorted(by_course, key=lambda course: (course.pk not in asked, titles[course.pk]))
    context = {"courses": [(one, titles[one.pk], by_course[one], asked.get(one.pk)) for one in courses]}
    return render(request, "bookings/materials.html", context)


@requires(Permission.OWN_RECORD)
@require_safe
@cache_control(private=True, no_store=True)
def material(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    rows = materials_visible_to(user_of(request), timezone.now()).select_related("material__course")
    found = get_object_or_404(rows, material__reference=reference.upper(), number=number)
    if found.link:
        return render(request, "bookings/material_link.html", {"found": found})
    try:
        with found.file.open() as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    name = f"{found.material.course} {found.material} v{found.number}"
    return uploaded_file(content, CONTENT_TYPES[found.extension], name, found.extension)


@requires(Permission.OWN_RECORD)
@require_POST
def materials_confirm(request: HttpRequest, code: str) -> HttpResponse:
    course, user, person = get_object_or_404(Course, code__iexact=code), user_of(request), own_person(request)
    now = timezone.now()
    done = "Thank you. The training team sees that you use the current materials."
    try_action(request, lambda: confirm_materials(course=course, person=person, by=user, now=now), done)
    return redirect("bookings:materials")
