from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from training.catalogue.actions.courses import (
    add_course,
    correct_course,
    publish_course,
    revise_outcomes,
)
from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.filters import CourseFilter
from training.catalogue.finding.first import asked_first, counts_as_this
from training.catalogue.forms.courses import CourseChangeForm, CourseForm, initial_of
from training.catalogue.models import Course, CourseVersion, Event, Remit
from training.catalogue.navigation import desk_tabs
from training.catalogue.problems import reasons_course_not_publishable
from training.catalogue.tables import courses_table, dates_table
from training.catalogue.views.rows import course_or_404, try_action
from training.catalogue.words import course_words
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.components import Row
from training.web.pages import paginate


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    chosen = CourseFilter.read(request.GET)
    page = paginate(request, chosen.versions(timezone.now()))
    context = {
        "page": page,
        "table": courses_table(page),
        "chosen": chosen,
        "standings": Course.Standing.choices,
        "remits": Remit.choices,
        "tabs": desk_tabs(request),
    }
    return render(request, "catalogue/desk/courses.html", context)


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One course: what it says, its versions, its dates to come and what stands in the way of publishing."""
    shown, now = course_or_404(code), timezone.now()
    version = shown.versions.get(is_current=True)
    events = Event.objects.with_details().filter(version__course=shown)
    to_come = list(events.filter(ends_at__gt=now).order_by("starts_at", "pk")[:50])
    words = course_words(shown, version)
    context = {
        "course": shown,
        "version": version,
        "rows": [Row(label, value) for label, value in words.items() if value and label not in OWN_PLACE],
        "versions": shown.versions.prefetch_related("outcomes").order_by("-number"),
        "table": dates_table(to_come, now, has_course=False) if to_come else None,
        "past_count": events.filter(ends_at__lte=now).count(),
        "asked_first": asked_first(shown),
        "counts_as_this": counts_as_this(shown),
        "reasons": reasons_course_not_publishable(shown) if shown.standing == Course.Standing.DRAFT else [],
    }
    return render(request, "catalogue/desk/course.html", context)


OWN_PLACE = frozenset({"Title", "You will be able to", "In the catalogue"})


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def course_add(request: HttpRequest) -> HttpResponse:
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (version := _add(request, form)):
        messages.success(
            request, f"{version.title}: added as a draft. Nobody sees it until you put it into the catalogue."
        )
        return redirect("desk:course", version.course.code)
    return render(request, "catalogue/desk/course_add.html", {"form": form})


def _add(request: HttpRequest, form: CourseForm) -> CourseVersion | None:
    data = form.cleaned_data
    try:
        return add_course(
            code=data["code"],
            shape=form.shape(),
            text=form.text(),
            outcomes=data["outcomes"],
            levels=form.levels(),
            by=user_of(request),
            now=timezone.now(),
        )
    except CatalogueError as error:
        show_refusal(form, error, {}, "code")
        return None


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def course_change(request: HttpRequest, code: str) -> HttpResponse:
    changed = course_or_404(code)
    version = changed.versions.get(is_current=True)
    seen = as_seen(course_words(changed, version))
    form = CourseChangeForm(
        request.POST or None, version=version, initial={**initial_of(changed, version), "seen": seen}
    )
    if request.method == "POST" and form.is_valid() and (saved := _change(request, form, changed)):
        is_new = saved.number > version.number
        messages.success(
            request, f"{saved.title}: version {saved.number} made." if is_new else f"{saved.title}: saved."
        )
        return redirect("desk:course", changed.code)
    return render(request, "catalogue/desk/course_change.html", {"form": form, "course": changed, "version": version})


def _change(request: HttpRequest, form: CourseChangeForm, changed: Course) -> CourseVersion | None:
    data, by = form.cleaned_data, user_of(request)
    parts = {
        "course": changed,
        "shape": form.shape(),
        "text": form.text(),
        "outcomes": data["outcomes"],
        "levels": form.levels(),
        "revision": data["revision"],
    }
    try:
        if form.makes_version:
            return revise_outcomes(**parts, moves_drafts=data["moves_drafts"], by=by, now=timezone.now())
        return correct_course(**parts, by=by)
    except CatalogueError as error:
        held = course_or_404(changed.code)
        show_refusal(form, error, course_words(held, held.versions.get(is_current=True)))
        return None


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def course_publish(request: HttpRequest, code: str) -> HttpResponse:
    shown, user = course_or_404(code), user_of(request)
    try_action(request, lambda: publish_course(course=shown, by=user), f"{shown}: in the catalogue now.")
    return redirect("desk:course", shown.code)
