"""The coordinator's Monday screen: what cannot wait, acted on in place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training.catalogue import waiting
from training.catalogue.actions.running import decide_to_run
from training.catalogue.navigation import desk_tabs
from training.catalogue.views.rows import event_or_404, try_action
from training.config import parts
from training.people.access import requires, user_of
from training.people.permissions import Permission


@requires(Permission.MANAGE_CATALOGUE)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    everything = parts.todos(user, now)
    urgent, thin = waiting.urgent(now), waiting.run_or_pull(now)
    first, shown = everything[:1], {*everything[:1], *waiting.as_todos(urgent, thin, now)}
    context = {
        "next": first[0] if first else None,
        "urgent": urgent,
        "thin": thin,
        "others": [todo for todo in everything if todo not in shown],
        "tabs": desk_tabs(request),
        "now": now,
    }
    return render(request, "catalogue/desk/desk.html", context)


@requires(Permission.MANAGE_CATALOGUE)
@require_POST
def date_run(request: HttpRequest, reference: str) -> HttpResponse:
    event, user, now = event_or_404(request, reference), user_of(request), timezone.now()
    try_action(request, lambda: decide_to_run(event=event, by=user, now=now), f"{event}: it runs.")
    return redirect("desk:desk")
