"""What happens to every request: an id, one line in the log, and no NUL characters.

PostgreSQL cannot store NUL. A request that carries one in its path, its query, its cookies or its form
fields is answered with the 400 page before any view sees it, and so is one whose form cannot be read.
A view that reads a JSON body checks its own.
"""

import re
import time
import uuid
from collections.abc import Callable, Iterable, Iterator

import structlog
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from training.web import views

logger = structlog.get_logger("muster.access")

# The browser went away while it was sending; broken parts; too many fields or too large; not UTF-8.
UNREADABLE = (UnreadablePostError, MultiPartParserError, SuspiciousOperation, BadRequest)
REQUEST_ID = re.compile(r"[A-Za-z0-9._\-]{8,64}")
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestLogMiddleware:
    """Takes an acceptable X-Request-ID or makes one, and logs each request by the name of its URL, never the path."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = _request_id(request)
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self._answer(request)
            response["X-Request-ID"] = request_id
            _log(request, response, started)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            refused = has_nul(request)
        except UNREADABLE:
            refused = True
        return views.bad_request(request) if refused else self.get_response(request)


def has_nul(request: HttpRequest) -> bool:
    """Whether any text of the request that a view may hand to the database holds a NUL character."""
    return any("\x00" in text for text in _texts(request))


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from request.COOKIES.values()
    yield from _pairs(request.GET)
    if request.method == "POST":
        yield from _pairs(request.POST)
        yield from (upload.name or "" for _, uploads in request.FILES.lists() for upload in uploads)


def _pairs(fields: QueryDict) -> Iterator[str]:
    values: Iterable[tuple[str, list[str]]] = fields.lists()
    for name, texts in values:
        yield name
        yield from texts


def _request_id(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _log(request: HttpRequest, response: HttpResponse, started: float) -> None:
    match = request.resolver_match
    # Django keeps the user here once something asked for it; asking ourselves would cost a query.
    user = getattr(request, "_cached_user", None)
    logger.info(
        "request",
        method=request.method,
        url_name=match.view_name if match else None,
        status=response.status_code,
        duration_ms=round((time.perf_counter() - started) * 1000, 1),
        user_id=user.pk if user is not None else None,
    )
