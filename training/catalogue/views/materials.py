"""The coordinator's pages of what a course is taught from. Downloads live in bookings, which knows who came."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from training.catalogue.actions.materials import (
    add_material,
    add_version,
    change_audience,
    confirm_materials,
    use_material,
)
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.materials import AudienceForm, MaterialForm, NewVersionForm
from training.catalogue.materials import unconfirmed
from training.catalogue.models import Course, Material, MaterialVersion
from training.catalogue.views.rows import course_or_404, try_action
from training.people.access import requires, user_of
from training.people.models import Person
from training.people.permissions import Permission


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def course_materials(request: HttpRequest, code: str) -> HttpResponse:
    """What there is, who has not confirmed it, and adding something."""
    course, now = course_or_404(code), timezone.now()
    form = MaterialForm(request.POST, request.FILES) if request.method == "POST" else MaterialForm()
    if request.method == "POST" and form.is_valid() and (made := _add(request, course, form)):
        messages.success(request, f"{made.material}: added.")
        return redirect("desk:course-materials", course.code)
    context = {
        "course": course,
        "version": course.versions.get(is_current=True),
        "form": form,
        "current": MaterialVersion.objects.current().filter(material__course=course).select_related("material", "by"),
        "retired": Material.objects.filter(course=course, is_retired=True),
        "unconfirmed": unconfirmed(now, course=course),
    }
    return render(request, "catalogue/desk/course_materials.html", context)


def _add(request: HttpRequest, course: Course, form: MaterialForm) -> MaterialVersion | None:
    given = {name: form.cleaned_data[name] for name in ("title", "kind", "audience", "confirm_by")}
    try:
        return add_material(course=course, content=form.content(), by=user_of(request), now=timezone.now(), **given)
    except CatalogueError as error:
        show_refusal(form, error, {})
        return None


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def course_material(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Its versions, and the next one."""
    course, material = _material_or_404(code, reference)
    form = NewVersionForm(request.POST, request.FILES) if request.method == "POST" else NewVersionForm()
    if request.method == "POST" and form.is_valid() and (made := _next(request, material, form)):
        messages.success(request, f"{made} is the current one.")
        return redirect("desk:course-material", course.code, material.reference)
    versions = material.versions.select_related("by").prefetch_related("confirmations__person")
    audience = AudienceForm(initial={"audience": material.audience}, prefix="who")
    context = {"course": course, "material": material, "form": form, "versions": versions, "audience": audience}
    return render(request, "catalogue/desk/course_material.html", context)


def _next(request: HttpRequest, material: Material, form: NewVersionForm) -> MaterialVersion | None:
    given = {name: form.cleaned_data[name] for name in ("what_changed", "confirm_by")}
    try:
        return add_version(material=material, content=form.content(), by=user_of(request), now=timezone.now(), **given)
    except CatalogueError as error:
        show_refusal(form, error, {})
        return None


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def course_material_audience(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    course, material = _material_or_404(code, reference)
    chosen, user = request.POST.get("who-audience", ""), user_of(request)
    done = f"{material}: saved who may have it."
    try_action(request, lambda: change_audience(material=material, audience=chosen, by=user), done)
    return redirect("desk:course-material", course.code, material.reference)


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def course_material_use(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Out of use, or back: `use` is yes or no."""
    course, material = _material_or_404(code, reference)
    is_used, user = request.POST.get("use") == "yes", user_of(request)
    done = f"{material}: {'used again' if is_used else 'no longer used'}."
    try_action(request, lambda: use_material(material=material, is_used=is_used, by=user), done)
    return redirect("desk:course-materials", course.code)


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def course_materials_confirm(request: HttpRequest, code: str, person: str) -> HttpResponse:
    """A coordinator has rung the trainer and writes their word down."""
    course, user, now = course_or_404(code), user_of(request), timezone.now()
    trainer = get_object_or_404(Person.objects.filter(teachings__isnull=False).distinct(), reference=person)
    done = f"{trainer.name}: confirmed."
    try_action(request, lambda: confirm_materials(course=course, person=trainer, by=user, now=now), done)
    return redirect("desk:course-materials", course.code)


def _material_or_404(code: str, reference: str) -> tuple[Course, Material]:
    course = course_or_404(code)
    return course, get_object_or_404(Material, course=course, reference=reference.upper())
