"""Dates that cannot run as they were agreed: cancelled, suspended by the hundred, moved online, postponed, lifted.

Whoever only cancels a date uses what is named here.
"""

from bookings.disruption.cancelling import cancel_event_with_bookings

__all__ = ["cancel_event_with_bookings"]
