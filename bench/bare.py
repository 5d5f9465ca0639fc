"""A booking as nothing but SQL, from as many connections: what PostgreSQL alone could do."""

import itertools
import os
import uuid
from collections.abc import Callable, Sequence

import psycopg
from psycopg import Connection

from bench.load import Timing, timed

LOCK = "SELECT places_offered, places_held FROM catalogue_event WHERE id = %s FOR UPDATE"
BOOK = """
    INSERT INTO bookings_booking (reference, event_id, person_id, employment_id, policy_version_id, origin, status,
        episode, made_at, is_late_promotion, has_manager_agreed, manager_name, manager_email)
    VALUES (%s, %s, %s, %s, %s, 'booked', 'booked', %s, now(), false, true, '', '') RETURNING id
"""
STEP = """
    INSERT INTO bookings_bookingstep (booking_id, was, became, at, by_id, code, reason, data)
    VALUES (%s, '', 'booked', now(), %s, 'booked', '', '{}')
"""
MESSAGE = """
    INSERT INTO outbox_message (reference, key, kind, message_id, to_address, to_name, person_reference, sender,
        subject, text, html, calendar, calendar_method, has_secret, state, created_at, next_attempt_at, attempts_made,
        attempts_forgiven)
    VALUES (%s, %s, 'bench.bare', %s, 'nobody@muster.example', '', '', '', 'Booked', 'Booked', '', '', '', false,
        'expired', now(), now(), 0, 0)
"""


def bare_bookings(events: Sequence[int], takers: Sequence[tuple[int, int]], policy: int, clients: int) -> Timing:
    """Lock the date, insert the booking, its step and a message, commit. `takers` are persons and employments."""
    connections = [psycopg.connect(os.environ["DATABASE_URL"]) for _ in range(clients)]
    free = list(connections)
    turn = itertools.cycle(events)
    jobs = [_job(free, next(turn), person, employment, policy) for person, employment in takers]
    try:
        return timed(jobs, clients)
    finally:
        for connection in connections:
            connection.close()


def _job(
    free: "list[Connection[tuple[object, ...]]]", event: int, person: int, employment: int, policy: int
) -> Callable[[], None]:
    def book() -> None:
        connection = free.pop()
        with connection.transaction():
            connection.execute(LOCK, [event])
            name = uuid.uuid4().hex
            row = connection.execute(BOOK, [name[:8], event, person, employment, policy, uuid.uuid4()]).fetchone()
            connection.execute(STEP, [row[0] if row else None, person])
            connection.execute(MESSAGE, [name[8:16], name, name])
        free.append(connection)

    return book
