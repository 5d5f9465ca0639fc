import datetime
from typing import Self

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value

from training.catalogue.models import Course, DeliveryMode
from training.people.models import Employment, Person
from training.people.permissions import Role
from training.web.references import new_reference


class Length(models.TextChoices):
    """How long a date is, from its first start to its last end: `rules.choosing.length_of` says which."""

    HALF_DAY = "half_day", "Up to four hours"
    DAY = "day", "One day"
    DAYS = "days", "More than one day"


class BookingPolicy(models.Model):
    """A named set of booking rules, for all dates (the default one) or for some by course, mode and length.

    Where several fit a date, `rules.choosing` says which holds.
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=80, unique=True)
    is_default = models.BooleanField(default=False)
    course = models.ForeignKey(Course, null=True, blank=True, on_delete=models.PROTECT, related_name="policies")
    mode = models.CharField(max_length=12, choices=DeliveryMode, blank=True)
    length = models.CharField(max_length=8, choices=Length, blank=True)
    # From this day on it is for no new booking; those made under it keep their version.
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "booking policies"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="booking_policy_one_default"
            ),
            models.UniqueConstraint(
                fields=["course", "mode", "length"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="booking_policy_one_for_the_same_dates",
            ),
            models.CheckConstraint(
                condition=Q(is_default=True, course__isnull=True, mode="", length="", ended_on__isnull=True)
                | Q(Q(is_default=False), Q(course__isnull=False) | ~Q(mode="") | ~Q(length="")),
                name="booking_policy_default_is_for_all",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BookingPolicyVersionQuerySet(models.QuerySet["BookingPolicyVersion"]):
    def in_force(self, day: datetime.date) -> Self:
        """The default policy's versions in force on this day, the newest first."""
        return self.filter(policy__is_default=True, effective_from__lte=day).order_by("-effective_from", "-number")

    def for_dates(self, day: datetime.date, *, course_id: int, mode: str, length: str) -> Self:
        """Of every policy that fits such dates and is in force, the most specific first.

        A policy for the course goes before one for the mode, that before one for the length; of two for the same,
        whichever names more. Within one policy the newest version.
        """
        fits = Q(policy__course__isnull=True) | Q(policy__course=course_id)
        fits &= Q(policy__mode__in=("", mode), policy__length__in=("", length))
        not_ended = Q(policy__ended_on__isnull=True) | Q(policy__ended_on__gt=day)
        return self.filter(fits, not_ended, effective_from__lte=day).order_by(
            F("policy__course").desc(nulls_last=True), "-policy__mode", "-policy__length", "-effective_from", "-number"
        )


@pghistory.track(model_name="BookingPolicyVersionHistory")
class BookingPolicyVersion(models.Model):
    """The rules from a day on. A booking keeps the version that it was made under; once in force none is edited."""

    class NoticeKind(models.TextChoices):
        CALENDAR_DAYS = "calendar_days", "calendar days"
        WORKING_DAYS = "working_days", "working days"
        WEEKS = "weeks", "weeks"

    class Approval(models.TextChoices):
        TICK = "tick", "They tick that their manager has agreed, and the manager gets a copy"
        BLOCKING = "blocking", "The manager has to agree before the place is theirs"

    class Vat(models.TextChoices):
        OUTSIDE = "outside", "outside the scope of VAT"
        EXEMPT = "exempt", "exempt from VAT"
        INCLUDED = "included", "VAT included"

    policy = models.ForeignKey(BookingPolicy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    # Cancelling is free until this long before the start, at `notice_ends_at` o'clock.
    notice_kind = models.CharField(max_length=14, choices=NoticeKind, default=NoticeKind.WORKING_DAYS)
    notice_amount = models.PositiveSmallIntegerField(default=5)
    notice_ends_at = models.TimeField(default=datetime.time(17))
    # Cancelling late costs this much of the charge; all of it once so near (counted in `notice_kind`) as this.
    late_percent = models.PositiveSmallIntegerField(default=100)
    all_within_amount = models.PositiveSmallIntegerField(null=True, blank=True)
    closes_working_days_before = models.PositiveSmallIntegerField(default=0)
    # A place offered inside the notice period waits this many working hours; fewer in the last days.
    offer_working_hours = models.PositiveSmallIntegerField(default=16)
    late_offer_working_hours = models.PositiveSmallIntegerField(default=4)
    late_offer_within_days = models.PositiveSmallIntegerField(default=3)
    # "Are you still coming?" goes out this many working days before cancelling stops being free.
    asks_working_days_before = models.PositiveSmallIntegerField(default=2)
    joining_working_days_before = models.PositiveSmallIntegerField(default=5)
    joining_link_hours = models.PositiveSmallIntegerField(default=48)
    late_grace_minutes = models.PositiveSmallIntegerField(default=15)
    early_grace_minutes = models.PositiveSmallIntegerField(default=15)
    turned_away_is_absent = models.BooleanField(default=True)
    approval = models.CharField(max_length=8, choices=Approval, default=Approval.TICK)
    # Places kept for an agency or a sector are released this long before, where nobody says another day.
    release_working_days_before = models.PositiveSmallIntegerField(default=15)
    adjustments_kept_days = models.PositiveSmallIntegerField(default=28)
    # Who pays what: see `rules.tariffs`. One object a line: who, fee_pence for coming, charge_pence for not coming.
    tariffs = models.JSONField(default=list, blank=True)
    is_charge_per_day = models.BooleanField(default=False)
    fee_vat = models.CharField(max_length=8, choices=Vat, default=Vat.EXEMPT)
    charge_vat = models.CharField(max_length=8, choices=Vat, default=Vat.OUTSIDE)
    # Nobody of these is charged for not coming; organisations say so themselves (`Agency.is_charge_exempt`).
    exempt_person_kinds = ArrayField(models.CharField(max_length=16, choices=Employment.Kind), default=list, blank=True)
    exempt_roles = ArrayField(models.CharField(max_length=20, choices=Role), default=list, blank=True)
    exempt_courses = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    explain_working_days = models.PositiveSmallIntegerField(default=10)
    why = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)

    objects = BookingPolicyVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="booking_policy_version_number_once"),
            models.UniqueConstraint(fields=["policy", "effective_from"], name="booking_policy_version_one_a_day"),
            models.CheckConstraint(condition=Q(late_percent__lte=100), name="booking_policy_version_asks_no_more"),
            models.CheckConstraint(
                condition=Q(
                    Func(
                        F("tariffs"),
                        Value('$[*].* ? (@.type() == "number" && (@ < 0 || @ > 1000000))', models.CharField()),
                        function="NOT jsonb_path_exists",
                        template="%(function)s(%(expressions)s::jsonpath)",
                        output_field=models.BooleanField(),
                    )
                ),
                name="booking_policy_version_sums_are_sane",
            ),
            models.CheckConstraint(
                condition=Q(written_by__isnull=True, written_at__isnull=True)
                | Q(written_by__isnull=False, written_at__isnull=False),
                name="booking_policy_version_who_and_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="in_force_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF OLD.effective_from <= (now() AT TIME ZONE 'Europe/London')::date THEN
                        RAISE EXCEPTION 'rules in force are never edited';
                    END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} v{self.number}"
