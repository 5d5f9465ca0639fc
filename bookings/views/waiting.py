"""Waiting lists against free places."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.lists import waiting_lists as listed
from bookings.tables import waiting_lists_table
from training.people.access import requires
from training.people.permissions import Permission


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def waiting_lists(request: HttpRequest) -> HttpResponse:
    rows = listed(timezone.now())
    return render(request, "bookings/waiting_lists.html", {"table": waiting_lists_table(rows), "rows": rows})
