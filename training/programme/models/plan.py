"""What is planned: how many dates of which course in which quarter, and what one is thought to cost."""

import datetime

import pgtrigger
from django.db import models
from django.db.models import Q

from training.catalogue.models import Course
from training.programme.models.programme import Programme

MOST_EVENTS = 99


class PlannedCourse(models.Model):
    """Dates of one course in one quarter. Once the subgroup has recommended it, only an agreed amendment changes it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="planned")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="planned")
    quarter_starts_on = models.DateField()
    events = models.PositiveSmallIntegerField()
    pence_each = models.PositiveIntegerField(null=True, blank=True)
    # The amendment that set these numbers; none for what was agreed at first.
    amendment = models.ForeignKey(
        "programme.Amendment", null=True, blank=True, on_delete=models.PROTECT, related_name="planned"
    )

    class Meta:
        ordering = ["course__code", "quarter_starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "course", "quarter_starts_on"], name="planned_course_once_a_quarter"
            ),
            models.CheckConstraint(condition=Q(events__lte=MOST_EVENTS), name="planned_course_events_are_few"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="plan_is_amended_not_edited",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("held", "programme_programme%ROWTYPE")],
                func="""
                    SELECT * INTO held FROM programme_programme
                        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.programme_id ELSE NEW.programme_id END;
                    IF NOT FOUND OR held.standing = 'draft' THEN
                        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                    END IF;
                    IF TG_OP <> 'DELETE'
                        AND NEW.amendment_id IS NOT NULL
                        AND (TG_OP = 'INSERT' OR OLD.amendment_id IS DISTINCT FROM NEW.amendment_id)
                        AND EXISTS (
                            SELECT FROM programme_amendment
                            WHERE id = NEW.amendment_id AND programme_id = held.id AND standing = 'agreed'
                        )
                    THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'planned_course_needs_an_agreed_amendment'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_course_needs_an_agreed_amendment';
                """,
            ),
            pgtrigger.Trigger(
                name="plan_lies_within_its_programme",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM programme_programme
                        WHERE id = NEW.programme_id AND period @> NEW.quarter_starts_on
                    ) THEN
                        RAISE EXCEPTION 'planned_course_lies_within_its_programme'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_course_lies_within_its_programme';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course.code}: {self.events} from {self.quarter_starts_on:%-d %B %Y}"

    @property
    def key(self) -> tuple[int, datetime.date]:
        return self.course_id, self.quarter_starts_on

    @property
    def pence(self) -> int | None:
        """What all of them are thought to cost; None while one's cost is not known."""
        return None if self.pence_each is None else self.events * self.pence_each
