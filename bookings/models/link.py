from django.db import models

from bookings.models.booking import Booking


class PersonalLink(models.Model):
    """A link in a message that lets its reader act on one booking without signing in.

    Only the hash of the token is kept. Opening the link shows a page; a button on it acts.
    """

    class Purpose(models.TextChoices):
        STILL_COMING = "still_coming", "Are you still coming?"
        OFFER = "offer", "Take or leave an offered place"
        MANAGER = "manager", "The manager's answer"
        CHANGED = "changed", "A date was changed: keep, move or leave"
        MISSED = "missed", "Why they did not come"
        MISSED_MANAGER = "missed_manager", "Why somebody of theirs did not come"

    token_hash = models.CharField(max_length=64, unique=True)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=14, choices=Purpose)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_purpose_display()
