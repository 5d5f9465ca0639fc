import datetime
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from training.people.models import Agency, Person
from training.people.permissions import Permission

if TYPE_CHECKING:
    from training.people.models import User


@pghistory.track(model_name="AgencyAccountHistory")
class AgencyAccount(models.Model):
    """To whom an organisation's statements go, and under which numbers; an organisation without one pays itself."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="account")
    payer_name = models.CharField(max_length=200, blank=True)
    payer_email = models.EmailField(blank=True)
    purchase_order = models.CharField(max_length=40, blank=True)
    cost_code = models.CharField(max_length=40, blank=True)
    # A service of the council is not invoiced: the sum goes from one of its books to another.
    journal_number = models.CharField(max_length=40, blank=True)
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"Account of {self.agency}"


class ChargeBatch(models.Model):
    """The charges and credits of a month, closed once: after that nothing of it changes.

    A batch is made and closed in one transaction; `closed_at` is empty only within it.
    """

    number = models.PositiveIntegerField(unique=True)
    month = models.DateField(unique=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-month"]
        verbose_name_plural = "charge batches"
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="charge_batch_is_of_a_month"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="charge_batch_closed_who_and_when",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="closed_batch_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Batch {self.number}, {self.month:%B %Y}"


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: "User") -> Self:
        """All for the coordinator, a lead's organisations' for the lead."""
        if user.may(Permission.MANAGE_BOOKINGS):
            return self
        return self.filter(agency__in=user.led_agency_ids) if user.may(Permission.BOOK_FOR_AGENCY) else self.none()


class Statement(models.Model):
    """What one organisation owes for one month: the sum of its charges less its credits, and to whom it went."""

    batch = models.ForeignKey(ChargeBatch, on_delete=models.PROTECT, related_name="statements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="statements")
    payer_name = models.CharField(max_length=200)
    payer_email = models.EmailField(blank=True)
    purchase_order = models.CharField(max_length=40, blank=True)
    cost_code = models.CharField(max_length=40, blank=True)
    journal_number = models.CharField(max_length=40, blank=True)
    charged_pence = models.PositiveIntegerField()
    credited_pence = models.PositiveIntegerField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["payer_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "agency"], name="statement_one_an_agency_and_batch"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="closed_statement_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM bookings_chargebatch WHERE closed_at IS NOT NULL
                        AND id = CASE WHEN TG_OP = 'DELETE' THEN OLD.batch_id ELSE NEW.batch_id END
                    ) OR (TG_OP = 'UPDATE' AND OLD.batch_id <> NEW.batch_id) THEN
                        RAISE EXCEPTION 'a closed batch does not change';
                    END IF;
                    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.agency}"

    @property
    def number(self) -> str:
        """ "12-ABCD2345": batch and organisation. The agency comes with the statement."""
        return f"{self.batch.number}-{self.agency.reference}"

    @property
    def total_pence(self) -> int:
        return self.charged_pence - self.credited_pence


class Credit(models.Model):
    """Part or all of a charge that stands on a statement, given back on a later one; never more than the charge."""

    charge = models.ForeignKey("Charge", on_delete=models.PROTECT, related_name="credits")
    amount_pence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="credits")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0) & ~Q(reason=""), name="credit_is_a_sum_with_a_reason"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="credits_stay_within",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("whole", "int"), ("given", "int")],
                func="""
                    IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a credit stays'; END IF;
                    IF TG_OP = 'UPDATE' AND (
                        (NEW.charge_id, NEW.amount_pence) IS DISTINCT FROM (OLD.charge_id, OLD.amount_pence)
                        OR OLD.statement_id IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'a credit stays';
                    END IF;
                    SELECT amount_pence INTO whole FROM bookings_charge
                        WHERE id = NEW.charge_id AND statement_id IS NOT NULL FOR NO KEY UPDATE;
                    SELECT coalesce(sum(amount_pence), 0) INTO given FROM bookings_credit
                        WHERE charge_id = NEW.charge_id AND id <> NEW.id;
                    IF whole IS NULL OR given + NEW.amount_pence > whole THEN
                        RAISE EXCEPTION 'credits never exceed a charge on a statement';
                    END IF;
                    IF NEW.statement_id IS NOT NULL AND EXISTS (
                        SELECT 1 FROM bookings_statement s JOIN bookings_chargebatch b ON b.id = s.batch_id
                        WHERE s.id = NEW.statement_id AND b.closed_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'a closed batch takes nothing more';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Credit of {self.amount_pence} pence"


class FeeReceipt(models.Model):
    """The order or the payment that settles the fee for coming; without one a booking awaits it, and goes on."""

    class Kind(models.TextChoices):
        ORDER = "order", "Purchase order"
        PAYMENT = "payment", "Payment"

    booking = models.OneToOneField("Booking", on_delete=models.PROTECT, related_name="fee_receipt")
    kind = models.CharField(max_length=8, choices=Kind)
    number = models.CharField(max_length=60)
    amount_pence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="fee_receipt_has_a_number")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


def month_of(moment: datetime.date) -> datetime.date:
    """The first day of the month that a batch is of."""
    return moment.replace(day=1)
