import pgtrigger
from django.db import models

from training.governance.models import Decision
from training.people.models import Person
from training.web.references import new_reference


class MetricDefinition(models.Model):
    """What a figure means, word for word; a changed meaning is a new version, printed with the figure."""

    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    definition = models.TextField()
    in_force_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="metric_definition_version_once")]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Snapshot(models.Model):
    """A report as published: canonical JSON is the truth, pages and files are renderings of it. It never moves."""

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    title = models.CharField(max_length=200)
    scope = models.JSONField()
    body = models.TextField(help_text="Canonical JSON: sorted keys, no spaces.")
    section_hashes = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="published_stays", operation=pgtrigger.UpdateOf("body", "section_hashes", "scope"))  # type: ignore[no-untyped-call]
        ]

    def __str__(self) -> str:
        return self.title
