"""Rubbish at every address of the site, by somebody who holds every role: a refusal in words, never a 500."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.architecture.test_pages import kinds_of, named_patterns
from tests.conftest import ClientOf
from tests.factories import grant_directly, make_agency, make_user
from training.people.models import Partnership, Role

RUBBISH = ("9" * 400, "\u202e²😀<script>{{ 7*7 }}")
NUMBERS = (0, 10**30)
# What pages read from their addresses' queries.
QUERY = (
    "q", "page", "from", "to", "mode", "level", "remit", "priority", "sort", "state", "kind", "why", "year", "key",
    "month", "course", "agency", "term", "meaning", "on", "places", "change", "instead", "next", "serial", "code",
    "provider", "sector", "show", "view", "status", "quarter", "standing", "person", "event", "when",
)  # fmt: skip
# What forms send, whichever they are.
FIELDS = (*QUERY, "name", "email", "mark", "key", "answer", "reason", "text", "note", "title", "date", "time", "number",
    "submission", "revision", "booking", "what", "role", "since", "day", "outcome", "last_day", "capacity")  # fmt: skip
# Signing in has tests of its own, with its limits.
OTHERS = ("account_", "mfa_")


@pytest.fixture
def everything(partnership: Partnership, client_of: ClientOf, settings: LazySettings) -> Client:
    settings.SECOND_FACTOR_ROLES = []
    user, agency = make_user(), make_agency()
    for role in Role:
        grant_directly(user.person, role, agency=agency if role == Role.AGENCY_LEAD else None)  # type: ignore[arg-type]
    client = client_of(user)
    client.raise_request_exception = False
    return client


def addresses(rubbish: str, number: int) -> dict[str, str]:
    given: dict[str, Any] = {"int": number, "str": rubbish, "uuid": "00000000-0000-0000-0000-000000000000", "slug": "x"}
    names = [name for name, _ in named_patterns() if not name.startswith(OTHERS)]
    return {name: reverse(name, args=[given[kind] for kind in kinds_of(name)]) for name in names}


@pytest.mark.parametrize("number", range(len(RUBBISH)))
def test_rubbish_is_refused_and_never_a_500(everything: Client, number: int) -> None:
    rubbish = RUBBISH[number]
    broken = []

    for name, address in addresses(rubbish, NUMBERS[number]).items():
        for answer in (
            everything.get(address, dict.fromkeys(QUERY, rubbish)),
            everything.post(address, dict.fromkeys(FIELDS, rubbish)),
        ):
            if answer.status_code >= 500 and name != "outbox:readyz":
                broken.append(f"{answer.status_code} {name}")

    assert broken == []
