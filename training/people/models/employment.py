import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from training.people.models.agency import Agency
from training.people.models.person import Person

if TYPE_CHECKING:
    from training.people.models.user import User


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def on(self, day: datetime.date) -> Self:
        return self.filter(period__contains=day)

    def not_over(self, today: datetime.date) -> Self:
        """Working there today, or to start on a later day."""
        return self.filter(period__overlap=DateRange(today, None))

    def of_present_persons(self) -> Self:
        return self.filter(person__in=Person.objects.present())

    def to_settle(self) -> Self:
        """Claims that neither an e-mail domain nor a person has confirmed."""
        return self.filter(standing=Employment.Standing.CLAIMED)

    def not_refused(self) -> Self:
        return self.exclude(standing=Employment.Standing.REFUSED)

    def visible_to(self, user: "User") -> Self:
        from training.people.visibility import employments_visible_to

        return self.filter(employments_visible_to(user))


@pghistory.track(model_name="EmploymentHistory")
class Employment(models.Model):
    """A person works, volunteers or studies at an organisation for a time. Two at once are common."""

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", "Employed"
        AGENCY_STAFF = "agency_staff", "Agency or bank staff"
        VOLUNTEER = "volunteer", "Volunteer"
        STUDENT = "student", "Student on placement"
        GOVERNOR = "governor", "Governor or trustee"
        COUNCILLOR = "councillor", "Councillor"
        FOSTER_CARER = "foster_carer", "Foster carer"
        SELF_EMPLOYED = "self_employed", "Self-employed, such as a childminder"

    class Standing(models.TextChoices):
        CLAIMED = "claimed", "Said by the person"
        RECOGNISED = "recognised", "E-mail address fits"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Not their organisation"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="employments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="employments")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.EMPLOYEE)
    job_title = models.CharField(max_length=120, blank=True)
    employee_number = models.CharField(max_length=40, blank=True)
    # A manager has no account; heads, childminders, trustees and faith leaders have no manager.
    manager_name = models.CharField(max_length=120, blank=True)
    manager_email = models.EmailField(blank=True)
    # [from, until): the day of leaving is the first day no longer there.
    period = DateRangeField()
    standing = models.CharField(max_length=12, choices=Standing)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="employment_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=~Q(standing="refused"),
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="employment_settled_who_and_when",
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="employment_period_has_days"),
            models.CheckConstraint(condition=Q(period__startswith__isnull=False), name="employment_period_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.agency}"

    @property
    def counts(self) -> bool:
        """Whether pages and counts treat the person as this organisation's."""
        return self.standing != self.Standing.REFUSED

    @property
    def first_day(self) -> datetime.date:
        first: datetime.date = self.period.lower
        return first

    @property
    def last_day(self) -> datetime.date | None:
        """The last day there; None while no end is known."""
        return self.period.upper - datetime.timedelta(days=1) if self.period.upper else None

    def is_over(self, today: datetime.date) -> bool:
        return self.period.upper is not None and self.period.upper <= today

    @property
    def standing_to_oneself(self) -> str:
        """How sure Muster is of this, in words for the person it is about."""
        return {
            self.Standing.CONFIRMED: "Confirmed",
            self.Standing.RECOGNISED: "Your e-mail address fits",
            self.Standing.CLAIMED: f"Waiting for {self.agency} or the training team to confirm",
            self.Standing.REFUSED: f"{self.agency} says that you do not work there",
        }[self.Standing(self.standing)]
