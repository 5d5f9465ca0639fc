"""A coordinator's verbs on what falls due: write a rule, change it, retire it. Due lists follow at once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Course, Framework
from training.people.models import Sector, User
from training.record.models import RefresherRule
from training.web.words import count, full_day


@dataclass(frozen=True)
class RulePlan:
    """What a rule says: what counts, for whom, how soon and how often, and whose rule it is."""

    name: str
    source: str
    effective_from: datetime.date
    courses: Sequence[Course] = ()
    rung: tuple[Framework, int] | None = None
    sectors: Sequence[str] = ()
    job_words: Sequence[str] = ()
    first_within_days: int | None = None
    every_months: int | None = None


@transaction.atomic
def add_rule(*, plan: RulePlan, by: User) -> RefresherRule:
    """A rule that counts at once. Raises CatalogueError, for a name that is taken too."""
    require_coordinator(by)
    return _write(RefresherRule(), plan)


@transaction.atomic
def change_rule(*, rule: RefresherRule, plan: RulePlan, revision: int, by: User) -> RefresherRule:
    """Raises StaleError when somebody else changed it since `revision` was read."""
    require_coordinator(by)
    locked = RefresherRule.objects.select_for_update().get(pk=rule.pk)
    if locked.revision != revision:
        raise StaleError("rule", revision=locked.revision)
    locked.revision += 1
    return _write(locked, plan)


@transaction.atomic
def use_rule(*, rule: RefresherRule, is_used: bool, by: User) -> RefresherRule:
    """Retire it, so that nothing falls due by it, or bring it back. A second click changes nothing."""
    require_coordinator(by)
    locked = RefresherRule.objects.select_for_update().get(pk=rule.pk)
    if locked.is_retired is is_used:
        locked.is_retired = not is_used
        locked.revision += 1
        locked.save(update_fields=["is_retired", "revision"])
    return locked


def _write(rule: RefresherRule, plan: RulePlan) -> RefresherRule:
    _check(plan)
    rule.name, rule.source = " ".join(plan.name.split()), " ".join(plan.source.split())
    rule.effective_from = plan.effective_from
    rule.framework, rule.lowest = plan.rung or (None, None)
    rule.sectors, rule.job_words = list(plan.sectors), list(plan.job_words)
    rule.first_within_days, rule.every_months = plan.first_within_days, plan.every_months
    try:
        with transaction.atomic():
            rule.save()
    except IntegrityError:
        raise CatalogueError(f"There is already a rule called “{rule.name}”.", field="name") from None
    rule.courses.set(plan.courses)
    return rule


def _check(plan: RulePlan) -> None:
    if not plan.name.strip():
        raise CatalogueError("Enter what falls due, as people read it.", field="name")
    if not plan.first_within_days and not plan.every_months:
        raise CatalogueError("Enter how soon after starting, or how often, or both.", field="every_months")
    if not plan.courses and plan.rung is None:
        raise CatalogueError("Say what counts: courses, a level, or both.", field="courses")


def rule_words(rule: RefresherRule) -> dict[str, str]:
    """A saved rule as labels and words, for its list and for the conflict of two editors."""
    return {
        "What falls due": rule.name,
        "Courses that count": ", ".join(course.code for course in rule.courses.all()),
        "Or a level": _rung(rule),
        "For": ", ".join(Sector(sector).label for sector in rule.sectors),
        "Job title has": ", ".join(rule.job_words),
        "First": f"within {count(rule.first_within_days, 'day')} of starting" if rule.first_within_days else "",
        "Again": f"every {count(rule.every_months, 'month')}" if rule.every_months else "",
        "Counts from": full_day(rule.effective_from),
        "Whose rule": rule.source,
    }


def _rung(rule: RefresherRule) -> str:
    if rule.framework is None or rule.lowest is None:
        return ""
    framework = rule.framework
    return f"{framework.name}: {framework.prefix}{framework.rungs[rule.lowest - 1]} or higher"
