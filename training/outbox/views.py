from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from training.outbox.readiness import readiness
from training.web.access import public


@public
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """For monitors: 200 when everything works, 503 when something does not. Names nobody."""
    found = readiness(timezone.now())
    status = "ready" if found.is_ready else "not ready"
    return JsonResponse({"status": status, **asdict(found)}, status=200 if found.is_ready else 503)
