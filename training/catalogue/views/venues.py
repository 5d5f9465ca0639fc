from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from training.catalogue.actions.venues import save_venue
from training.catalogue.conflicts import as_seen, show_refusal
from training.catalogue.errors import CatalogueError
from training.catalogue.forms.venues import VenueForm, initial_of
from training.catalogue.models import Venue
from training.catalogue.navigation import desk_tabs
from training.catalogue.tables import venues_table
from training.catalogue.views.rows import venue_or_404
from training.catalogue.words import venue_words
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
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form, Venue())):
        messages.success(request, f"{saved}: added.")
        return redirect("desk:venues")
    return render(request, "catalogue/desk/venue_add.html", {"form": form})


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def venue_change(request: HttpRequest, reference: str) -> HttpResponse:
    venue = venue_or_404(reference)
    form = VenueForm(request.POST or None, initial={**initial_of(venue), "seen": as_seen(venue_words(venue))})
    if request.method == "POST" and form.is_valid() and (saved := _save(request, form, venue)):
        messages.success(request, f"{saved}: saved.")
        return redirect("desk:venues")
    return render(request, "catalogue/desk/venue_change.html", {"form": form, "venue": venue_or_404(reference)})


def _save(request: HttpRequest, form: VenueForm, venue: Venue) -> Venue | None:
    """The venue saved; None when it was refused, with the sentence on the form."""
    try:
        return save_venue(venue=form.apply_to(venue), revision=form.cleaned_data["revision"], by=user_of(request))
    except CatalogueError as error:
        held = venue_words(venue_or_404(venue.reference)) if venue.pk else {}
        show_refusal(form, error, held, "name")
        return None
