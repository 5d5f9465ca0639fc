import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from providers.actions.leaving import end_engagement
from providers.errors import ProvidersError
from providers.forms.contracts import EngagementEndForm
from providers.models import Engagement
from providers.staffing import dates_to_teach
from providers.tables import dates_table
from providers.views.providers import provider_or_404
from training.people.access import requires, user_of
from training.people.models import User
from training.people.permissions import Permission
from training.web.words import count


def engagement_or_404(user: User, reference: str, person: str) -> Engagement:
    """The latest of this person at this provider."""
    rows = provider_or_404(user, reference).engagements.select_related("person", "provider")
    found = rows.filter(person__reference=person.upper()).order_by("-period").first()
    if found is None:
        raise Http404
    return found


@requires(Permission.MANAGE_CONTRACTS)
@require_http_methods(["GET", "POST"])
def engagement_end(request: HttpRequest, reference: str, person: str) -> HttpResponse:
    """Somebody leaves a provider; the dates that they were to teach are listed first."""
    user, now = user_of(request), timezone.now()
    held = engagement_or_404(user, reference, person)
    until = held.period.upper - datetime.timedelta(days=1) if held.period.upper else timezone.localdate()
    form = EngagementEndForm(request.POST or None, initial={"last_day": until})
    if request.method == "POST" and form.is_valid():
        try:
            dates = end_engagement(engagement=held, by=user, now=now, **form.cleaned_data)
        except ProvidersError as error:
            form.add_error("last_day", str(error))
        else:
            off = f" Taken off {count(len(dates), 'date')}: the desk shows that they need somebody." if dates else ""
            messages.success(request, f"{held.person}: their last day with {held.provider} is kept.{off}")
            return redirect("providers:provider", held.provider.reference)
    dates = dates_to_teach(held, after=timezone.localdate(), now=now)
    context = {"form": form, "engagement": held, "dates": dates_table(dates) if dates else None}
    return render(request, "providers/engagement_end.html", context)
