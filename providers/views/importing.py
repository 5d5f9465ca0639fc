from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from providers.imports.catalogue import CATALOGUE
from providers.lists import LISTS
from training.people.access import requires
from training.people.models import Upload
from training.people.permissions import Permission
from training.people.upload_pages import ImportPage

PAGE = ImportPage(
    kind=Upload.Kind.CATALOGUE,
    kinds=CATALOGUE,
    title="Read in courses and dates",
    start_url="providers:catalogue-import",
    upload_url="providers:catalogue-upload",
    template="providers/catalogue_import.html",
    lists=LISTS,
)


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def catalogue_import(request: HttpRequest) -> HttpResponse:
    return PAGE.start(request)


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "POST"])
def catalogue_upload(request: HttpRequest, reference: str) -> HttpResponse:
    """A GET shows what would happen and changes nothing but what the next answer agrees to."""
    return PAGE.upload(request, reference)
