"""The catalogue's page with constant data, through the same middleware, server and template as the real one."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from training.catalogue.finding.views import list_context
from training.web.access import public

_kept: dict[str, tuple[dict[str, Any], QueryDict]] = {}


@public
def constant(request: HttpRequest) -> HttpResponse:
    """What this process was told when it was first asked this."""
    asked = request.META["QUERY_STRING"]
    if asked not in _kept:
        context = list_context(request) | {"is_part": False}
        _kept[asked] = context, request.GET
    context, request.GET = _kept[asked]
    return render(request, "catalogue/course_list.html", context)
