"""The menu under the header: what somebody may open, in the order of the loop."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from training.people.models import User
from training.people.permissions import Permission
from training.web.components import NavItem


@dataclass(frozen=True)
class Place:
    """A page of the menu. No permission: for everybody. `also` are paths that belong to it too.

    `within` is a permission whose holders find it inside another place: a menu of eleven is read by nobody.
    """

    label: str
    url_name: str
    permission: Permission | None = None
    also: tuple[str, ...] = ()
    within: Permission | None = None


LEADS_PAGES = ("/agency/", "/elearning/claims/")
# Named by strings, since the upper apps' pages are not there before the apps are.
PLACES = (
    Place("Courses", "catalogue:course-list", also=("/events/", "/elearning/")),
    Place("My learning", "people:my", Permission.OWN_RECORD),
    Place("Registers", "bookings:registers", Permission.TAKE_REGISTER, within=Permission.MANAGE_BOOKINGS),
    Place("Desk", "desk:desk", Permission.MANAGE_CATALOGUE),
    Place("Bookings", "bookings:bookings", Permission.MANAGE_BOOKINGS, also=("/register/", "/disruption/")),
    Place("Concerns", "evaluation:concerns", Permission.ANSWER_CONCERNS),
    Place("My organisation", "bookings:agency-month", Permission.SEE_AGENCY_PEOPLE, also=LEADS_PAGES),
    Place(
        "People",
        "people:persons",
        Permission.SEE_ALL_PEOPLE,
        also=("/agencies/", "/roles/", "/partnership/", "/outbox/"),
    ),
    Place("Messages", "people:outbox", Permission.SEE_OUTBOX, within=Permission.SEE_ALL_PEOPLE),
    Place(
        "Programme", "programme:programmes", Permission.SEE_PROGRAMME, also=("/meetings/", "/reviews/", "/planning/")
    ),
    Place("Providers", "providers:providers", Permission.SEE_PROVIDERS, also=("/contracts/",)),
    Place("My contracts", "providers:own-provider", Permission.SEE_OWN_PROVIDER, also=("/providers/", "/contracts/")),
    Place("Evaluation", "evaluation:evaluation", Permission.GRADE_EVIDENCE),
    Place("Reports", "evaluation:reports", Permission.READ_REPORTS),
)


def nav_items(request: HttpRequest) -> list[NavItem]:
    """The places that exist and that this user may open; for visitors those open to everybody."""
    user = getattr(request, "user", None)
    return [
        _item(place, url, request.path)
        for place in PLACES
        if _may_open(place, user) and not _is_within(place, user) and (url := url_or_nothing(place.url_name))
    ]


def _may_open(place: Place, user: object) -> bool:
    return place.permission is None or (isinstance(user, User) and user.may(place.permission))


def _is_within(place: Place, user: object) -> bool:
    return place.within is not None and isinstance(user, User) and user.may(place.within)


def _item(place: Place, url: str, path: str) -> NavItem:
    return NavItem(place.label, url, path.startswith((url, *place.also)))


def url_or_nothing(url_name: str) -> str:
    """The page's address; empty while there is no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def agency_tabs(request: HttpRequest) -> list[NavItem]:
    """The parts of a training lead's area."""
    tabs = (
        ("Training", "bookings:agency-month"),
        ("Due", "record:agency-due"),
        ("Done elsewhere", "elearning:claims"),
        ("Our own training", "record:agency-returns"),
        ("People", "people:agency"),
    )
    shown = [(label, url) for label, name in tabs if (url := url_or_nothing(name))]
    return [NavItem(label, url, request.path == url) for label, url in shown]


def people_tabs(request: HttpRequest) -> list[NavItem]:
    """The parts of the people area for this user."""
    tabs = (
        Place("Everybody", "people:persons", Permission.SEE_ALL_PEOPLE),
        Place("To settle", "people:to-settle", Permission.MANAGE_PEOPLE),
        Place("Organisations", "people:agencies", Permission.MANAGE_PEOPLE),
        Place("Messages", "people:outbox", Permission.SEE_OUTBOX),
        Place("Roles", "people:roles", Permission.GRANT_ROLES),
        Place("Partnership", "people:partnership", Permission.MANAGE_PARTNERSHIP),
    )
    shown = [(tab, reverse(tab.url_name)) for tab in tabs if _may_open(tab, request.user)]
    return [NavItem(tab.label, url, request.path == url) for tab, url in shown]
