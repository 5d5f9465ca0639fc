"""What a trainer does at the door. With htmx a tap brings back its row and the counts; without, the whole page."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from bookings.actions.door import came_instead, came_without_booking
from bookings.actions.register import everyone_else_is_here, mark, send_register, unmarked
from bookings.errors import BookingsError
from bookings.forms.register import ArrivalForm, InsteadForm, MarkForm
from bookings.models import Booking, Mark
from bookings.registers.keys import key_of_tap
from bookings.views.register_rows import (
    Sitting,
    expected_or_404,
    lean_sitting_or_404,
    register_context,
    sitting_or_404,
)
from training.people.access import requires, user_of
from training.people.models import User
from training.people.permissions import Permission
from training.web.words import count

Done = TypeVar("Done")


@requires(Permission.OWN_RECORD)
@require_POST
def register_mark(request: HttpRequest, reference: str, number: int, booking: str) -> HttpResponse:
    user = user_of(request)
    sitting = lean_sitting_or_404(user, reference, number)
    row = expected_or_404(sitting.session, booking)
    form = MarkForm(request.POST)
    refusal = _try_mark(form, sitting, row, user)
    if refusal:
        return _refused(request, sitting, row, form, refusal)
    if request.htmx:  # type: ignore[attr-defined]
        return _row(request, sitting, row)
    return redirect(f"{sitting.url()}#row-{row.reference}")


def _try_mark(form: MarkForm, sitting: Sitting, row: Booking, user: User) -> str:
    """The sentence that says why not; empty when it is done."""
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    data = form.cleaned_data
    chosen, at_time, note = Mark(data["mark"]), data["at_time"], data["note"]
    try:
        mark(
            session=sitting.session, booking=row, mark=chosen, by=user, now=timezone.now(),
            uuid=key_of_tap(data["key"], row.reference, chosen, str(at_time), note), at_time=at_time, note=note,
        )  # fmt: skip
    except BookingsError as error:
        return str(error)
    return ""


def _row(request: HttpRequest, sitting: Sitting, row: Booking) -> HttpResponse:
    user = user_of(request)
    context = register_context(sitting, user, timezone.now())
    return render(request, "bookings/register.html#answer", {**context, "row": context["roster"].row_of(row)})


def _refused(request: HttpRequest, sitting: Sitting, row: Booking, form: MarkForm, refusal: str) -> HttpResponse:
    """The page again, the row open with what was typed; with htmx that row alone."""
    user, now = user_of(request), timezone.now()
    extra = {"refusal": refusal, "refused_reference": row.reference, "typed": form.data}
    if request.htmx:  # type: ignore[attr-defined]
        context = register_context(sitting, user, now)
        shown = context["roster"].row_of(row)
        if shown is None:
            messages.error(request, refusal)
            return HttpResponseClientRefresh()
        return render(request, "bookings/register.html#answer", {**context, **extra, "row": shown})
    context = register_context(
        sitting_or_404(user, sitting.session.event.reference, sitting.session.position, now), user, now
    )
    return render(request, "bookings/register.html", {**context, **extra})


@requires(Permission.OWN_RECORD)
@require_POST
def register_everyone(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    user = user_of(request)
    sitting = lean_sitting_or_404(user, reference, number)
    done = _try(request, lambda: everyone_else_is_here(session=sitting.session, by=user, now=timezone.now()))
    if done:
        messages.success(request, f"{count(done, 'person', 'people').capitalize()} marked as here.")
    return redirect(sitting.url())


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register_add(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Somebody came without booking."""
    user, now = user_of(request), timezone.now()
    sitting = sitting_or_404(user, reference, number, now)
    form = ArrivalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        arrival = form.arrival
        act = lambda: came_without_booking(session=sitting.session, arrival=arrival, by=user, now=now)  # noqa: E731
        if _try_in(form, act):
            messages.success(request, f"{arrival.name} is on the register and marked as here.")
            return redirect(sitting.url())
    return render(request, "bookings/register_add.html", {"form": form, **register_context(sitting, user, now)})


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register_instead(request: HttpRequest, reference: str, number: int, booking: str) -> HttpResponse:
    """A colleague came instead of somebody who is missing."""
    user, now = user_of(request), timezone.now()
    sitting = sitting_or_404(user, reference, number, now)
    old = expected_or_404(sitting.session, booking)
    form = InsteadForm(request.POST or None, agency=old.employment.agency.name if old.employment else "")
    if request.method == "POST" and form.is_valid():
        arrival = form.arrival
        act = lambda: came_instead(session=sitting.session, booking=old, arrival=arrival, by=user, now=now)  # noqa: E731
        if _try_in(form, act):
            messages.success(request, f"{arrival.name} is marked as here, instead of {old.person.name}.")
            return redirect(sitting.url())
    context = {"form": form, "sitting": sitting, "event": sitting.session.event, "old": old}
    return render(request, "bookings/register_instead.html", context)


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register_send(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Opened, it says what will be sent and who is not marked; only its button sends."""
    user, now = user_of(request), timezone.now()
    sitting = sitting_or_404(user, reference, number, now)
    if request.method == "POST":
        was_told = request.POST.get("missing") == "did_not_come"
        session = sitting.session
        act = lambda: send_register(session=session, by=user, now=now, missing_did_not_come=was_told)  # noqa: E731
        if _try(request, act):
            messages.success(request, "The register is sent. Thank you.")
            return redirect(_after_sending(sitting))
        if not unmarked(session).exists():
            return redirect(sitting.url())
    return render(request, "bookings/register_send.html", register_context(sitting, user, now))


def _after_sending(sitting: Sitting) -> str:
    """On the last day the way to the form, while everybody is still in the room."""
    if sitting.session.ends_with_a_form:  # type: ignore[attr-defined]
        return reverse("evaluation:feedback-code", args=[sitting.session.event.reference])
    return sitting.url()


def _try(request: HttpRequest, act: Callable[[], Done]) -> Done | None:
    try:
        return act()
    except BookingsError as error:
        messages.error(request, str(error))
        return None


def _try_in(form: ArrivalForm, act: Callable[[], object]) -> bool:
    """A refusal stands above the form, with everything typed still in it."""
    try:
        act()
    except BookingsError as error:
        form.add_error(None, str(error))
        return False
    return True
