"""The day-before checklist of a date, to read or to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.checklist import checklist
from training.catalogue.views.rows import event_or_404
from training.people.access import requires
from training.people.permissions import Permission


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def date_checklist(request: HttpRequest, reference: str) -> HttpResponse:
    event = event_or_404(request, reference)
    lines = checklist(event)
    context = {"event": event, "lines": lines, "now": timezone.now(), "left": sum(not line.is_ok for line in lines)}
    return render(request, "bookings/date_checklist.html", context)
