"""What was seen of a provider's teaching, and what was complained of: one row each, with what came of it."""

import datetime

import pghistory
from django.db import models
from django.db.models import F, Q

from providers.models.provider import Provider
from training.catalogue.models import Event
from training.people.models import Person
from training.web.references import new_reference


@pghistory.track(model_name="ComplaintHistory", exclude=["submission"])
class Complaint(models.Model):
    """Somebody complained about a provider, or about the partnership itself. It names nobody who did.

    Received → upheld, not upheld or taken back, on a day and with what came of it.
    """

    class Standing(models.TextChoices):
        OPEN = "open", "Open"
        UPHELD = "upheld", "Upheld"
        NOT_UPHELD = "not_upheld", "Not upheld"
        TAKEN_BACK = "taken_back", "Taken back"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    received_on = models.DateField()
    about = models.CharField(max_length=300)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN)
    decided_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    # The id of the form that wrote it down: the same form sent twice is one complaint.
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(about=""), name="complaint_says_what_about"),
            models.CheckConstraint(
                condition=Q(standing="open", decided_on__isnull=True, decided_by__isnull=True, outcome="")
                | (
                    Q(standing__in=("upheld", "not_upheld", "taken_back"))
                    & Q(decided_on__isnull=False, decided_by__isnull=False)
                    & ~Q(outcome="")
                ),
                name="complaint_is_decided_with_who_when_and_outcome",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("received_on")),
                name="complaint_is_decided_after_it_came",
            ),
        ]

    def __str__(self) -> str:
        return f"Complaint {self.reference}"

    def move_to(self, standing: str, *, on: datetime.date, outcome: str, by: Person) -> None:
        """Decide it. A step that `TRANSITIONS` lacks is a fault of the program."""
        if standing not in TRANSITIONS[Complaint.Standing(self.standing)]:
            raise ValueError(f"a complaint that is {self.standing} cannot become {standing}")
        self.standing, self.decided_on, self.outcome, self.decided_by = standing, on, outcome, by
        self.save(update_fields=["standing", "decided_on", "outcome", "decided_by"])


_DECIDED = frozenset(Complaint.Standing) - {Complaint.Standing.OPEN}
TRANSITIONS: dict[Complaint.Standing, frozenset[Complaint.Standing]] = {
    Complaint.Standing.OPEN: _DECIDED,
    **{standing: frozenset() for standing in _DECIDED},
}


@pghistory.track(model_name="ObservationHistory", exclude=["submission"])
class Observation(models.Model):
    """Somebody sat in on a date and said whether the teaching was up to standard.

    `provider` is the one with the order on the day of recording; None where a partner's own staff taught.
    """

    class Verdict(models.TextChoices):
        MET = "met", "Up to standard"
        PARTLY = "partly", "Partly"
        NOT_MET = "not_met", "Not up to standard"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="observations")
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="observations")
    observed_on = models.DateField()
    who = models.CharField(max_length=120)
    verdict = models.CharField(max_length=8, choices=Verdict)
    what_was_seen = models.TextField(max_length=2000)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["-observed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(who="") & ~Q(what_was_seen=""), name="observation_says_who_saw_what"),
            models.CheckConstraint(
                condition=Q(verdict__in=("met", "partly", "not_met")), name="observation_verdict_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, observed on {self.observed_on:%-d %B %Y}"
