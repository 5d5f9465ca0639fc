import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from bookings.models import Booking
from training.web.references import new_reference


class ManagerDigestQuerySet(models.QuerySet["ManagerDigest"]):
    def open(self, now: datetime.datetime) -> Self:
        """Posted, and somebody in it is not answered for yet."""
        waiting = ManagerConfirmation.objects.waiting().filter(digest=models.OuterRef("pk"))
        return self.filter(models.Exists(waiting), closes_at__gt=now)

    def to_remind(self, now: datetime.datetime) -> Self:
        """Those who have not answered for everybody and were not reminded; see `timing` for the day."""
        return self.open(now).filter(reminded_at__isnull=True).exclude(manager_email="")


class ManagerDigest(models.Model):
    """One manager is asked once a month about all of their people whose turn has come, by one personal link.

    A manager has an address and no record of their own. Both are forgotten some time after the link has closed.
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    manager_email = models.EmailField(blank=True)
    manager_name = models.CharField(max_length=120, blank=True)
    month = models.DateField(help_text="Its first day.")
    token_hash = models.CharField(max_length=64, unique=True)
    posted_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = ManagerDigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["manager_email", "month"], condition=~Q(manager_email=""), name="manager_asked_once_a_month"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("posted_at")), name="manager_digest_open_for_a_while"),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True)
                | Q(reminded_at__gt=F("posted_at"), reminded_at__lt=F("closes_at")),
                name="manager_digest_reminded_while_open",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="manager_digest_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"Digest {self.reference}, {self.month:%B %Y}"


class ManagerConfirmationQuerySet(models.QuerySet["ManagerConfirmation"]):
    def waiting(self) -> Self:
        return self.filter(state=ManagerConfirmation.State.ASKED)

    def answered(self) -> Self:
        return self.exclude(state=ManagerConfirmation.State.ASKED)


class ManagerConfirmation(models.Model):
    """Whether a manager has seen a change in how one person works since one course: asked once, answered once.

    It names the person by nature, so nothing of that person's own answers is here, and the manager's example in words
    is not either: it is a `Comment` that leads to nobody.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        SAW_CHANGE = "saw_change", "Saw a change"
        NOT_YET = "not_yet", "Not yet"
        DOES_NOT_KNOW = "does_not_know", "Does not know"
        NOT_THEIRS = "not_theirs", "Not their person"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    digest = models.ForeignKey(ManagerDigest, on_delete=models.CASCADE, related_name="confirmations")
    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="manager_confirmation")
    state = models.CharField(max_length=14, choices=State, default=State.ASKED)
    answered_on = models.DateField(null=True, blank=True)

    objects = ManagerConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", answered_on__isnull=True)
                | (~Q(state="asked") & Q(answered_on__isnull=False)),
                name="manager_confirmation_answered_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "saw_change", "not_yet", "does_not_know", "not_theirs")),
                name="manager_confirmation_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.get_state_display()}"

    def move_to(self, state: str, *, on: datetime.date) -> None:
        """Keep the manager's answer. A step that `TRANSITIONS` lacks is a fault of the program."""
        if state not in TRANSITIONS[ManagerConfirmation.State(self.state)]:
            raise ValueError(f"a confirmation that is {self.state} cannot become {state}")
        self.state, self.answered_on = state, on
        self.save(update_fields=["state", "answered_on"])


_ANSWERS = frozenset(ManagerConfirmation.State) - {ManagerConfirmation.State.ASKED}
TRANSITIONS: dict[ManagerConfirmation.State, frozenset[ManagerConfirmation.State]] = {
    ManagerConfirmation.State.ASKED: _ANSWERS,
    **{state: frozenset() for state in ManagerConfirmation.State if state in _ANSWERS},
}
