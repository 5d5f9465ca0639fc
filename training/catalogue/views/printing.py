"""Flyers, posters and the programme of a quarter as PDFs, for whoever has signed in: what to put up is no secret."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.catalogue.finding.event_page import find_event
from training.catalogue.finding.rows import current_version
from training.catalogue.models import Course, Event
from training.catalogue.printing import flyers, quarters
from training.people.access import requires, user_of
from training.people.models import Partnership
from training.people.permissions import Permission
from training.web.downloads import pdf_response
from training.web.periods import parse_quarter, quarter_of
from training.web.when import london_day

SOURCES = {"flyer": flyers.FLYER, "poster": flyers.POSTER}
PAPERS = ("a4", "a3")


@requires(Permission.OWN_RECORD)
@require_safe
def course_print(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """`form` is flyer or poster; a poster may be `?paper=a3`. A withdrawn course has none."""
    version = current_version(code)
    if form not in SOURCES or version is None or version.course.standing != Course.Standing.PUBLISHED:
        raise Http404
    data = flyers.course_flyer(version, Partnership.objects.get(), now=timezone.now())
    return _printed(request, form, data, f"{version.course.code} {form}")


@requires(Permission.OWN_RECORD)
@require_safe
def event_print(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    """Of a date that is open and has not begun."""
    event, now = find_event(reference, user_of(request)), timezone.now()
    is_open = event is not None and event.standing == Event.Standing.PUBLISHED
    if form not in SOURCES or event is None or not is_open or (event.starts_at is not None and event.starts_at <= now):
        raise Http404
    data = flyers.event_flyer(event, get_object_or_404(Partnership))
    return _printed(request, form, data, f"{event.reference} {form}")


@requires(Permission.OWN_RECORD)
@require_safe
def programme_print(request: HttpRequest) -> HttpResponse:
    """`?quarter=2027-Q4`; without one, or for nonsense, the next."""
    partnership, now = Partnership.objects.get(), timezone.now()
    first_month = partnership.financial_year_starts_month
    following = quarter_of(quarter_of(london_day(now), first_month).ends_on, first_month)
    quarter = parse_quarter(request.GET.get("quarter", ""), first_month) or following
    data = quarters.programme_of(quarter, partnership, now=now)
    return pdf_response(quarters.SOURCE, data, data["title"])


def _printed(request: HttpRequest, form: str, data: dict[str, object], name: str) -> HttpResponse:
    paper = request.GET.get("paper", "")
    return pdf_response(SOURCES[form], {**data, "paper": paper if paper in PAPERS else "a4"}, name)
