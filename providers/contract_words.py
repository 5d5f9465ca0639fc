"""A contract's time and history in words, for its page."""

import datetime
from collections.abc import Iterator

from providers.models import Contract, ContractVariation, ExtensionOption
from providers.terms import last_safe_decision, next_option, option_words, time_of
from training.governance.models import Decision
from training.web.components import Row, Step
from training.web.words import count, full_day, pounds


def time_rows(contract: Contract, today: datetime.date, *, sees_deadlines: bool) -> list[Row]:
    """The last safe day to decide is for the partnership alone, see `contracts_table`."""
    time, possible = time_of(contract), ", with every option still open taken up"
    rows = [
        Row("Agreed", option_words(contract)),
        Row("Runs", f"{full_day(time.starts_on)} to {full_day(time.ends_on)}"),
        Row("Last possible end", full_day(time.last_possible_on) + (possible if next_option(contract) else "")),
        *([_last_safe_day(contract, today)] if sees_deadlines else []),
        Row("Value", "Not given" if contract.value_pence is None else pounds(contract.value_pence)),
    ]
    return rows if contract.lot_number is None else [Row("Lot", contract.lot_number), *rows]


def _last_safe_day(contract: Contract, today: datetime.date) -> Row:
    label = "Last safe day to decide"
    if time_of(contract).ends_on < today:
        return Row(label, "It is over")
    before = [f"{count(contract.rebuying_months, 'month')} to buy again"]
    if contract.notice_months:
        before.insert(0, f"{count(contract.notice_months, 'month')} of notice")
    return Row(label, f"{full_day(last_safe_decision(contract))}: the end less {' and '.join(before)}")


def meeting_words(decision: Decision | None) -> str:
    if decision is None:
        return ""
    minute = f", minute {decision.minute}" if decision.minute else ""
    return f"{decision.meeting}{minute}"


def steps_of(contract: Contract) -> list[Step]:
    """What was decided and varied, the latest first."""
    variations = contract.variations.select_related("decision__meeting__body", "recorded_by")
    dated = [(row.agreed_on, _varied(row)) for row in variations]
    dated += [(option.decided_at.date(), _decided(option)) for option in contract.options.all() if option.decided_at]
    return [step for _, step in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _decided(option: ExtensionOption) -> Step:
    by = option.decided_by.name if option.decided_by else ""
    title = f"Option {option.position}, {option.months} months: {option.get_outcome_display().lower()}"
    at = full_day(option.decided_at) if option.decided_at else ""
    return Step(title, at, f"recorded by {by}", " ".join(_parts(option.reason, option.decision)))


def _varied(row: ContractVariation) -> Step:
    title = "Varied: " + "; ".join(_changes(row))
    return Step(
        title,
        full_day(row.agreed_on),
        f"recorded by {row.recorded_by.name}",
        " ".join(_parts(row.reason, row.decision)),
    )


def _parts(reason: str, decision: Decision | None) -> Iterator[str]:
    yield reason
    if words := meeting_words(decision):
        yield f"({words})"


def _changes(row: ContractVariation) -> Iterator[str]:
    if row.new_end and row.old_end:
        yield f"the last day, {full_day(row.old_end)}, became {full_day(row.new_end)}"
    if row.new_value_pence is not None:
        old = "nothing given" if row.old_value_pence is None else pounds(row.old_value_pence)
        yield f"the value, {old}, became {pounds(row.new_value_pence)}"
    if row.scope:
        yield row.scope
