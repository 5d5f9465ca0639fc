"""Fees for coming that await payment or an order."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.charges.fees import fee_of, open_fees, record_receipt
from bookings.errors import BookingsError
from bookings.forms.charges import ReceiptForm
from bookings.views.rows import booking_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.pages import paginate

LOOKS_BACK = datetime.timedelta(days=180)


@requires(Permission.MANAGE_BOOKINGS)
@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    found = open_fees(user_of(request), timezone.now() - LOOKS_BACK)
    page = paginate(request, found)
    return render(request, "bookings/fees.html", {"page": page, "total": sum(fee.pence for fee in found)})


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "POST"])
def fee(request: HttpRequest, reference: str) -> HttpResponse:
    user = user_of(request)
    booking = booking_or_404(user, reference)
    owed = fee_of(booking)
    held = owed.receipt if owed else None
    form = ReceiptForm(request.POST or None, initial={"kind": held.kind, "number": held.number} if held else None)
    if request.method == "POST" and form.is_valid():
        try:
            record_receipt(booking=booking, by=user, now=timezone.now(), **form.cleaned_data)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Recorded.")
            return redirect("bookings:fees")
    return render(request, "bookings/fee.html", {"booking": booking, "fee": owed, "form": form})
