"""Courses and dates as files, with the columns that the import reads."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from providers.exporting import courses_sheet, dates_sheet
from providers.lists import LISTS, every_sheet
from training.people.access import requires
from training.people.permissions import Permission
from training.web.downloads import Sheet, csv_response, xlsx_response


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def courses_file(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001
    return _file(kind, "Courses", courses_sheet)


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def dates_file(request: HttpRequest, kind: str) -> HttpResponse:  # noqa: ARG001
    return _file(kind, "Dates", dates_sheet)


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def list_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:  # noqa: ARG001
    """One list; or `catalogue`.xlsx, a workbook of all."""
    if name == "catalogue" and kind == "xlsx":
        return xlsx_response(every_sheet(), f"Catalogue {timezone.localdate():%Y-%m-%d}")
    wanted = next((one for one in LISTS if one.name == name), None)
    if wanted is None:
        raise Http404
    return _file(kind, wanted.title, wanted.sheet)


def _file(kind: str, name: str, sheet: Callable[[], Sheet]) -> HttpResponse:
    """`kind` is csv or xlsx."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    filename = f"{name} {timezone.localdate():%Y-%m-%d}"
    return csv_response(sheet(), filename) if kind == "csv" else xlsx_response([sheet()], filename)
