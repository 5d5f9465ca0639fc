"""E-learning: what is offered, one's own enrolments and what one did elsewhere; the platform's list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.imports.completions import COMPLETIONS
from bookings.own_time import enrolments, offered
from training.catalogue.finding.wording import hours_in_words
from training.elearning.models import ElsewhereClaim
from training.elearning.tables import own_claims_table
from training.people.access import requires
from training.people.models import Upload
from training.people.permissions import Permission
from training.people.upload_pages import ImportPage
from training.web.access import public
from training.web.pages import paginate

PAGE = ImportPage(
    kind=Upload.Kind.E_LEARNING,
    kinds=COMPLETIONS,
    title="Read in completions of e-learning",
    start_url="bookings:completions-import",
    upload_url="bookings:completions-upload",
    template="bookings/completions_import.html",
)


@public
@require_safe
def own_time(request: HttpRequest) -> HttpResponse:
    """What is offered, for everybody; the rest for whoever has signed in."""
    page = paginate(request, offered(timezone.now()))
    person = request.user.person if request.user.is_authenticated else None
    claims = ElsewhereClaim.objects.filter(person=person).select_related("version").defer("proof").order_by("-made_at")
    context = {
        "page": page,
        "offers": [(event, hours_in_words(event.version.hours)) for event in page],
        "person": person,
        "enrolments": enrolments(person) if person else [],
        "claims": own_claims_table(claims) if person else None,
        "manages": request.user.is_authenticated and request.user.may(Permission.MANAGE_PEOPLE),
    }
    return render(request, "bookings/own_time.html", context)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def completions_import(request: HttpRequest) -> HttpResponse:
    return PAGE.start(request)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def completions_upload(request: HttpRequest, reference: str) -> HttpResponse:
    """A GET shows what would happen and changes nothing but what the next answer agrees to."""
    return PAGE.upload(request, reference)
