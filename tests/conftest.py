import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client, override_settings
from hypothesis import HealthCheck, settings

from tests.factories import make_partnership, make_user
from tests.scheduling import TogetherScheduling
from tests.standing_rows import rows_of_migrations, standing_rows
from training.people.models import Partnership, Role, User

__all__ = ["rows_of_migrations", "standing_rows"]

settings.register_profile("ci", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


HERE = Path(__file__).parent


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherScheduling:
    return TogetherScheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).relative_to(HERE).parts[0] == "journeys":
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session", autouse=True)
def static_root() -> None:
    """WhiteNoise warns of a missing folder, and a warning is an error here."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """A password that takes a third of a second to check costs the tests minutes."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def nothing_remembered() -> None:
    """Most tests never commit, so nothing would tell the catalogue to forget what a search found before."""
    django_settings.CATALOGUE_REMEMBERED_SECONDS = 0


@pytest.fixture(scope="session", autouse=True)
def own_cache() -> Iterator[None]:
    """Workers of one test run share a Redis: each empties a database of its own in it, of the sixteen there are."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    server = django_settings.REDIS_URL.rpartition("/")[0]
    default = {**django_settings.CACHES["default"], "LOCATION": f"{server}/{worker % 15 + 1}"}
    with override_settings(CACHES={**django_settings.CACHES, "default": default}):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Rate limits of one test are not another's."""
    yield
    cache.clear()


@pytest.fixture
def partnership(db: None) -> Partnership:
    return make_partnership()


@pytest.fixture
def coordinator(partnership: Partnership) -> User:
    return make_user(role=Role.COORDINATOR)


@pytest.fixture
def administrator(partnership: Partnership) -> User:
    return make_user(role=Role.ADMINISTRATOR)


@pytest.fixture
def practitioner(partnership: Partnership) -> User:
    return make_user()


@pytest.fixture
def client_of() -> "ClientOf":
    return ClientOf()


class ClientOf:
    """`client_of(user)`: a browser in which this user has signed in."""

    def __call__(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client
