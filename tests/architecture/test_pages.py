"""The walk of the browser (tests/journeys/test_every_page.py) leaves no page out, and no button acts on a GET."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.conftest import ClientOf
from tests.factories import grant_directly, make_agency, make_user
from tests.journeys.pages import ACTIONS, FILES, ON_THE_WAY, PAGES
from training.people.models import Partnership, Role

ANYTHING = {"int": 1, "uuid": "00000000-0000-0000-0000-000000000000", "str": "x", "slug": "x"}


def named_patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_patterns(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


def test_every_page_is_walked() -> None:
    known = [*(page.name for page in PAGES), *FILES, *ACTIONS, *ON_THE_WAY]

    unknown = {name for name, _ in named_patterns()} ^ set(known)

    assert sorted(unknown) == [], "enter a new page in tests/journeys/pages.py, and take out one that is gone"
    assert sorted({name for name in known if known.count(name) > 1}) == []


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_button_refuses_a_get(partnership: Partnership, client_of: ClientOf, action: str) -> None:
    user, agency = make_user(), make_agency()
    for role in Role:
        grant_directly(user.person, role, agency=agency if role == Role.AGENCY_LEAD else None)  # type: ignore[arg-type]
    arguments = [ANYTHING[kind] for kind in kinds_of(action)]

    with override_settings(SECOND_FACTOR_ROLES=[]):
        response = client_of(user).get(reverse(action, args=arguments))

    assert response.status_code == 405


def kinds_of(name: str) -> list[str]:
    pattern: Any = dict(named_patterns())[name].pattern
    return [type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            for converter in pattern.converters.values()]  # fmt: skip
