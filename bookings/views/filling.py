"""Filling seats: dates with places at risk, and a mail to the organisations of which few are booked."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.filling import leads_of, send_seat_mail
from bookings.emails import places_left_message
from bookings.errors import BookingsError
from bookings.filling import dates_at_risk, leading, open_dates, shares, written_to
from bookings.forms.filling import SeatMailForm
from bookings.models import SeatMail
from training.catalogue.models import Event
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.words import count

MOST_DATES, MAILS_SHOWN = 20, 10


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def filling(request: HttpRequest) -> HttpResponse:
    mails = SeatMail.objects.select_related("by").prefetch_related("readers__agency", "events__version")
    now = timezone.now()
    stopped = leading(now).exclude(pk__in=written_to(now)).select_related("person", "agency")
    context = {"rows": dates_at_risk(now), "mails": mails[:MAILS_SHOWN], "stopped": stopped.order_by("agency__name")}
    return render(request, "bookings/filling.html", context)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def filling_mail(request: HttpRequest) -> HttpResponse:
    """`?date=E1&date=E2`. It is looked at first, then sent from the same form."""
    now = timezone.now()
    events = _asked(request, now)
    form = SeatMailForm(request.POST or None, found=shares(now))
    preview, leads = None, []
    if request.method == "POST" and form.is_valid():
        leads = leads_of(form.chosen, now)
        if request.POST.get("do") == "send" and (sent := _send(request, form, events, now)):
            return sent
        if leads and events:
            preview = places_left_message(events, *leads[0], form.cleaned_data["words"])
        elif not form.errors:
            form.add_error(
                None, "None of these organisations has a training lead who can be written to. Choose others."
            )
    context = {"events": events, "form": form, "preview": preview, "leads": leads}
    return render(request, "bookings/filling_mail.html", context)


def _asked(request: HttpRequest, now: datetime.datetime) -> list[Event]:
    """The dates that the address names, as far as they can be booked."""
    references = [text[:20] for text in request.GET.getlist("date")[:MOST_DATES]]
    return list(open_dates(now).filter(reference__in=references).order_by("starts_at", "pk"))


def _send(request: HttpRequest, form: SeatMailForm, events: list[Event], now: datetime.datetime) -> HttpResponse | None:
    given = {"words": form.cleaned_data["words"], "submission": form.cleaned_data["submission"]}
    try:
        mail = send_seat_mail(events=events, agencies=form.chosen, by=user_of(request), now=now, **given)
    except BookingsError as error:
        form.add_error(None, str(error))
        return None
    readers = mail.readers.values("person").distinct().count()
    messages.success(request, f"Sent to {count(readers, 'training lead')}.")
    return redirect("bookings:filling")
