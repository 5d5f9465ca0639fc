"""The signed sheet beside the register: attached, opened, taken away."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings.actions.sheets import attach_sheet, take_sheet_away
from bookings.errors import BookingsError
from bookings.forms.sheets import SheetForm
from bookings.models import SignedSheet
from bookings.registers.rights import reasons_closed
from bookings.views.register_rows import Sitting, lean_sitting_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission
from training.web.downloads import uploaded_file


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register_sheets(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    sitting = lean_sitting_or_404(user, reference, number)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        try:
            attach_sheet(session=sitting.session, data=form.cleaned_data["file"].read(), by=user, now=now)
        except BookingsError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, "The file is kept with the register.")
            return redirect(sitting.url("register-sheets"))
    context = {"sitting": sitting, "session": sitting.session, "event": sitting.session.event, "form": form}
    context |= {"sheets": SignedSheet.objects.filter(session=sitting.session).select_related("by")}
    context |= {"closed": reasons_closed(sitting.session, user, now), "months": settings.SIGNED_SHEET_MONTHS}
    context["may_take_all"] = user.may(Permission.MANAGE_BOOKINGS)
    return render(request, "bookings/register_sheets.html", context)


@requires(Permission.OWN_RECORD)
@require_safe
@cache_control(private=True, no_store=True)
def register_sheet(request: HttpRequest, reference: str, number: int, sheet: str) -> HttpResponse:
    sitting = lean_sitting_or_404(user_of(request), reference, number)
    found = _sheet_or_404(request, sitting, sheet)
    try:
        with found.file.open() as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    name = f"signed-sheet-{sitting.session.event.reference}-day-{sitting.session.position}-{found.reference}"
    return uploaded_file(content, found.content_type, name, found.kind)


@requires(Permission.OWN_RECORD)
@require_POST
def register_sheet_take_away(request: HttpRequest, reference: str, number: int, sheet: str) -> HttpResponse:
    sitting = lean_sitting_or_404(user_of(request), reference, number)
    found = SignedSheet.objects.visible_to(user_of(request)).filter(session=sitting.session, reference=sheet).first()
    try:
        if found:  # else it was a second click
            take_sheet_away(sheet=found, by=user_of(request), now=timezone.now())
    except BookingsError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The file is deleted.")
    return redirect(sitting.url("register-sheets"))


def _sheet_or_404(request: HttpRequest, sitting: Sitting, reference: str) -> SignedSheet:
    rows = SignedSheet.objects.visible_to(user_of(request)).filter(session=sitting.session)
    return get_object_or_404(rows, reference=reference)
