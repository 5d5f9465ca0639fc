"""What a course says about its places beyond first come, first served; and what one date says otherwise."""

import pghistory
from django.db import models
from django.db.models import Q

from training.catalogue.models import Course, Event

# A cap per organisation ends so many working days before the date, unless the course or the date says otherwise.
CAP_ENDS_BEFORE = 15


class NextRule(models.TextChoices):
    """Who of a waiting list is next: see `bookings/places/choosing.py`."""

    FIRST_COME = "first_come", "First come, first served"
    MIX = "mix", "A mixed room"


@pghistory.track(model_name="CourseRulesHistory")
class CourseRules(models.Model):
    """The booking rules of one course. A course without a row goes by the defaults, which are the fields' own."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, primary_key=True, related_name="booking_rules")
    next_rule = models.CharField(max_length=10, choices=NextRule, default=NextRule.FIRST_COME)
    # At most so many places of a date for one organisation; empty: as many as they like.
    cap = models.PositiveSmallIntegerField(null=True, blank=True)
    cap_working_days = models.PositiveSmallIntegerField(default=CAP_ENDS_BEFORE)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "course rules"
        constraints = [
            models.CheckConstraint(condition=Q(next_rule__in=NextRule.values), name="course_rules_next_is_known"),
            models.CheckConstraint(condition=Q(cap__isnull=True) | Q(cap__gt=0), name="course_rules_cap_leaves_one"),
        ]

    def __str__(self) -> str:
        return f"Rules of {self.course_id}"


@pghistory.track(model_name="DateCapHistory")
class DateCap(models.Model):
    """A cap per organisation of one date instead of its course's: no `places` means none."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="own_cap")
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    # From this day on everybody can have any place.
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(places__isnull=True, until__isnull=True)
                # The two `isnull` are needed: a condition that comes out as NULL lets a row pass.
                | Q(places__isnull=False, until__isnull=False, places__gt=0),
                name="date_cap_says_until_when",
            ),
        ]

    def __str__(self) -> str:
        return f"At most {self.places} until {self.until}" if self.places else "No cap"
