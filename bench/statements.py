"""How many SQL statements one request takes, counted in this process by the same stack of middleware."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from training.people.models import User


def statements(ask: Callable[[Client], Any], user: User | None = None) -> int:
    """Of the second time that it is asked: what is read once a process is not a request's."""
    client = Client(HTTP_HOST="localhost")
    if user is not None:
        client.force_login(user)
    ask(client)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask(client)
    return len(captured)


def statements_once(ask: Callable[[Client], Any], user: User) -> int:
    """Of the one time that it can be asked, such as a booking."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        ask(client)
    return len(captured)
