"""What PostgreSQL refuses, by the name of the constraint."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction


def refused_by(name: str, write: Callable[[], Any]) -> None:
    """The constraint of this name says no, at once or at the end of the transaction."""

    def to_the_end() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            write()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises((IntegrityError, DatabaseError), match=name):
        to_the_end()
