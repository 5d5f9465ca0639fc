"""Letting one transaction wait for another without a trace of it in any row."""

from django.db import connection


def one_at_a_time(key: str) -> None:
    """Until the end of this transaction, others that name the same key wait here.

    A row lock would do the same, but writes the transaction's number into the row, where it could be matched with
    the rows that the transaction has written elsewhere.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def one_manager_at_a_time(token_hash: str) -> None:
    """Answering behind a manager's link and reminding of it wait for each other."""
    one_at_a_time(f"confirm {token_hash}")
