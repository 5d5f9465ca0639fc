from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from bookings.imports.writing import BOOKINGS
from training.people.access import requires
from training.people.models import Upload
from training.people.permissions import Permission
from training.people.upload_pages import ImportPage

PAGE = ImportPage(
    kind=Upload.Kind.BOOKINGS,
    kinds=BOOKINGS,
    title="Read in bookings and attendance",
    start_url="bookings:bookings-import",
    upload_url="bookings:bookings-upload",
    template="bookings/bookings_import.html",
)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def bookings_import(request: HttpRequest) -> HttpResponse:
    return PAGE.start(request)


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def bookings_upload(request: HttpRequest, reference: str) -> HttpResponse:
    """A GET shows what would happen and changes nothing but what the next answer agrees to."""
    return PAGE.upload(request, reference)
