import datetime

import pghistory
from django.db import models


@pghistory.track(model_name="PartnershipHistory")
class Partnership(models.Model):
    """The one partnership that this installation serves."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    boards = models.JSONField(default=list, help_text="Names of the boards, such as the children's and the adults'.")
    financial_year_starts_month = models.PositiveSmallIntegerField(default=4)
    # Where somebody worried about a child or an adult turns now, printed on every form.
    safety_contact = models.TextField(blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    # Answers of fewer than this many people are withheld; see docs/adr for published sets.
    withhold_below = models.PositiveSmallIntegerField(default=5)
    # Certificates may wait for the form at the end of a course; records and lists never do.
    certificates_wait_for_form = models.BooleanField(default=False)
    # Where organisations pay the council for coming and for not coming; empty: by invoice alone.
    payment_page = models.URLField(max_length=300, blank=True)
    # Not coming is charged for on dates from this day on; empty: nowhere.
    charges_from = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="partnership_is_one"),
            models.CheckConstraint(
                condition=models.Q(financial_year_starts_month__range=(1, 12)),
                name="partnership_year_starts_in_a_month",
            ),
            models.CheckConstraint(condition=models.Q(withhold_below__gte=3), name="partnership_withholds_few"),
        ]

    def __str__(self) -> str:
        return self.name

    def year_start(self, day: datetime.date) -> datetime.date:
        """First day of the financial year that `day` falls in."""
        month = self.financial_year_starts_month
        return datetime.date(day.year if day.month >= month else day.year - 1, month, 1)
