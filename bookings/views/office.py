"""The office's pages of a register: who rang in, and keying in one that was kept on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions.paper import key_paper_register, rang_in
from bookings.errors import BookingsError
from bookings.forms.office import PaperForm, RangInForm
from bookings.views.register_rows import register_context, sitting_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def register_rang(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Somebody rang the office: it shows on the trainer's register at once."""
    user, now = user_of(request), timezone.now()
    sitting = sitting_or_404(user, reference, number, now)
    context = register_context(sitting, user, now)
    form = RangInForm(request.POST or None, rows=context["roster"].missing)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rang_in(
                session=sitting.session, booking=form.chosen, note=data["note"], by=user, now=now,
                key=data["submission"],
            )  # fmt: skip
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{form.chosen.person.name} is marked as having sent apologies.")
            return redirect(sitting.url())
    return render(request, "bookings/register_rang.html", {**context, "form": form})


@requires(Permission.MANAGE_BOOKINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def register_key_in(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A register kept on paper, on one page with one button."""
    user, now = user_of(request), timezone.now()
    sitting = sitting_or_404(user, reference, number, now)
    context = register_context(sitting, user, now)
    rows = sorted(context["roster"].rows, key=lambda row: row.order[1:])
    form = PaperForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        try:
            key_paper_register(
                session=sitting.session, lines=form.lines, by=user, now=now, key=form.cleaned_data["submission"]
            )
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "The register is keyed in and sent.")
            return redirect(sitting.url())
    return render(request, "bookings/register_key_in.html", {**context, "form": form})
