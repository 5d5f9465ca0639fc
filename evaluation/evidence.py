"""Finding evidence: for the list, for a report, for the priorities that have none worth the name."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.text import slugify

from evaluation.models import Comment, EvidenceItem, EvidenceStep, ManagerConfirmation, Stage
from training.catalogue.models import Course
from training.governance.models import Priority
from training.people.models import User
from training.web.components import Facet, Filters, Option
from training.web.periods import Period

State, Grade = EvidenceItem.State, EvidenceItem.Grade
STATES = {
    "in-date": "Approved, in date",
    "draft": "Draft",
    "out-of-date": "Out of date",
    "rejected": "Not evidence",
}


def evidence_for(*, on: datetime.date, courses: Iterable[str], period: Period | None = None) -> QuerySet[EvidenceItem]:
    """Approved and in date on that day, about courses of these codes and the time that is given; strongest first."""
    items = (
        EvidenceItem.objects.in_date(on)
        .filter(version__course__code__in=set(courses))
        .select_related("version", "priority")
    )
    if period is not None:
        items = items.filter(period_starts_on__lt=period.ends_on, period_ends_on__gte=period.starts_on)
    return items.order_by("grade", "-period_ends_on", "pk")


def priorities_without(on: datetime.date) -> list[Priority]:
    """Priorities in force with nothing above C that is in date. One query."""
    strong = EvidenceItem.objects.in_date(on).filter(priority=OuterRef("pk"), grade__in=(Grade.A, Grade.B))
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
    going = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return list(Priority.objects.filter(begun, going, ~Exists(strong)).order_by("name"))


def newly_approved(period: Period) -> dict[str, int]:
    """How many items of each grade were approved within the period and still stand. One query."""
    steps = EvidenceStep.objects.filter(became=State.APPROVED, item__state=State.APPROVED).exclude(was=State.APPROVED)
    within = steps.filter(at__date__gte=period.starts_on, at__date__lt=period.ends_on)
    found = dict(within.values_list("item__grade").annotate(number=Count("item", distinct=True)).order_by())
    return {grade: found.get(grade, 0) for grade in Grade.values}


def answers_for_evidence(below: int) -> QuerySet[Comment]:
    """Cleared answers of two months on that are no evidence yet, about courses on which enough people wrote.

    Managers' examples among them, of courses on which enough managers answered.
    """
    written = Comment.objects.filter(question__code="did_differently")
    enough = (
        written.values("response__event__version")
        .annotate(writers=Count("response", distinct=True))
        .filter(writers__gte=below)
        .values("response__event__version")
    )
    answered = ManagerConfirmation.objects.answered().values("booking__event__version").annotate(said=Count("pk"))
    told = answered.filter(said__gte=below).values("booking__event__version")
    own = Q(response__stage=Stage.FOLLOW_UP, response__event__version__in=enough, question__code="did_differently")
    passed_on = Q(origin=Comment.Origin.PASSED_ON, stage=Stage.FOLLOW_UP, event__version__in=enough)
    example = Q(origin=Comment.Origin.MANAGER, event__version__in=told)
    rows = Comment.objects.cleared().filter(own | passed_on | example, evidence__isnull=True)
    title = Coalesce("response__event__version__title", "event__version__title")
    return rows.select_related("response__event__version", "event__version").order_by(title, "pk")


@dataclass(frozen=True)
class EvidenceFilter:
    """What the list is narrowed to by its address; nonsense is as if it were not there."""

    priorities: frozenset[str]
    grades: frozenset[str]
    states: frozenset[str]
    course: str

    @classmethod
    def read(cls, query: QueryDict) -> "EvidenceFilter":
        return cls(
            frozenset(query.getlist("priority")),
            frozenset(query.getlist("grade")) & frozenset(Grade.values),
            frozenset(query.getlist("state")) & frozenset(STATES),
            query.get("course", "")[:20],
        )

    def items(self, user: User, on: datetime.date) -> QuerySet[EvidenceItem]:
        rows = EvidenceItem.objects.visible_to(user).select_related("version", "priority")
        if chosen := [one.pk for one in Priority.objects.all() if slugify(one.name) in self.priorities]:
            rows = rows.filter(priority__in=chosen)
        if self.grades:
            rows = rows.filter(grade__in=self.grades)
        if self.states:
            rows = rows.filter(self._in_states(on))
        if self.course and Course.objects.filter(code__iexact=self.course).exists():
            rows = rows.filter(version__course__code__iexact=self.course)
        return rows.order_by("priority__name", "grade", "-period_ends_on", "pk")

    def _in_states(self, on: datetime.date) -> Q:
        approved = Q(state=State.APPROVED)
        each = {
            "in-date": approved & Q(expires_on__gt=on),
            "out-of-date": approved & Q(expires_on__lte=on),
            "draft": Q(state=State.DRAFT),
            "rejected": Q(state=State.REJECTED),
        }
        wanted = Q(pk__in=[])
        for state in self.states:
            wanted |= each[state]
        return wanted

    def panel(self, priorities: Sequence[Priority], *, grades_evidence: bool) -> Filters:
        """For somebody who only reads, there are no drafts to choose."""
        states = STATES if grades_evidence else {key: STATES[key] for key in ("in-date", "out-of-date")}
        facets = [
            Facet(
                "priority", "Priority", _options({slugify(one.name): one.name for one in priorities}, self.priorities)
            ),
            Facet("grade", "Grade", _options(dict(Grade.choices), self.grades)),
            Facet("state", "State", _options(states, self.states)),
        ]
        return Filters(facets, kept=[("course", self.course)] if self.course else [])


def _options(choices: dict[str, str], chosen: frozenset[str]) -> list[Option]:
    return [Option(value, label, is_chosen=value in chosen) for value, label in choices.items()]
