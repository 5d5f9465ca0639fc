"""Every form of the site sent empty: each link of the summary of errors leads to a field that is on the page."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from providers.models import Provider
from tests.conftest import ClientOf
from tests.factories import grant_directly, make_agency, make_person, make_user
from tests.factories_catalogue import make_course, make_event, make_venue
from training.people.models import Role, User
from training.web.views import styleguide

# Signing in has its own tests; the style guide shows a form in its wrong state.
LEFT_OUT = ("accounts/",)


class Page(HTMLParser):
    """Where the forms of a page go, what has an id, and where the links of its summary of errors lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: list[str] = []
        self.actions: list[str] = []
        self.is_in_summary = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.ids.add(given.get("id") or "")
        if tag == "form" and given.get("method") == "post":
            self.actions.append(given.get("action") or "")
        if "govuk-error-summary__list" in (given.get("class") or ""):
            self.is_in_summary = True
        if tag == "a" and self.is_in_summary:
            self.targets.append((given.get("href") or "").removeprefix("#"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "ul":
            self.is_in_summary = False

    @property
    def dead(self) -> list[str]:
        return [target for target in self.targets if target not in self.ids]


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every address of the site, with `<…>` where something is named."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        elif isinstance(entry, URLPattern) and entry.callback is not styleguide:
            yield path


@pytest.fixture
def everybody(partnership: object) -> User:
    """Somebody who holds every role."""
    agency = make_agency("Bankside Council")
    user = make_user(make_person(agency=agency), role=Role.AGENCY_LEAD, agency=agency)
    for role in Role:
        if role != Role.AGENCY_LEAD:
            grant_directly(user.person, role)
    return user


@pytest.fixture
def named(everybody: User) -> dict[str, str]:
    """What may stand where an address names something: by the name of its place, and for a reference by its area."""
    event, other = make_event(), make_user(make_person(agency=make_agency()))
    agency = other.person.employments.get().agency
    return {
        "person": other.person.reference,
        "agency": agency.reference,
        "code": make_course().code,
        "reference": event.reference,
        "people/": other.person.reference,
        "agencies/": agency.reference,
        "providers/": Provider.objects.create(name="Harbour Training").reference,
        "desk/venues/": make_venue().reference,
    }


def addresses(named: dict[str, str]) -> Iterator[str]:
    for pattern in patterns():
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        if pattern.startswith(LEFT_OUT) or not all(name in named for name in names):
            continue
        area = next((area for area in named if area.endswith("/") and pattern.startswith(area)), "reference")
        values = {**named, "reference": named[area]}
        yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], pattern)  # noqa: B023


def summaries_of(client: Client, address: str) -> Iterator[tuple[str, Page]]:
    response = client.get(address)
    if response.status_code != 200 or "text/html" not in response["Content-Type"]:
        return
    actions = {action or address for action in Page(response.content.decode()).actions}
    for action in sorted(action for action in actions if not action.startswith("/accounts/")):
        sent = client.post(action, {"sent": "empty"})
        if sent.status_code == 200:
            yield action, Page(sent.content.decode())


def test_each_link_of_an_error_summary_leads_to_a_field(
    client_of: ClientOf, everybody: User, named: dict[str, str], settings: Settings
) -> None:
    settings.SECOND_FACTOR_ROLES = []
    client = client_of(everybody)

    shown = [pair for address in addresses(named) for pair in summaries_of(client, address) if pair[1].targets]

    assert {address: page.dead for address, page in shown if page.dead} == {}
    assert len({address for address, _ in shown}) > 15


def test_walk_finds_a_link_that_leads_nowhere() -> None:
    page = Page(
        '<ul class="govuk-error-summary__list"><li><a href="#here">A</a><a href="#gone">B</a></ul><p id="here">'
    )

    assert page.dead == ["gone"]
