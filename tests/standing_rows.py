"""The rows that migrations write (synonyms, booking rules, questionnaires, definitions), for tests that commit.

Such a test ends with every table emptied, these rows too; the next one finds them again.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction


@pytest.fixture(scope="session")
def rows_of_migrations(django_db_setup: None, django_db_blocker: Any) -> list[Any]:
    """All rows of a database in which no test has written yet, but for the audit's."""
    with django_db_blocker.unblock():
        return [row for model in _models() for row in model._default_manager.all()]


def _models() -> Iterator[Any]:
    for config in apps.get_app_configs():
        if config.name in settings.LAYERS:
            yield from (model for model in config.get_models() if not model.__name__.endswith("History"))


@pytest.fixture(autouse=True)
def standing_rows(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (marker is not None and marker.kwargs.get("transaction"))
    if not commits:
        return
    rows = request.getfixturevalue("rows_of_migrations")
    request.getfixturevalue("transactional_db")
    put_back(rows)


def put_back(rows: list[Any]) -> None:
    """Those that a test has emptied the tables of."""
    with transaction.atomic():
        for row in rows:
            if not type(row)._default_manager.filter(pk=row.pk).exists():
                row.save(force_insert=True)
