"""All parts of a quarter's or a year's report beyond those of every report, in the order of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.reports.period import chapter, decided, deciding, delivering, learning, own_time, providing, reaching

if TYPE_CHECKING:
    from evaluation.reports.building import Material
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]


def written(material: Material, facts: PeriodFacts, parts: Part) -> Part:
    """Plain values by the name of the part; `parts` are those of every report."""
    found: Part = {
        "decided": decided.decided(facts),
        "planned": delivering.planned(material, facts, parts["delivery"]),
        "trend": delivering.trend(facts),
        "money": delivering.money(facts),
        "reach": reaching.reach(material, facts),
        "learning": learning.learning(material, facts.quality),
        "done": learning.done(material),
        "followed": learning.followed(material, facts),
        "grades": learning.evidence(facts, parts),
        "own_time": own_time.own_time(facts),
        "later": learning.later(decided.lessons(facts.decided), facts.returns),
        "themes": learning.themes(facts.returns),
        "providers": providing.providers(material, facts),
        "ahead": delivering.ahead(facts),
    }
    found["risks"] = providing.risks(material, facts, found)
    found["asks"] = deciding.asks(facts, found)
    if material.scope.kind == "year":
        found["chapter"] = chapter.chapter(material, facts, parts)
    return found
