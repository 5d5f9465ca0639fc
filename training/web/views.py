"""Pages that belong to no room in particular: errors, signs of life, what browsers ask for, the style guide."""

# ruff: noqa: ARG001 - Django fixes what a view and an error handler are called with

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from training.web.access import public
from training.web.styleguide import styleguide_context


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Whether it can work is `readyz`'s question."""
    return JsonResponse({"status": "alive"})


@public
@require_safe
@cache_control(max_age=24 * 60 * 60, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "web/robots.txt", content_type="text/plain; charset=utf-8")


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that look for /favicon.ico, whatever the page says."""
    return HttpResponsePermanentRedirect(static("muster/favicon.svg"))


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    icons = [
        {"src": static("muster/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        {"src": static("muster/touch-icon.png"), "sizes": "180x180", "type": "image/png"},
    ]
    content = {"name": "Muster", "short_name": "Muster", "start_url": "/", "display": "browser", "icons": icons}
    return JsonResponse(content, content_type="application/manifest+json")


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component on one page, in the demonstration and for developers only."""
    if not (settings.DEMO or settings.DEBUG):
        raise Http404
    return render(request, "web/styleguide.html", styleguide_context(request))


# --- Errors: named in training/config/urls.py as handler400 and so on --------------------------


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain_error("web/400.html", 400)


@public
def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/403.html", status=403)


@public
def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    return _plain_error("web/500.html", 500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`reason` is Django's, for developers; the page says what the person can do."""
    return render(request, "web/csrf_failure.html", status=403)


def _plain_error(template: str, status: int) -> HttpResponse:
    """Rendered without the request: no context processor, so no database, no session, no user."""
    context: dict[str, Any] = {"is_plain": True}
    return HttpResponse(loader.get_template(template).render(context), status=status)
