"""A contract's time in words and dates: its terms, its options, and the last possible end that follows."""

import calendar
import datetime
from dataclasses import dataclass

from providers.models import Contract, ContractTerm, ExtensionOption

# An extension is decided so long before the term ends, or there is no time left to buy again.
REBUYING_MONTHS = 10


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months on; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class ContractTime:
    """`ends_on` is the last day of what is agreed; `last_possible_on` with every option still open taken up."""

    starts_on: datetime.date
    ends_on: datetime.date
    last_possible_on: datetime.date


def time_of(contract: Contract) -> ContractTime:
    """From terms and options, prefetched for a list. A contract always has its first term."""
    periods = [term.period for term in contract.terms.all()]
    ends = max(period.upper for period in periods)
    options = list(contract.options.all())
    refused = any(option.outcome == ExtensionOption.Outcome.REFUSED for option in options)
    months = 0 if refused else sum(option.months for option in options if option.outcome == "open")
    one = datetime.timedelta(days=1)
    return ContractTime(min(period.lower for period in periods), ends - one, months_later(ends, months) - one)


def option_words(contract: Contract) -> str:
    """ "36 + 12 + 12 months", as it was agreed at first."""
    first = min((term for term in contract.terms.all() if term.kind == ContractTerm.Kind.INITIAL), key=_start)
    months = (first.period.upper.year - _start(first).year) * 12 + first.period.upper.month - _start(first).month
    return " + ".join(str(part) for part in (months, *(option.months for option in contract.options.all()))) + " months"


def _start(term: ContractTerm) -> datetime.date:
    start: datetime.date = term.period.lower
    return start


def covers(contract: Contract, first: datetime.date, last: datetime.date) -> bool:
    """Whether the terms, joined where they meet, hold all these days."""
    day = first
    for term in sorted(contract.terms.all(), key=_start):
        if term.period.lower <= day < term.period.upper:
            day = term.period.upper
    return day > last


def next_option(contract: Contract) -> ExtensionOption | None:
    """The one to be decided; None when all are, or one was refused, after which there is no next."""
    options = list(contract.options.all())
    if any(option.outcome == ExtensionOption.Outcome.REFUSED for option in options):
        return None
    return next((option for option in options if option.outcome == ExtensionOption.Outcome.OPEN), None)


def last_safe_decision(contract: Contract) -> datetime.date:
    """End − notice − the time it takes to buy again: who has not decided to extend by then may be left with nothing."""
    first_day_without = time_of(contract).ends_on + datetime.timedelta(days=1)
    return months_later(first_day_without, -(contract.notice_months + contract.rebuying_months))
