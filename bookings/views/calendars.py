"""Calendar files: a date's for everybody, a person's own at a secret address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_http_methods, require_POST, require_safe

from bookings.calendars.appointments import calendar_file
from bookings.calendars.appointments import search_calendar as search_file
from bookings.calendars.feeds import end_feed, feed_file, find_feed, make_feed
from bookings.models import CalendarFeed
from bookings.views.rows import event_or_404
from training.catalogue.finding.events import events_of_search
from training.people.access import requires, user_of
from training.people.emails import absolute
from training.people.permissions import Permission
from training.people.views.rows import own_person
from training.web.access import public

CALENDAR = "text/calendar; charset=utf-8"


@public
@require_safe
def event_calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """One entry a session. What is no date, or has none (in your own time), is a 404."""
    event = event_or_404(user_of(request) if request.user.is_authenticated else None, reference)
    if not event.sessions.all():
        raise Http404
    return _file(calendar_file(event), f"{event.reference}.ics", is_method_known=True)


@public
@require_safe
@gzip_page
@conditional_page
def search_calendar(request: HttpRequest) -> HttpResponse:
    """The dates that a search of the catalogue finds, at the same address but for its name; 304 while none changed."""
    events = events_of_search(request.GET, now=timezone.now())
    response = _file(search_file("Safeguarding training", events), "dates.ics")
    response["Cache-Control"] = "public, max-age=600"
    response["X-Robots-Tag"] = "noindex"
    return response


@public
@require_safe
@conditional_page
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """Whoever knows the address reads it; 304 while nothing has changed. A wrong and an ended one are the same 404."""
    feed = find_feed(token)
    if feed is None:
        raise Http404
    response = _file(feed_file(feed, timezone.now()), "my-training.ics")
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """A new address is shown on the page that answers the button, and never again."""
    person, address = own_person(request), ""
    if request.method == "POST":
        address = absolute("bookings:calendar-feed", make_feed(person=person, now=timezone.now()))
    feed = CalendarFeed.objects.filter(person=person).first()
    response = render(request, "bookings/my_calendar.html", {"feed": feed, "address": address})
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.OWN_RECORD)
@require_POST
def my_calendar_end(request: HttpRequest) -> HttpResponse:
    end_feed(person=own_person(request))
    return redirect("bookings:my-calendar")


def _file(content: bytes, name: str, *, is_method_known: bool = False) -> HttpResponse:
    kind = CALENDAR.replace(";", "; method=PUBLISH;", 1) if is_method_known else CALENDAR
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
