"""Withdrawing a course, with a choice for each of its open dates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.actions.withdrawing import targets_of, withdraw_with_dates
from bookings.errors import BookingsError
from bookings.forms.withdrawing import WithdrawForm
from training.catalogue.problems import dates_still_open
from training.catalogue.views.rows import course_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission

MOST_TARGETS = 8


@requires(Permission.MANAGE_CATALOGUE)
@require_http_methods(["GET", "HEAD", "POST"])
def course_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    course, now = course_or_404(code), timezone.now()
    events, targets = list(dates_still_open(course, now)), list(targets_of(course, now)[:MOST_TARGETS])
    form = WithdrawForm(request.POST if request.method == "POST" else None, events=events, targets=targets)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            withdraw_with_dates(course=course, fates=form.fates, reason=reason, by=user_of(request), now=now)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{course}: withdrawn.")
            return redirect("desk:course", course.code)
    context = {"course": course, "version": course.versions.get(is_current=True), "form": form, "events": events}
    return render(request, "bookings/course_withdraw.html", context)
