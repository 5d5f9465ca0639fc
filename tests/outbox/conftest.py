from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.outbox.mail_server import MailServer, mail_server

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as server:
        yield server


@pytest.fixture(autouse=True)
def templates_of_tests(settings: Any) -> None:
    """Beside the project's own, `templates/messages/trial/`."""
    first, *others = settings.TEMPLATES
    settings.TEMPLATES = [{**first, "DIRS": [*first["DIRS"], TEMPLATES]}, *others]
