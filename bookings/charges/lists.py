"""Lists of charges for pages: the coordinator's by what is to do, and a training lead's own."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from bookings.charges.words import colour
from bookings.models import Charge, ChargeStatus, Statement
from bookings.models.charge import ChargeQuerySet
from training.people.models import Agency, User
from training.web.when import london_day

LOOKS_BACK = datetime.timedelta(days=92)
SHOWN: dict[str, str] = {
    "decide": "To decide",
    "disputed": "Disputed",
    "waiting": "Waiting for an answer",
    "charged": "For the next statements",
    "all": "All",
}


def listed(user: User, show: str, today: datetime.date) -> ChargeQuerySet:
    """The longest waiting first; `all` the newest first."""
    rows = with_details(Charge.objects.visible_to(user))
    if show == "decide":
        return rows.to_decide(today).order_by("explain_by", "pk")
    if show == "waiting":
        return rows.waiting(today).order_by("explain_by", "pk")
    if show == "all":
        return rows.order_by("-found_at", "-pk")
    status = ChargeStatus.DISPUTED if show == "disputed" else ChargeStatus.CHARGED
    return rows.filter(status=status).order_by("found_at", "pk")


def with_details(rows: ChargeQuerySet) -> ChargeQuerySet:
    joined = rows.select_related(
        "booking__person", "booking__event__version__course", "booking__employment", "agency", "statement__batch",
        "statement__agency",
    )  # fmt: skip
    return joined.prefetch_related("answers")


def counts(user: User, today: datetime.date) -> dict[str, int]:
    """How many each list has, in one query; without `all`."""
    is_open = Q(status=ChargeStatus.ASKED)
    answered = Q(pk__in=Charge.objects.filter(is_open, answers__isnull=False).values("pk"))
    over = answered | Q(explain_by__lt=today)
    return Charge.objects.visible_to(user).aggregate(
        decide=Count("pk", filter=is_open & over),
        waiting=Count("pk", filter=is_open & ~over),
        disputed=Count("pk", filter=Q(status=ChargeStatus.DISPUTED)),
        charged=Count("pk", filter=Q(status=ChargeStatus.CHARGED)),
    )


@dataclass(frozen=True)
class Own:
    """One missed place as the lead sees it: what may be done about it, and by when."""

    charge: Charge
    state: str
    colour: str
    may_explain: bool
    may_dispute: bool


@dataclass(frozen=True)
class OwnCharges:
    rows: Sequence[Own]
    statements: Sequence[Statement]

    @property
    def to_explain(self) -> list[Own]:
        return [row for row in self.rows if row.may_explain]


def own_charges(user: User, agencies: Iterable[Agency], now: datetime.datetime) -> OwnCharges:
    """Of these organisations, which the user leads: what is open, and what was settled in the last three months.

    Never why somebody says that they did not come. In four queries.
    """
    led, today = list(agencies), london_day(now)
    is_open = Q(status__in=(ChargeStatus.ASKED, ChargeStatus.CHARGED, ChargeStatus.DISPUTED))
    rows = with_details(Charge.objects.visible_to(user)).filter(agency__in=led)
    rows = rows.exclude(status=ChargeStatus.NOT_DUE).filter(is_open | Q(found_at__gte=now - LOOKS_BACK))
    rows = rows.prefetch_related("steps").order_by("explain_by", "pk")
    statements = statements_of(user).filter(agency__in=led)[:6]
    return OwnCharges([own(row, today) for row in rows], list(statements))


def own(row: Charge, today: datetime.date) -> Own:
    was_refused = any(step.code == "refused" for step in row.steps.all())
    may_explain = row.status == ChargeStatus.ASKED and row.explain_by >= today
    may_dispute = row.status in (ChargeStatus.CHARGED, ChargeStatus.BILLED) and not was_refused
    return Own(row, _state(row, may_explain=may_explain), colour(row), may_explain, may_dispute)


def _state(row: Charge, *, may_explain: bool) -> str:
    if row.status != ChargeStatus.ASKED:
        return str(row.get_status_display())
    return "Explain" if may_explain and not row.answers.all() else "With the training team"


def statements_of(user: User) -> QuerySet[Statement]:
    rows = Statement.objects.visible_to(user).filter(batch__closed_at__isnull=False)
    return rows.select_related("batch", "agency").order_by("-batch__number", "payer_name")
