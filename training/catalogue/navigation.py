from django.http import HttpRequest
from django.urls import reverse

from training.web.components import NavItem

TABS = (
    ("Today", "desk:desk"),
    ("Dates", "desk:dates"),
    ("Orders", "desk:orders"),
    ("Courses", "desk:courses"),
    ("Guidance", "desk:guidance"),
    ("What falls due", "record:rules"),
    ("Venues", "desk:venues"),
    ("Search words", "desk:synonyms"),
)


def desk_tabs(request: HttpRequest) -> list[NavItem]:
    """The parts of the coordinator's desk."""
    tabs = [(label, reverse(name)) for label, name in TABS]
    return [NavItem(label, url, request.path == url) for label, url in tabs]
