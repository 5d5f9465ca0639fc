"""The trainer's pages: which registers there are, the register itself, roll call, and a copy on paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from bookings.actions.also import say_who_is_also_there
from bookings.errors import BookingsError
from bookings.forms.also import AlsoThereForm
from bookings.models import AlsoThere
from bookings.registers.lists import listed_registers
from bookings.registers.rights import is_changed_since_sent
from bookings.views.register_rows import kept_until, register_context, sitting_or_404
from training.people.access import requires, user_of
from training.people.permissions import Permission


@requires(Permission.TAKE_REGISTER)
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    user = user_of(request)
    lists = listed_registers(user, now)
    # A coordinator sees everybody's: those are kept on a device only once opened.
    is_office = user.may(Permission.MANAGE_BOOKINGS)
    kept = [session for session in lists.today if kept_until(session, now) and not is_office]
    return render(request, "bookings/registers.html", {"lists": lists, "kept": kept, "now": now})


@requires(Permission.OWN_RECORD)
@require_safe
def register(request: HttpRequest, reference: str, number: int | None = None) -> HttpResponse:
    """The page before the door and the register on one page: what comes first depends on the moment."""
    user, now = user_of(request), timezone.now()
    context = register_context(sitting_or_404(user, reference, number, now), user, now)
    record = context["record"]
    is_sent = record is not None and record.sent_at is not None
    context["is_changed"] = is_sent and is_changed_since_sent(record)
    return render(request, "bookings/register.html", context)


@requires(Permission.OWN_RECORD)
@require_safe
def register_roll_call(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Everybody in the room now, and who needs help to leave it."""
    user, now = user_of(request), timezone.now()
    context = register_context(sitting_or_404(user, reference, number, now), user, now)
    here = context["roster"].here
    context |= {"helped": [row for row in here if row.need], "others": [row for row in here if not row.need]}
    return render(request, "bookings/register_roll_call.html", context)


@requires(Permission.OWN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def register_also(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """In the room, not booked: how many interpreters, assistants and observers."""
    user, now = user_of(request), timezone.now()
    sitting = sitting_or_404(user, reference, number, now)
    held = AlsoThere.objects.filter(session=sitting.session)
    form = AlsoThereForm(request.POST or None, initial={row.role: row.number for row in held})
    if request.method == "POST" and form.is_valid():
        try:
            say_who_is_also_there(session=sitting.session, numbers=form.numbers, by=user, now=now)
        except BookingsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "They stand on the register and are counted on the roll call.")
            return redirect(sitting.url("register-roll-call"))
    context = {"form": form, "sitting": sitting, "event": sitting.session.event}
    return render(request, "bookings/register_also.html", context)


@requires(Permission.OWN_RECORD)
@require_safe
def register_paper(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """To print the day before: everybody expected, with room to sign."""
    user, now = user_of(request), timezone.now()
    context = register_context(sitting_or_404(user, reference, number, now), user, now)
    context["by_name"] = sorted(context["roster"].rows, key=lambda row: row.order[1:])
    context["blank_lines"] = range(5)
    return render(request, "bookings/register_paper.html", context)
