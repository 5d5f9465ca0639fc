from typing import Any

from django.db import connection


def fetch(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of one of our own queries; values from outside go in as parameters alone."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
