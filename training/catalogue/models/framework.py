import re

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from training.catalogue.models.course import CourseVersion


class Framework(models.Model):
    """A ladder of competence: local levels 1–4, groups 1–8 of Working Together, groups A–D for adults.

    `rungs` are its steps as printed, from the lowest; a course's place on it is a pair of their numbers.
    """

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    edition = models.CharField(max_length=60, blank=True)
    prefix = models.CharField(max_length=10, blank=True, help_text="Printed before a rung, such as L or Group.")
    rungs = ArrayField(models.CharField(max_length=20))

    def __str__(self) -> str:
        return self.name

    def parse(self, notation: str) -> tuple[int, int] | None:
        """The lowest and highest rung, counted from 1, of a notation such as `3`, `L3`, `2-3` or `B–C`.

        None when it is not one of this framework's.
        """
        parts = [part.strip().upper().removeprefix(self.prefix.upper()).strip() for part in re.split(r"[-–]", notation)]
        places = {rung.upper(): number for number, rung in enumerate(self.rungs, start=1)}
        if not 1 <= len(parts) <= 2 or any(part not in places for part in parts):
            return None
        low, high = places[parts[0]], places[parts[-1]]
        return (low, high) if low <= high else None


class CourseLevel(models.Model):
    """Where a version of a course stands on one framework; one course may stand on several."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="levels")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="course_levels")
    lowest = models.PositiveSmallIntegerField()
    highest = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "framework"], name="course_level_once_a_framework"),
            models.CheckConstraint(
                condition=Q(lowest__gte=1, highest__gte=F("lowest")), name="course_level_lowest_first"
            ),
        ]

    def __str__(self) -> str:
        rungs = self.framework.rungs
        low, high = rungs[self.lowest - 1], rungs[self.highest - 1]
        prefix = self.framework.prefix
        return f"{prefix}{low}" if low == high else f"{prefix}{low}–{high}"
