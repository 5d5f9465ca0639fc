"""A provider's figures for a quarter, for its assessment rows: withheld where the answers of a report would be."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from bookings.models import Register
from bookings.registers.attendance import Attendance, total
from evaluation.analysis.coming import Came, attendance, load_came
from evaluation.analysis.dates import DateFacts, Lattice, pks
from evaluation.analysis.figures import Figure, rate
from evaluation.analysis.kept import Kept, kept_figures, load_kept
from evaluation.analysis.ratings import Measure, load_measures, rated
from evaluation.analysis.responding import load_answered, responding
from evaluation.models.questionnaire import Stage
from providers.actions.assessments import Assessed
from training.catalogue.models import Session
from training.web.periods import Period
from training.web.when import london_day
from training.web.working_days import add_working_days

REGISTER_WORKING_DAYS = 2


@dataclass(frozen=True)
class Assessing:
    """What is read once for all providers of a quarter."""

    lattice: Lattice
    ran: list[DateFacts]
    came: Came
    measures: list[Measure]
    answered: dict[tuple[int, str], int]
    registers: dict[int, list[tuple[Session, Register | None]]]
    kept: Kept


def load_assessing(lattice: Lattice, period: Period) -> Assessing:
    dates = [one for one in lattice.dates.values() if one.place.quarter == period.key]
    ran = [one for one in dates if one.has_run(lattice.now)]
    came, measures, answered = load_came(ran), load_measures(lattice), load_answered(lattice)
    return load_assessing_of(lattice, period, dates, ran, came, measures, answered)


def load_assessing_of(
    lattice: Lattice,
    period: Period,
    dates: list[DateFacts],
    ran: list[DateFacts],
    came: Came,
    measures: list[Measure],
    answered: dict[tuple[int, str], int],
) -> Assessing:
    """The same number of queries for any number of dates, beyond what a report has read already."""
    kept = load_kept(period, dates, lattice.now)
    return Assessing(lattice, ran, came, measures, answered, _registers(pks(ran)), kept)


def provider_figures(material: Assessing, provider: int) -> list[Figure]:
    """What they kept to, fits my work, came, who answered at the end, registers: those with something to count."""
    dates = [one for one in material.ran if one.provider == provider]
    cut = pks(dates)
    end = responding(material.lattice, material.answered, cut, Stage.END)
    relevance = [rated(one, cut, material.lattice.below) for one in material.measures if one.code == "relevance"]
    found = [
        *kept_figures(material.kept, provider),
        *(one.figure for one in relevance if one.answered),
        attendance(total(material.came.by_event.get(pk, Attendance()) for pk in cut)),
        end.figure,
        _in_time(material, cut),
    ]
    return [figure for figure in found if figure.is_withheld or figure.value is not None]


def assessed(figure: Figure) -> Assessed:
    """As the providers' app keeps it."""
    if figure.is_withheld:
        return Assessed(is_withheld=True)
    return Assessed(
        numerator=_decimal(figure.numerator),
        denominator=_decimal(figure.denominator),
        value=_decimal(figure.value),
        lower=_decimal(figure.low),
        upper=_decimal(figure.high),
        n=figure.n if figure.n is not None else figure.denominator,
    )


def _registers(events: frozenset[int]) -> dict[int, list[tuple[Session, Register | None]]]:
    found: dict[int, list[tuple[Session, Register | None]]] = {pk: [] for pk in events}
    sessions: QuerySet[Session] = Session.objects.filter(event__in=events).select_related("register")
    for session in sessions:
        found[session.event_id].append((session, getattr(session, "register", None)))
    return found


def _in_time(material: Assessing, cut: frozenset[int]) -> Figure:
    rows = [row for event in cut for row in material.registers[event]]
    part = sum(1 for session, register in rows if _is_in_time(session, register))
    return rate("register_in_time", "Registers in time", part, len(rows), "{part} of {whole} registers")


def _is_in_time(session: Session, register: Register | None) -> bool:
    if register is None or register.first_sent_at is None:
        return False
    return london_day(register.first_sent_at) <= add_working_days(london_day(session.ends_at), REGISTER_WORKING_DAYS)


def _decimal(value: float | None) -> Decimal | None:
    """Four places, as the column has, so that the same figure again is the same."""
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.0001"))
