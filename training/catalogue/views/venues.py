"""The list of venues. Changing one concerns whoever is booked there: that page is in `bookings`."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.catalogue.actions.venues import save_venue
from training.catalogue.conflicts import show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.venues import VenueForm
from training.catalogue.models import Venue
from training.catalogue.navigation import desk_tabs
from training.catalogue.tables import venues_table
from training.people.access import requires, user_of
from training.people.finding import tidy_search
from training.people.permissions import Permission
from training.web.pages import paginate


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    text = tidy_search(request.GET.get("q", ""))
    to_come = Q(sessions__ends_at__gt=timezone.now()) & ~Q(sessions__event__standing="cancelled")
    rows = Venue.objects.annotate(days_to_come=Count("sessions", filter=to_come)).order_by("-is_in_use", "name")
    if text:
        rows = rows.filter(Q(name__unaccent__icontains=text) | Q(address__unaccent__icontains=text))
    page = paginate(request, rows)
    context = {"page": page, "table": venues_table(page), "q": text, "tabs": desk_tabs(request)}
    return render(request, "catalogue/desk/venues.html", context)


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def venue_add(request: HttpRequest) -> HttpResponse:
    form = VenueForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (saved := _add(request, form)):
        messages.success(request, f"{saved}: added.")
        return redirect("desk:venues")
    return render(request, "catalogue/desk/venue_add.html", {"form": form})


def _add(request: HttpRequest, form: VenueForm) -> Venue | None:
    """The venue saved; None when it was refused, with the sentence on the form."""
    try:
        return save_venue(venue=form.apply_to(Venue()), revision=form.cleaned_data["revision"], by=user_of(request))
    except CatalogueError as error:
        show_refusal(form, error, {}, "name")
        return None
