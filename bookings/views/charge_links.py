"""Why did you not come? By a personal link, without signing in; and the training lead's page of one missed place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bookings.charges.answering import SOURCES, explain, explain_as_lead
from bookings.charges.disputes import dispute
from bookings.charges.links import charge_of
from bookings.charges.lists import own, with_details
from bookings.charges.pages import charge_steps
from bookings.charges.words import MISSED_WORDS
from bookings.errors import BookingsError
from bookings.forms.charges import DisputeForm, WhyForm
from bookings.models import Charge, Ground
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.access import public
from training.web.when import london_day


@public
@require_http_methods(["GET", "HEAD", "POST"])
def missed(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing. A wrong, old or decided one gets one plain page that says nothing about anybody."""
    found = charge_of(token, timezone.now())
    if found is None:
        return _private(render(request, "bookings/missed_over.html", status=404))
    charge, purpose = found
    form = WhyForm(request.POST if request.method == "POST" else None)
    is_kept = False
    if request.method == "POST" and form.is_valid():
        try:
            explain(charge=charge, source=SOURCES[purpose], now=timezone.now(), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            is_kept = True
    context = {
        "charge": charge,
        "event": charge.booking.event,
        "is_manager": SOURCES[purpose] == "manager",
        "what": MISSED_WORDS[Ground(charge.ground)],
        "form": form,
        "is_kept": is_kept,
    }
    return _private(render(request, "bookings/missed.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Permission.BOOK_FOR_AGENCY)
@require_http_methods(["GET", "POST"])
def agency_charge(request: HttpRequest, reference: str) -> HttpResponse:
    """A lead's: to explain while there is time, to dispute once it is charged."""
    found, user = _charge(request, reference), user_of(request)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            explain_as_lead(charge=found, by=user, now=timezone.now(), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Thank you. The training team decides, and you see here what they decided.")
            return redirect("bookings:agency-month")
    return _page(request, found, form, DisputeForm())


@requires(Permission.BOOK_FOR_AGENCY)
@require_POST
def agency_charge_dispute(request: HttpRequest, reference: str) -> HttpResponse:
    found, form = _charge(request, reference), DisputeForm(request.POST)
    if form.is_valid():
        try:
            dispute(charge=found, by=user_of(request), now=timezone.now(), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Sent. The training team answers you by e-mail.")
            return redirect("bookings:agency-charge", found.reference)
    return _page(request, found, WhyForm(), form)


def _charge(request: HttpRequest, reference: str) -> Charge:
    rows = with_details(Charge.objects.visible_to(user_of(request)))
    return get_object_or_404(rows.prefetch_related("steps"), reference=reference.upper())


def _page(request: HttpRequest, found: Charge, form: WhyForm, dispute_form: DisputeForm) -> HttpResponse:
    context = {
        "row": own(found, london_day(timezone.now())),
        "charge": found,
        "event": found.booking.event,
        "form": form,
        "dispute_form": dispute_form,
        "steps": charge_steps(found, reader_id=user_of(request).person_id),
    }
    return render(request, "bookings/agency_charge.html", context)
