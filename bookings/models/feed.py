from django.db import models

from training.people.models import Person


class CalendarFeed(models.Model):
    """The secret address under which a person's calendar program finds their bookings: one at a time.

    Only the hash of its token is kept, so the address is shown once, when it is made; a new one ends the old.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
