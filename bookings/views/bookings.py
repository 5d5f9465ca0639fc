"""One booking as its person sees it, and every way out of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bookings.actions.coming import confirm_coming
from bookings.charges.fees import fee_on_page
from bookings.lists import coming, nos_in_calendar, past
from bookings.models import AccessNeed, Status
from bookings.page_words import free_in_words, history, sittings, status_colour
from bookings.panels import results_of
from bookings.places.waiting_list import last_passed_over, waiting_sentence
from bookings.tables import own_table
from bookings.views.rows import booking_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.people.views.rows import own_person
from training.web.pages import paginate


@requires(Permission.OWN_RECORD)
@require_safe
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    found = booking_or_404(user, reference)
    steps = found.steps.select_related("by")
    is_offered = found.status == Status.OFFERED
    context = {
        "booking": found,
        "event": found.event,
        "is_own": found.person_id == user.person_id,
        "colour": status_colour(found),
        "sittings": sittings(found, now),
        "free": free_in_words(found, now),
        "waiting": waiting_sentence(found, now) if found.status == Status.WAITLISTED else "",
        "passed": last_passed_over(found) if found.status == Status.WAITLISTED else None,
        "offer": found.offers.open().first() if is_offered else None,
        "access_need": AccessNeed.objects.visible_to(user).filter(booking=found).first(),
        "nos": nos_in_calendar(found),
        "fee": fee_on_page(found),
        "history": history(steps, reader_id=user.person_id),
        "may_change": found.is_live and not (found.event.starts_at and found.event.starts_at <= now),
        "now": now,
    }
    return render(request, "bookings/booking.html", context)


@requires(Permission.OWN_RECORD)
@require_POST
def booking_coming(request: HttpRequest, reference: str) -> HttpResponse:
    """The button of one's own page in the days before: "I'm coming"."""
    found = confirm_coming(booking=booking_or_404(user_of(request), reference), by=user_of(request), now=timezone.now())
    messages.success(request, "Thank you. We count on you.")
    return redirect("bookings:booking", found.reference)


@requires(Permission.OWN_RECORD)
@require_safe
def my_bookings(request: HttpRequest) -> HttpResponse:
    """All of one's own: what is to come, then everything before."""
    person, now = own_person(request), timezone.now()
    page = paginate(request, past(person, now))
    context = {"coming": own_table(coming(person, now)), "past": own_table(page, results_of(list(page))), "page": page}
    return render(request, "bookings/my_bookings.html", context)
