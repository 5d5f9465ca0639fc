"""Where the home page sends each role, and in which order."""

import pytest

from tests.factories import make_agency, make_user
from training.people.models import Role, User
from training.people.navigation import PLACES, url_or_nothing
from training.people.role_words import LINKS, SENTENCES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership", "no_second_factor")]


def holder(role: Role | None) -> User:
    return make_user(role=role, agency=make_agency() if role == Role.AGENCY_LEAD else None)


LINKED = [name for links in LINKS.values() for _label, name in links]


@pytest.mark.parametrize("url_name", sorted({*LINKED, *(place.url_name for place in PLACES)}))
def test_every_link_of_menu_and_home_leads_somewhere(url_name: str) -> None:
    assert url_or_nothing(url_name) != ""


@pytest.mark.parametrize("role", [role for role in SENTENCES if role in LINKS])
def test_links_of_a_role_open_for_whoever_holds_it(role, client_of) -> None:
    client = client_of(holder(role))

    answers = {name: client.get(url_or_nothing(name)).status_code for _label, name in LINKS[role]}

    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.parametrize(("role", "first"), [(None, "next-course"), *((role, "to-do") for role in SENTENCES)])
def test_home_shows_work_first_to_whoever_holds_a_role(role, first, client_of) -> None:
    page = client_of(holder(role)).get("/").content.decode()

    assert min(("next-course", "to-do"), key=lambda part: page.index(f'id="{part}"')) == first


def test_check_of_a_certificate_is_linked_from_every_page(client) -> None:
    pages = [client.get(path).content.decode() for path in ("/", "/courses/", "/elearning/")]

    assert ['href="/certificates/"' in page for page in pages] == [True] * 3
