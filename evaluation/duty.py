"""Who deals with concerns: the same people as with what happens at a date."""

from bookings.duty import coordinators, duty_people

__all__ = ["coordinators", "duty_people"]
