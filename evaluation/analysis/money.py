"""What the training cost: trainer orders against contracts, cost per person who came, days that partners gave."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum

from bookings.registers.attendance import Attendance
from evaluation.analysis.coming import Came
from evaluation.analysis.dates import DateFacts
from evaluation.analysis.sql import fetch
from providers.models import Commission, Contract, ExtensionOption
from providers.terms import months_later, time_of

# Buying again takes so long, so the last safe day to decide is that much before the end.
REBUYING_MONTHS = 10
WARN_MONTHS, ASK_MONTHS = 6, 3
# Sessions of partners' own staff: whoever teaches, is engaged by no provider on that day and works somewhere.
IN_KIND = """
SELECT agency.name, count(*) FILTER (WHERE session.ends_at - session.starts_at >= interval '5 hours'),
    count(*) FILTER (WHERE session.ends_at - session.starts_at < interval '5 hours')
FROM catalogue_teaching teaching
JOIN catalogue_session session ON session.id = teaching.session_id
JOIN LATERAL (
    SELECT agency_id FROM people_employment
    WHERE person_id = teaching.person_id AND standing <> 'refused'
        AND period @> (session.starts_at AT TIME ZONE 'Europe/London')::date
    ORDER BY id LIMIT 1
) works ON true
JOIN people_agency agency ON agency.id = works.agency_id
WHERE session.event_id = ANY(%(events)s) AND teaching.status = 'confirmed' AND NOT EXISTS (
    SELECT 1 FROM providers_engagement engagement WHERE engagement.person_id = teaching.person_id
        AND engagement.period @> (session.starts_at AT TIME ZONE 'Europe/London')::date
)
GROUP BY agency.name
"""


@dataclass(frozen=True)
class Ordered:
    """The live order of one date; `fee_pence` is None while it is only proposed."""

    event: int
    provider: str
    fee_pence: int | None


@dataclass(frozen=True)
class Cost:
    """Fees of the dates that ran, and what they come to for each person who came on dates with a fee."""

    fees_pence: int
    dates: int
    without_fee: int
    people: int

    @property
    def each_pence(self) -> int | None:
        return round(self.fees_pence / self.people) if self.people else None


@dataclass(frozen=True)
class ContractFacts:
    """`ordered_pence` is all that was ordered so far under it. `decide_on` is the last safe day to decide."""

    reference: str
    provider: str
    value_pence: int | None
    ordered_pence: int
    ends_on: datetime.date
    last_possible_on: datetime.date
    option_months: int | None
    decide_on: datetime.date

    def is_due(self, today: datetime.date) -> bool:
        return self.decide_on <= months_later(today, WARN_MONTHS)

    def is_pressing(self, today: datetime.date) -> bool:
        return self.decide_on <= months_later(today, ASK_MONTHS)


def load_cost(ran: Iterable[DateFacts], came: Came) -> Cost:
    """Dates whose register is not complete cost something and count nobody: they are left out of both numbers."""
    events = [one.pk for one in ran if one.pk in came.by_event]
    rows = dict(Commission.objects.live().filter(event__in=events).values_list("event_id", "fee_pence"))
    paid = {event: fee for event, fee in rows.items() if fee is not None}
    people = sum(_people(came.by_event[event]) for event in paid)
    return Cost(sum(paid.values()), len(paid), len(rows) - len(paid), people)


def _people(came: Attendance) -> int:
    return came.attended + came.walk_ins


def load_in_kind(ran: Iterable[DateFacts]) -> list[tuple[str, float]]:
    """Organisation and days given, the most first. Five hours and more are a day, less is half of one."""
    rows = fetch(IN_KIND, {"events": [one.pk for one in ran]})
    found = [(name, whole + half / 2) for name, whole, half in rows]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def load_contracts(today: datetime.date) -> list[ContractFacts]:
    """The contracts that run on this day, whichever has to be decided on first at the top."""
    running = Contract.objects.filter(pk__in=Contract.objects.running_on(today).values("pk"))
    live = ~Q(commissions__status=Commission.Status.CANCELLED)
    rows = running.annotate(ordered=Sum("commissions__fee_pence", filter=live, default=0)).select_related("provider")
    found = [_contract(row) for row in rows.prefetch_related("terms", "options").order_by("pk")]
    return sorted(found, key=lambda one: (one.decide_on, one.reference))


def _contract(row: Contract) -> ContractFacts:
    time = time_of(row)
    option = next((one for one in row.options.all() if one.outcome == ExtensionOption.Outcome.OPEN), None)
    safe_on = months_later(time.ends_on, -REBUYING_MONTHS)
    return ContractFacts(
        row.reference,
        row.provider.name,
        row.value_pence,
        row.ordered,  # type: ignore[attr-defined]
        time.ends_on,
        time.last_possible_on,
        option.months if option else None,
        min(safe_on, option.decide_by) if option and option.decide_by else safe_on,
    )
