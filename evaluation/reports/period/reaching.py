"""Who came against who works there, who never did, who waits; and which member of the subgroup to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bookings.registers.attendance import Attendance
from evaluation.analysis.figures import percent, rate
from evaluation.analysis.reach import never_seen, people_came
from training.people.models import Sector
from training.web.words import count

if TYPE_CHECKING:
    from evaluation.reports.building import Material
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]
NAMED = 8
LONG_AGO = "Who waits today is in the report of the last quarter."


def reach(material: Material, facts: PeriodFacts) -> Part:
    return {
        "sectors": _sectors(material, facts),
        "returns": _returns(material, facts),
        "worst": _worst(material, facts),
        **_unseen(facts),
        **_waiting(facts),
    }


def _sectors(material: Material, facts: PeriodFacts) -> list[Part]:
    """Both shares are of the organisations that said how many work there, so that like is held against like."""
    told, came = facts.workforce.by_agency, material.came
    if not told:
        return []
    everybody, all_came = facts.workforce.total, people_came(came, told)
    rows = []
    for sector in Sector:
        here = [pk for pk in told if pk in came.agencies and came.agencies[pk].sector == sector]
        if not here and not came.by_sector.get(sector.value):
            continue
        number, work = people_came(came, here), sum(told[pk] for pk in here)
        rows.append(
            {
                "name": sector.label,
                "came": rate("came_share", "Of all who came", number, all_came, "{part} of {whole} people").as_dict(),
                "workforce": rate(
                    "workforce", "Of all who work there", work, everybody, "{part} of {whole} people"
                ).as_dict(),
                "is_short": _is_short(number, all_came, work, everybody),
            }
        )
    return rows


def _is_short(came: int, all_came: int, work: int, everybody: int) -> bool:
    """Less than half of its share of the workforce."""
    return bool(all_came and everybody and came * everybody * 2 < work * all_came)


def _returns(material: Material, facts: PeriodFacts) -> str:
    told, settled = len(facts.workforce.by_agency), sum(material.came.known.values())
    if not told:
        return "No organisation has said yet how many work there, so who came is held against nothing."
    return (
        f"{told:,} of {settled:,} organisations have said how many of theirs work with children or adults at risk:"
        f" {facts.workforce.total:,} people."
    )


def _worst(material: Material, facts: PeriodFacts) -> list[Part]:
    """At most three organisations of whose booked people the largest share didn’t come."""
    came = material.came
    return [
        {
            "name": came.agencies[pk].name,
            "sector": Sector(came.agencies[pk].sector).label,
            "words": _missed(came.by_agency[pk]),
            "ask": facts.members.to_ask(pk, came.agencies[pk].sector),
        }
        for pk in came.worst()
    ]


def _missed(came: Attendance) -> str:
    share = percent(came.did_not_attend, came.booked)
    return f"{came.did_not_attend:,} of {came.booked:,} booked people didn’t come ({share})"


def _unseen(facts: PeriodFacts) -> Part:
    """Nobody came from them in the four quarters up to the end of the period."""
    rows = never_seen(facts.last_year, facts.workforce)
    settled = sum(facts.last_year.known.values())
    of = "nobody came from {part} of {whole} organisations in twelve months"
    return {
        "unseen": [{"name": name, "sector": Sector(sector).label} for name, sector in rows],
        "unseen_figure": rate("never_seen", "Never seen", len(rows), settled, of).as_dict(),
        "unseen_sentence": _unseen_words([name for name, _ in rows], settled),
    }


def _unseen_words(names: list[str], settled: int) -> str:
    if not settled:
        return "No organisation is known yet."
    if not names:
        return "Somebody came from every organisation in twelve months."
    shown = "; ".join(names[:NAMED])
    more = f"; and {len(names) - NAMED:,} more, all in the annex" if len(names) > NAMED else ""
    return f"Nobody came from {len(names):,} of {settled:,} organisations in twelve months: {shown}{more}."


def _waiting(facts: PeriodFacts) -> Part:
    """As it stands today, so not in a report of long ago."""
    waiting, long = sum(one.waiting for one in facts.waiting), sum(one.long for one in facts.waiting)
    figure = rate("waiting_long", "Waiting over 8 weeks", long, waiting, "{part} of {whole} people who wait")
    return {
        "waiting": [
            {"course": one.course, "title": one.title, "waiting": one.waiting, "long": one.long}
            for one in facts.waiting
            if one.long
        ],
        "waiting_figure": figure.as_dict(),
        "waiting_sentence": _waiting_words(waiting, long) if facts.is_recent else LONG_AGO,
    }


def _waiting_words(waiting: int, long: int) -> str:
    if not waiting:
        return "Nobody is on a waiting list."
    if not long:
        return f"{count(waiting, 'person', 'people')} on waiting lists, none for over 8 weeks.".capitalize()
    return f"{count(long, 'person', 'people')} of {waiting:,} on waiting lists have waited over 8 weeks."
