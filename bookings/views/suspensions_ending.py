"""What follows a suspension: dates opened since, dates moved online, dates let go on. Looking first changes nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bookings.disruption.changing import convert_dates
from bookings.disruption.concerned import look_at
from bookings.disruption.lifting import lift_suspension
from bookings.disruption.reading import reasons_not_online
from bookings.disruption.suspending import take_in
from bookings.disruption.tables import concerned_table
from bookings.errors import BookingsError
from bookings.forms.disruption import ConvertForm, LiftForm, LinksForm
from bookings.views.suspensions import suspension_or_404
from training.catalogue.models import Event
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import count


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def suspension_take_in(request: HttpRequest, reference: str) -> HttpResponse:
    shown = suspension_or_404(reference)
    try:
        number = take_in(suspension=shown, by=user_of(request), now=timezone.now())
    except BookingsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{count(number, 'date').capitalize()} suspended, too. Everybody on them is told.")
    return redirect("bookings:suspension", shown.reference)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def suspension_convert(request: HttpRequest, reference: str) -> HttpResponse:
    """Which dates and how stand in the address; the page then asks for their links and has the button."""
    shown, now = suspension_or_404(reference), timezone.now()
    rows = list(shown.dates.suspended().filter(event__starts_at__gt=now))
    form = ConvertForm(request.GET or None, rows=rows, initial={"reason": shown.reason})
    context = {"suspension": shown, "form": form, "rows": rows}
    if not form.is_valid():
        return render(request, "bookings/suspension_convert.html", context)
    events: list[Event] = list(form.cleaned_data["dates"])
    links = LinksForm(request.POST or None, events=events)
    if request.method == "POST" and links.is_valid() and _convert(request, form, links, events):
        return redirect("bookings:suspension", shown.reference)
    context |= {"links": links, "stops": reasons_not_online(events), "table": concerned_table(look_at(events, now))}
    return render(request, "bookings/suspension_convert_preview.html", context)


def _convert(request: HttpRequest, form: ConvertForm, links: LinksForm, events: list[Event]) -> bool:
    given = {name: form.cleaned_data[name] for name in ("split", "reason", "places_offered")}
    try:
        moved = convert_dates(events=events, links=links.cleaned_data, by=user_of(request), now=timezone.now(), **given)
    except BookingsError as error:
        links.add_error(None, str(error))
        return False
    messages.success(request, f"{count(len(moved), 'date').capitalize()} moved online. Everybody is being written to.")
    return True


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def suspension_lift(request: HttpRequest, reference: str) -> HttpResponse:
    shown, now = suspension_or_404(reference), timezone.now()
    rows = list(shown.dates.suspended().select_related("event__version"))
    form = LiftForm(request.GET or None, rows=rows, initial={"from_day": london_day(now), "which": "all"})
    context = {"suspension": shown, "form": form, "rows": rows}
    if not form.is_valid():
        return render(request, "bookings/suspension_lift.html", context)
    if request.method == "POST" and _lift(request, form, reference):
        return redirect("bookings:suspension", shown.reference)
    ahead = [row.event for row in rows if row.event.starts_at and row.event.starts_at > now]
    back = [one for one in ahead if london_day(one.starts_at or now) >= form.cleaned_data["from_day"]]
    back = [one for one in back if form.only is None or one.reference in form.only]
    context |= {"table": concerned_table(look_at(back, now)), "back": back, "lost": len(rows) - len(ahead)}
    context["staying"] = len(ahead) - len(back)
    return render(request, "bookings/suspension_lift_preview.html", context)


def _lift(request: HttpRequest, form: LiftForm, reference: str) -> bool:
    try:
        lifted = lift_suspension(
            suspension=suspension_or_404(reference), from_day=form.cleaned_data["from_day"], only=form.only,
            by=user_of(request), now=timezone.now(),
        )  # fmt: skip
    except BookingsError as error:
        messages.error(request, str(error))
        return False
    said = f"{count(lifted.resumed, 'date').capitalize()} take place after all"
    messages.success(request, f"{said}, {count(lifted.lost, 'date')} did not. Everybody is being written to.")
    return True
