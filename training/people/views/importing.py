from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from training.people.access import requires
from training.people.imports import PEOPLE
from training.people.models import Upload
from training.people.permissions import Permission
from training.people.upload_pages import ImportPage

PAGE = ImportPage(
    kind=Upload.Kind.PEOPLE,
    kinds=PEOPLE,
    title="Read in people and organisations",
    start_url="people:people-import",
    upload_url="people:people-upload",
    template="people/people_import.html",
)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def people_import(request: HttpRequest) -> HttpResponse:
    return PAGE.start(request)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def people_upload(request: HttpRequest, reference: str) -> HttpResponse:
    return PAGE.upload(request, reference)
