"""What changed, an outcome at a time and in words; what people did; last quarter's people two months on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evaluation.analysis.change import Comparison, Matched, OutcomeText, outcome_changes, outcome_texts
from evaluation.analysis.dates import DateFacts, pks
from evaluation.analysis.figures import Figure, signed
from evaluation.analysis.quality import Quality
from evaluation.analysis.ratings import rated
from evaluation.analysis.responding import responding
from evaluation.analysis.returns import Returns
from evaluation.models.questionnaire import Stage
from evaluation.reports.period.confirmed import confirmed
from training.web.words import count, full_day

if TYPE_CHECKING:
    from evaluation.reports.building import Material
    from evaluation.reports.period.facts import PeriodFacts

Part = dict[str, Any]
THREE = 3
USED_IT = "used_it"
STANDINGS = {"upheld": "upheld", "not_upheld": "not upheld", "taken_back": "taken back", "open": "still open"}


def learning(material: Material, quality: Quality) -> Part:
    """By course and outcome: the ratings before and after where enough can be shown, else looking back.

    Each course by itself: figures of a course never rest on answers about another that it was put together with.
    """
    comparison = _comparison(material)
    texts = outcome_texts({one.version for one in material.dates})
    courses = [
        _course(material, material.changes[comparison], title, dates, texts)
        for title, dates in _by_title(material).items()
    ]
    courses = [row for row in courses if row["outcomes"]]
    rows = [{**one, "course": row["title"]} for row in courses for one in row["outcomes"]]
    return {
        "comparison": comparison.value,
        "courses": courses,
        "rose": sum(row["is"] == "rose" for row in rows),
        "unclear": sum(row["is"] == "unclear" for row in rows),
        "hidden": sum(row["is"] == "hidden" for row in rows),
        "fell": [row for row in rows if row["is"] == "fell"],
        "most": sorted((row for row in rows if row["is"] == "rose"), key=_largest)[:THREE],
        "sentence": _sentence(rows),
        "observations": _observations(quality),
        "complaints": _complaints(quality),
    }


def _observations(quality: Quality) -> str:
    if not quality.observed:
        return "No observation of teaching by a colleague is recorded."
    return f"Teaching was up to standard in {quality.met:,} of {count(quality.observed, 'observation')}."


def _complaints(quality: Quality) -> str:
    """By the day on which they came; one that is decided later moves no copy that is published."""
    if not quality.received:
        return "No complaint is recorded."
    told = [(quality.complaints.get(key, 0), words) for key, words in STANDINGS.items()]
    parts = [f"{number:,} {words}" for number, words in told if number]
    return f"{count(quality.received, 'complaint').capitalize()}: {', '.join(parts)}."


def _comparison(material: Material) -> Comparison:
    """Before the course if anybody can be matched, else what they remember; never both in one table."""
    before = material.changes[Comparison.BEFORE]
    return Comparison.BEFORE if set(before.matched) & material.cut else Comparison.LOOKING_BACK


def _by_title(material: Material) -> dict[str, list[DateFacts]]:
    found: dict[str, list[DateFacts]] = {}
    for one in sorted(material.ran, key=lambda one: (one.title, one.pk)):
        found.setdefault(one.course, []).append(one)
    return {dates[-1].title: dates for dates in found.values()}


def _course(material: Material, matched: Matched, title: str, dates: list[DateFacts], texts: list[OutcomeText]) -> Part:
    versions = {one.version for one in dates if one.pk in matched.matched}
    here = [one for one in texts if one.version in versions]
    figures = outcome_changes(matched, pks(dates), here, material.lattice.below) if here else []
    return {"title": title, "code": dates[-1].course, "outcomes": [_outcome(figure) for figure in figures]}


def _outcome(figure: Figure) -> Part:
    return {"text": figure.label, "is": _moved(figure), "change": _words(figure), "figure": figure.as_dict()}


def _moved(figure: Figure) -> str:
    """Rose or fell only where the whole interval says so."""
    if figure.is_withheld or figure.value is None:
        return "hidden"
    low = figure.value if figure.low is None else figure.low
    high = figure.value if figure.high is None else figure.high
    return "rose" if low > 0 else "fell" if high < 0 else "unclear"


def _words(figure: Figure) -> str:
    """ "rose by 0.8", "fell by 0.4", "moved by +0.1: may be no change"; the interval is in the annex."""
    moved = _moved(figure)
    if moved == "hidden" or figure.value is None:
        return figure.words
    number = signed(figure.value)
    return f"{number}: may be no change" if moved == "unclear" else f"{moved} by {number.lstrip('+−')}"


def _largest(row: Part) -> tuple[float, str]:
    return (-row["figure"]["value"], row["text"])


def _sentence(rows: list[Part]) -> str:
    shown = [row for row in rows if row["is"] != "hidden"]
    if not shown:
        return "Too few people rated themselves both times to say of any outcome whether it changed."
    tell = {name: sum(row["is"] == name for row in shown) for name in ("rose", "unclear", "fell")}
    text = f"Of {count(len(shown), 'outcome')} that can be shown, {tell['rose']:,} rose"
    text += f", {tell['unclear']:,} may not have changed and {tell['fell']:,} fell."
    hidden = len(rows) - len(shown)
    return text + (f" {count(hidden, 'outcome')} rest on too few people." if hidden else "")


def done(material: Material) -> Part:
    texts = list(dict.fromkeys(material.said.texts))[:THREE]
    return {"texts": texts, "sentence": "" if texts else "Nothing that may be quoted has been written yet."}


def followed(material: Material, facts: PeriodFacts) -> Part:
    """The people of the quarter before, two months on: how many answered, used it, and what got in the way."""
    cut, below = pks(facts.about_dates), material.lattice.below
    stage = responding(material.lattice, material.answered, cut, Stage.FOLLOW_UP)
    measure = next((one for one in material.measures if one.code == USED_IT), None)
    used = rated(measure, cut, below) if measure else None
    blocked = list(dict.fromkeys(facts.blocked.texts))[:THREE]
    return {
        "title": facts.about.title,
        "response": stage.figure.as_dict(),
        "sentence": _followed(stage.asked, stage.open_until),
        "used": [part.as_dict() for part in used.parts] if used else [],
        "used_sentence": "" if used and used.parts else _unused(stage.asked, below),
        "blocked": blocked,
        "blocked_sentence": "" if blocked else "Nothing that may be quoted says what got in the way.",
        "managers": confirmed(material, facts, cut),
    }


def _followed(asked: int, open_until: Any) -> str:
    if not asked:
        return "Nobody was asked two months on."
    return f"Some can still answer until {full_day(open_until)}." if open_until else ""


def _unused(asked: int, below: int) -> str:
    if not asked:
        return ""
    return f"Whether they used it is hidden until the form is closed and at least {below} stand in every part."


def evidence(facts: PeriodFacts, parts: Part) -> Part:
    """What was approved within the period, and the priorities with nothing above C."""
    total = sum(facts.approved.values())
    grades = ", ".join(f"{number:,} of grade {grade}" for grade, number in facts.approved.items() if number)
    title = ", ".join(facts.without)
    return {
        "approved": facts.approved,
        "sentence": f"{count(total, 'item')} of new evidence: {grades}." if total else "No new evidence was approved.",
        "strong": [row for row in parts["evidence"]["items"] if row["grade"] in "AB"][:THREE],
        "without": facts.without,
        "without_sentence": f"Nothing above grade C: {title}." if title else "Every priority has evidence above C.",
    }


def later(lessons: str, returns: Returns) -> Part:
    """Parts that are a sentence each."""
    return {
        "lessons": lessons,
        "elearning": "No review of an e-learning course is recorded.",
        "returns": _returns(returns),
    }


def themes(returns: Returns) -> Part:
    """What organisations trained their own people in."""
    rows = [{"theme": theme, "people": people, "courses": courses} for theme, people, courses in returns.themes]
    return {"rows": rows}


def _returns(found: Returns) -> str:
    if not found.filed:
        return "No return about single-agency training is recorded."
    text = f"{found.filed:,} of {count(found.asked, 'return')} about single-agency training filed"
    if not found.people:
        return f"{text}; none had training of its own."
    return (
        f"{text}: {count(found.people, 'person', 'people')} in {count(found.courses, 'course')},"
        " as the organisations said themselves."
    )
