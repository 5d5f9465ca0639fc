from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.config import parts
from training.people.access import requires, user_of
from training.people.finding import tidy_search
from training.people.permissions import Permission


@requires(Permission.OWN_RECORD)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box for everything that this user may find, in every app."""
    text = tidy_search(request.GET.get("q", ""))
    hits = parts.search(user_of(request), text) if len(text) > 1 else []
    return render(request, "people/search.html", {"q": text, "hits": hits})
