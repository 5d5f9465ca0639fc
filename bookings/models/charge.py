import datetime
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q, Sum

from bookings.models.booking import Booking
from bookings.models.policy import BookingPolicyVersion
from bookings.models.statement import Statement
from training.people.models import Agency, Person
from training.people.permissions import Permission
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class Ground(models.TextChoices):
    DID_NOT_COME = "did_not_come", "Didn’t come"
    CANCELLED_LATE = "cancelled_late", "Cancelled late"


class ChargeStatus(models.TextChoices):
    ASKED = "asked", "Asked why"
    CHARGED = "charged", "To be charged"
    BILLED = "billed", "On a statement"
    DISPUTED = "disputed", "Disputed"
    WAIVED = "waived", "Charge cancelled"
    CREDITED = "credited", "Credited"
    NOT_DUE = "not_due", "Not charged"


CHARGE_TRANSITIONS: dict[ChargeStatus, frozenset[ChargeStatus]] = {
    ChargeStatus.ASKED: frozenset({ChargeStatus.CHARGED, ChargeStatus.WAIVED, ChargeStatus.NOT_DUE}),
    ChargeStatus.CHARGED: frozenset({ChargeStatus.BILLED, ChargeStatus.DISPUTED, ChargeStatus.WAIVED}),
    ChargeStatus.BILLED: frozenset({ChargeStatus.DISPUTED}),
    ChargeStatus.DISPUTED: frozenset(
        {ChargeStatus.CHARGED, ChargeStatus.BILLED, ChargeStatus.WAIVED, ChargeStatus.CREDITED}
    ),
    **{status: frozenset() for status in (ChargeStatus.WAIVED, ChargeStatus.CREDITED, ChargeStatus.NOT_DUE)},
}
ON_A_STATEMENT = (ChargeStatus.BILLED, ChargeStatus.DISPUTED, ChargeStatus.CREDITED)
NEEDS_NO_STATEMENT = tuple(status for status in ChargeStatus if status not in ("billed", "credited"))


class ChargeQuerySet(models.QuerySet["Charge"]):
    def to_decide(self, today: datetime.date) -> Self:
        """Those who were asked have answered, or their time is over."""
        return self.filter(Q(explain_by__lt=today) | Q(answers__isnull=False), status=ChargeStatus.ASKED).distinct()

    def waiting(self, today: datetime.date) -> Self:
        """Nobody has said why yet, and there is time."""
        return self.filter(status=ChargeStatus.ASKED, explain_by__gte=today, answers__isnull=True)

    def visible_to(self, user: "User") -> Self:
        """Everybody's for the coordinator; a lead's are those their organisations pay, or would have paid."""
        if user.may(Permission.MANAGE_BOOKINGS):
            return self
        return self.filter(agency__in=user.led_agency_ids) if user.may(Permission.BOOK_FOR_AGENCY) else self.none()


@pghistory.track(model_name="ChargeHistory")
class Charge(models.Model):
    """One booking whose place stood empty, and what became of it: one charge a booking and ground.

    `not_due` ones were never asked about: `why_not` says why, by the codes of `charges.words.NOT_DUE`.
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="charges")
    ground = models.CharField(max_length=14, choices=Ground)
    status = models.CharField(max_length=8, choices=ChargeStatus)
    # Who pays: where the person worked when they booked.
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="charges")
    amount_pence = models.PositiveIntegerField()
    vat = models.CharField(max_length=8, choices=BookingPolicyVersion.Vat)
    found_at = models.DateTimeField()
    explain_by = models.DateField()
    why_not = models.CharField(max_length=20, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # For this one alone; empty: what the organisation's account says.
    purchase_order = models.CharField(max_length=40, blank=True)
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="charges")

    objects = ChargeQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "ground"], name="charge_once_a_booking_and_ground"),
            models.CheckConstraint(
                condition=Q(statement__isnull=True, status__in=NEEDS_NO_STATEMENT)
                | Q(statement__isnull=False, status__in=ON_A_STATEMENT),
                name="charge_billed_is_on_a_statement",
            ),
            models.CheckConstraint(
                condition=(Q(status="not_due") & ~Q(why_not="")) | (~Q(status="not_due") & Q(why_not="")),
                name="charge_not_due_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status="not_due") | Q(agency__isnull=False, amount_pence__gt=0),
                name="charge_says_who_pays_what",
            ),
        ]
        indexes = [models.Index(fields=["status", "explain_by"], name="charge_by_status")]
        triggers = [
            pgtrigger.Trigger(
                name="statement_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP <> 'INSERT' AND OLD.statement_id IS NOT NULL AND (
                        TG_OP = 'DELETE'
                        OR (NEW.statement_id, NEW.amount_pence, NEW.vat, NEW.agency_id, NEW.booking_id, NEW.ground)
                            IS DISTINCT FROM
                            (OLD.statement_id, OLD.amount_pence, OLD.vat, OLD.agency_id, OLD.booking_id, OLD.ground)
                    ) THEN
                        RAISE EXCEPTION 'what stands on a statement does not change';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    IF NEW.statement_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.statement_id IS NULL) AND EXISTS (
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
        return f"{self.get_ground_display()}: {self.reference}"

    @property
    def credited_pence(self) -> int:
        found: int | None = self.credits.aggregate(sum=Sum("amount_pence"))["sum"]
        return found or 0

    def move_to(
        self, status: ChargeStatus, *, by: Person | None, now: datetime.datetime, code: str, reason: str = ""
    ) -> "ChargeStep":
        """Change the status and write the step; `by` is None when Muster itself does it.

        A step that `CHARGE_TRANSITIONS` lacks is a fault of the program.
        """
        if status not in CHARGE_TRANSITIONS[ChargeStatus(self.status)]:
            raise ValueError(f"a charge that is {self.status} cannot become {status}")
        step = ChargeStep(charge=self, was=self.status, became=status, at=now, by=by, code=code, reason=reason)
        self.status = status
        self.save(update_fields=["status", "why_not", "decided_at", "statement"])
        step.save()
        return step


class ChargeStep(models.Model):
    """Who moved a charge from what to what, when and why."""

    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=8, choices=ChargeStatus, blank=True)
    became = models.CharField(max_length=8, choices=ChargeStatus)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="charge_steps_stay", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.charge_id}: {self.became}"


class Why(models.TextChoices):
    """What a coordinator may cancel a charge for, and what people say happened."""

    SICK = "sick", "Sick, and rang by 10:00"
    COURT = "court", "Court"
    INSPECTION = "inspection", "Inspection"
    BEREAVEMENT = "bereavement", "Bereavement"
    EMERGENCY = "emergency", "An emergency at work or at home"
    OTHER = "other", "Something else"


class ChargeAnswer(models.Model):
    """What the person, their manager or their training lead says happened: one answer each, the last one counts.

    May say something of somebody's health: read by coordinators alone, and not audited.
    """

    class Source(models.TextChoices):
        PERSON = "person", "The person"
        MANAGER = "manager", "Their manager"
        LEAD = "lead", "Their training lead"

    charge = models.ForeignKey(Charge, on_delete=models.CASCADE, related_name="answers")
    source = models.CharField(max_length=8, choices=Source)
    why = models.CharField(max_length=12, choices=Why)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["charge", "source"], name="charge_answer_one_of_each"),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.at:%Y-%m-%d}"
