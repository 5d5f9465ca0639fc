"""What the group hopes to learn: beside the register, for whoever may open that."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.registers.rights import registers_visible_to
from evaluation.analysis.hopes import load_hopes
from training.people.access import requires, user_of
from training.people.models import Partnership
from training.people.permissions import Permission
from training.web.when import london_day


@requires(Permission.OWN_RECORD)
@never_cache
@require_safe
def register_hopes(request: HttpRequest, reference: str) -> HttpResponse:
    session = registers_visible_to(user_of(request)).filter(event__reference=reference).first()
    if session is None:
        raise Http404
    below = Partnership.objects.values_list("withhold_below", flat=True).get()
    hopes = load_hopes(session.event, london_day(timezone.now()), below)
    context = {"event": session.event, "session": session, "texts": hopes.texts, "below": below}
    return render(request, "evaluation/register_hopes.html", context)
