"""The public catalogue: open to everybody, the same for everybody but for drafts of dates."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from training.catalogue.finding import event_page, rows, structured
from training.catalogue.finding.first import Known, asked_first, counts_as_this
from training.catalogue.finding.month import month_page
from training.catalogue.finding.queries import courses_like
from training.catalogue.finding.searching import PER_PAGE, search_page
from training.catalogue.finding.sitemap import sitemap_xml
from training.catalogue.finding.wanted import VIEWS, Wanted
from training.catalogue.finding.wording import hours_in_words, modes_in_words, refresher_in_words, who_for
from training.catalogue.models import Course, CourseVersion
from training.people.emails import absolute
from training.people.models import Partnership
from training.web.access import public
from training.web.components import NavItem
from training.web.pages import paginate


@public
@require_safe
@vary_on_headers("HX-Request")
def course_list(request: HttpRequest) -> HttpResponse:
    """Search and filters. htmx asks for the results alone, from the same address."""
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    context = list_context(request) | {"is_part": is_part}
    response = render(request, f"catalogue/course_list.html{'#results' if is_part else ''}", context)
    if is_part:
        response["HX-Push-Url"] = f"{request.path}?{request.GET.urlencode()}".rstrip("?")
    return response


def list_context(request: HttpRequest) -> dict[str, Any]:
    """Every link of the page is built from the request's query: from here on it holds what was understood."""
    if request.GET.get("view") == "month":
        return _month_context(request)
    found = search_page(request.GET, now=timezone.now())
    request.GET = QueryDict(found.query)
    return {
        **{name: getattr(found, name) for name in ("wanted", "found", "rows", "nearest", "chosen", "sort_links")},
        "page": paginate(request, range(found.count), PER_PAGE),
        **_other_views(request.GET),
    }


def _month_context(request: HttpRequest) -> dict[str, Any]:
    month = month_page(request.GET, now=timezone.now())
    request.GET = QueryDict(month.query)
    ids = month.found.course_ids
    return {
        **{name: getattr(month, name) for name in ("wanted", "found", "chosen")},
        "month": month if ids else None,
        "nearest": rows.course_rows(month.found.nearest_ids, Wanted(), now=timezone.now()),
        "page": Paginator(ids, max(1, len(ids))).page(1),
        **_other_views(request.GET),
    }


def _other_views(query: QueryDict) -> dict[str, Any]:
    """The same search in the other view, and its dates as a calendar to subscribe to."""
    dates, links = query.copy(), []
    for name in ("view", "month", "page", "sort"):
        dates.pop(name, None)
    for view, label in VIEWS.items():
        changed = dates.copy()
        if view != "list":
            changed["view"] = view
        links.append(NavItem(label, f"?{changed.urlencode()}", view == query.get("view", "list")))
    return {
        "view_links": links,
        "dates_query": dates.urlencode(),
        "canonical_url": absolute("catalogue:course-list"),
    }


@public
@require_safe
def course(request: HttpRequest, code: str) -> HttpResponse:
    """What a course is about and its dates to come; a withdrawn one says so and names others."""
    version = rows.current_version(code)
    if version is None:
        raise Http404
    if version.course.code != code:
        return HttpResponsePermanentRedirect(rows.course_url(version.course))
    now = timezone.now()
    is_withdrawn = version.course.standing == Course.Standing.WITHDRAWN
    user = request.user if request.user.is_authenticated else None
    dates = [] if is_withdrawn else rows.date_lines(version.course, now=now, user=user)
    alike = courses_like(version.title, besides=version.course_id, now=now) if is_withdrawn else []
    context = {
        **_course_words(version),
        "dates": dates,
        "canonical_url": absolute("catalogue:course", version.course.code),
        "crumbs": event_page.crumbs(version.course),
        "is_withdrawn": is_withdrawn,
        "asked_first": asked_first(version.course) if vars(version)["asks_first"] else [],
        "counts_as_this": _counts_as(version),
        "instead": rows.course_rows(alike, Wanted(), now=now),
        "structured": "" if is_withdrawn else _structured(version, dates),
    }
    return render(request, "catalogue/course.html", context)


def _counts_as(version: CourseVersion) -> list[Known]:
    found = counts_as_this(version.course) if vars(version)["is_counted"] else []
    return [one for one in found if one.is_public]


def _course_words(version: CourseVersion) -> dict[str, Any]:
    return {
        "course": version.course,
        "version": version,
        "who_for": who_for(version.course, version),
        "hours": hours_in_words(version.hours),
        "refresher": refresher_in_words(version.refresher_months),
        "usual_mode": modes_in_words({version.course.usual_mode}),
    }


def _structured(version: CourseVersion, dates: list[Any]) -> str:
    partnership = Partnership.objects.first() or Partnership(name="Muster")
    return structured.as_script(structured.course_data(version, [line.event for line in dates], partnership))


@public
@require_safe
def event(request: HttpRequest, reference: str) -> HttpResponse:
    """One date: when, where, with whom, how many places; the booking itself is an upper app's block of this page."""
    user = request.user if request.user.is_authenticated else None
    found = event_page.find_event(reference, user)
    if found is None:
        raise Http404
    return render(request, "catalogue/event.html", event_page.event_context(found, user, now=timezone.now()))


@public
@require_safe
@cache_control(max_age=60 * 60, public=True)
def sitemap(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    return HttpResponse(sitemap_xml(now=timezone.now()), content_type="application/xml; charset=utf-8")
