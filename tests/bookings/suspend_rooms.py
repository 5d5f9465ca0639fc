"""Run by a test in a process of its own, without Redis: suspend the rooms by the action."""

import django

django.setup()

from tests.bookings.suspending import suspend  # noqa: E402

suspend()
