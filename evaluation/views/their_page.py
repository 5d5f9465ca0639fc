"""A person's own page as they see it, for the coordinator whom they ask: read only, and sending something again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bookings.actions.sending_again import Again, send_again
from bookings.errors import BookingsError
from bookings.models import Booking
from bookings.panels import own_panels as booking_panels
from evaluation.actions.asking_again import send_link_again
from evaluation.forms.their_page import FEEDBACK, WHY, SendAgainForm, WhyForm
from evaluation.models import Invitation
from training.people.access import requires, user_of
from training.people.models import Person, User
from training.people.models.person import log_view
from training.people.permissions import Permission
from training.people.views.rows import person_or_404
from training.record.panels import due_panels
from training.record.panels import own_panels as record_panels

# Neither says whether they have answered: that is nobody's business before the night (docs/adr).
FEEDBACK_SENT = (
    "If they have not answered yet, their feedback link is on its way: three times at most, and not at once."
)


@requires(Permission.MANAGE_BOOKINGS)
@never_cache
@require_safe
def their_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Why comes first; the look is logged with it, where the person can read it."""
    user, now = user_of(request), timezone.now()
    person = person_or_404(user, reference)
    if person.merged_into is not None:
        return redirect("evaluation:their-page", person.merged_into.reference)
    form = WhyForm(request.GET if "why" in request.GET else None)
    if not (form.is_bound and form.is_valid()):
        return render(request, "evaluation/their_page_why.html", {"person": person, "form": form})
    why = form.cleaned_data["why"]
    log_view(person, by=user, page="evaluation:their-page", reason=WHY[why], now=now)
    asked = Invitation.objects.open(now).filter(booking__person=person, posted_at__isnull=False)
    context = _seen(person) | {"asked": asked.select_related("booking__event__version").order_by("closes_at", "pk")}
    return render(request, "evaluation/their_page.html", {**context, "person": person, "why": why, "now": now})


def _seen(person: Person) -> dict[str, Any]:
    """What their own page is made of, by the name of the panel; what waits to be answered stays theirs."""
    now = timezone.now()
    panels = [*booking_panels(person, now), *record_panels(person, now), *due_panels(User(person=person), now)]
    return {panel.template.rpartition("/")[2].removesuffix(".html"): panel.context for panel in panels}


@requires(Permission.MANAGE_BOOKINGS)
@require_POST
def their_page_send_again(request: HttpRequest, reference: str) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    person = person_or_404(user, reference)
    form = SendAgainForm(request.POST)
    rows = Booking.objects.visible_to(user).filter(person=person)
    booking = rows.filter(reference=form.cleaned_data["booking"].upper()).first() if form.is_valid() else None
    if booking is None:
        raise Http404
    what = form.cleaned_data["what"]
    if what == FEEDBACK:
        for pk in list(booking.invitations.order_by("pk").values_list("pk", flat=True)):
            send_link_again(invitation_pk=pk, now=now)
        messages.success(request, FEEDBACK_SENT)
    else:
        try:
            send_again(booking=booking, what=Again(what), by=user, now=now)
            messages.success(request, f"On its way to {person.email}: {Again(what).label}.")
        except BookingsError as error:
            messages.error(request, str(error))
    return redirect("people:person", person.reference)
