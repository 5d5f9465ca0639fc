"""The training lead's month: opened from an e-mail, acted on in place."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from bookings.agencies.folding import fold
from bookings.agencies.month import HEADINGS, month_of, month_rows
from bookings.charges.lists import own_charges
from bookings.views.book_people import led_agencies
from training.people.access import requires, user_of
from training.people.models import Agency
from training.people.navigation import agency_tabs
from training.people.permissions import Permission
from training.web.downloads import Sheet, csv_response, xlsx_response


@requires(Permission.BOOK_FOR_AGENCY)
@require_safe
def agency_month(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    led, chosen = _chosen(request)
    month = month_of(user, chosen, now)
    context = {
        "led": led,
        "chosen": chosen[0] if len(chosen) == 1 else None,
        "shows_agency": len(chosen) > 1,
        "month": month,
        "folded": fold(month, request.GET),
        "missed": own_charges(user, chosen, now),
        "tabs": agency_tabs(request),
        "now": now,
    }
    return render(request, "bookings/agency_month.html", context)


@requires(Permission.BOOK_FOR_AGENCY)
@require_safe
def agency_month_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a file, employee number first. `kind` is csv or xlsx."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    user, now = user_of(request), timezone.now()
    _, chosen = _chosen(request)
    name = f"{chosen[0].name if len(chosen) == 1 else 'Our people'} training {timezone.localdate():%Y-%m-%d}"
    sheet = Sheet("Training", HEADINGS, month_rows(month_of(user, chosen, now)))
    return csv_response(sheet, name) if kind == "csv" else xlsx_response([sheet], name)


def _chosen(request: HttpRequest) -> tuple[list[Agency], list[Agency]]:
    """The organisations that the user leads, and those of them that the address names; all for none or nonsense."""
    led = led_agencies(user_of(request))
    return led, [one for one in led if one.reference == request.GET.get("organisation")] or led
