from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from training.people.devices import account_key
from training.people.models import Partnership, User
from training.people.navigation import nav_items


def partnership(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - context processors are given it
    """For every page: the partnership, lazily, so that a page without its name asks for nothing."""
    return {"partnership": SimpleLazyObject(lambda: Partnership.objects.first() or Partnership(name="Muster"))}


def navigation(request: HttpRequest) -> dict[str, object]:
    """For every page: the menu by what the user may do, their name, and where to turn when worried; lazily too."""
    return {
        "nav_items": SimpleLazyObject(lambda: nav_items(request)),
        "signed_in_name": SimpleLazyObject(lambda: _name(request)),
        "account_key": SimpleLazyObject(lambda: account_key(getattr(request, "user", None))),
        "safety_url": reverse("people:safety"),
        "is_demo": settings.DEMO,
    }


def _name(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return ""
    return user.person.name if user.person else user.email
