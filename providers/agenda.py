"""Which options wait for a body's decision."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from providers.terms import next_option
from providers.waiting import near_decisions
from training.config.parts import AgendaPoint
from training.governance.models import Body
from training.web.when import london_day
from training.web.words import count, full_day


def agenda(body: str, now: datetime.datetime) -> Iterator[AgendaPoint]:
    """Each contract's next option, from six months before its last safe day until it is decided or the contract ends.

    It is the subgroup's until that day is over, then the Executive's: what was not decided in time is a risk to
    services, and theirs to carry. So an option stands on one agenda at a time. A contract with no option left, or whose
    lot has been bought again, asks nothing of a meeting.
    """
    today = london_day(now)
    for contract, decide_by, ends_on in near_decisions(today):
        option = next_option(contract)
        if option is None or body != (Body.Kind.PDL if today <= decide_by else Body.Kind.EXECUTIVE):
            continue
        asked = f"Extend it by {count(option.months, 'month')}? It ends on {full_day(ends_on)}."
        if today > decide_by:
            asked += " The last safe day to decide has gone by."
        yield AgendaPoint(
            key=f"option:{contract.reference}:{option.position}",
            body=body,
            subject=f"Contract {contract} with {contract.provider}",
            asked=asked,
            url=reverse("providers:contract", args=[contract.reference]),
            due_on=decide_by,
        )
