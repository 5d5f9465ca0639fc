from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.config import parts
from training.people.access import user_of
from training.people.permissions import Permission
from training.people.role_words import role_blocks
from training.web.access import public

# On a phone the next course comes first, then two things to do; whoever holds a role sees all that waits first.
TODOS_SHOWN = 2
OWN_NEXT = 10


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front page for visitors; for those signed in what waits for them and what their roles are for."""
    if not request.user.is_authenticated:
        return render(request, "people/front.html", {"courses_url": courses_url()})
    user, now = user_of(request), timezone.now()
    todos, panels = parts.todos(user, now), parts.panels(user, now)
    is_desk = user.may(Permission.MANAGE_PEOPLE)
    works_first = bool(user.roles)  # trainers come for a register, leads for their people, boards for their papers
    context = {
        "todos": todos if works_first else todos[:TODOS_SHOWN],
        "more_todos": [] if works_first else todos[TODOS_SHOWN:],
        "first_panels": [] if works_first else [panel for panel in panels if panel.weight <= OWN_NEXT],
        "panels": [panel for panel in panels if works_first or panel.weight > OWN_NEXT],
        "blocks": role_blocks(user, timezone.localdate(now)),
        "has_next_button": is_desk,
        "may_search": user.may(Permission.SEE_ALL_PEOPLE) or user.may(Permission.SEE_AGENCY_PEOPLE),
        "courses_url": courses_url(),
    }
    return render(request, "people/home.html", context)


@public
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Whom to turn to now, for somebody worried about a child or an adult."""
    return render(request, "people/safety.html")


def courses_url() -> str:
    """Where courses are searched; empty while there is no catalogue."""
    try:
        return reverse("catalogue:course-list")
    except NoReverseMatch:
        return ""
