import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

from bookings.models.booking import Booking

if TYPE_CHECKING:
    from training.people.models import User


class AccessNeedQuerySet(models.QuerySet["AccessNeed"]):
    def visible_to(self, user: "User") -> Self:
        """The person, the coordinator, and the trainer of that event: nobody else, not the agency's lead."""
        from training.catalogue.models import Event
        from training.people.permissions import Permission

        if user.may(Permission.MANAGE_BOOKINGS):
            return self
        mine = models.Q(booking__person_id=user.person_id)
        if user.may(Permission.TAKE_REGISTER):
            mine |= models.Q(booking__event__in=Event.objects.taught_by(user.person).values("pk"))
        return self.filter(mine)

    def outdated(self, day: datetime.date) -> Self:
        return self.filter(delete_on__lte=day)


class AccessNeed(models.Model):
    """What we must do so that somebody can take part; never the condition behind it.

    Special-category data: in a table of its own, not audited, deleted soon after the event.
    """

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="access_need")
    what_to_do = models.TextField()
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    delete_on = models.DateField()

    objects = AccessNeedQuerySet.as_manager()

    def __str__(self) -> str:
        return "An adjustment"
