"""What an executive or an inspector accepts as evidence, as reasons that the page and the action share."""

import datetime
import re
from collections.abc import Iterator

from django.conf import settings

from evaluation.models import Comment, EvidenceItem
from evaluation.screening import Kind, suspicions
from providers.terms import months_later
from training.catalogue.models import Event
from training.people.models import Person
from training.web.reasons import Reason

Grade = EvidenceItem.Grade
STRONG = (Grade.A, Grade.B)
LIKED = re.compile(r"\b(?:recommend|enjoy|satisf|happy with|liked|(?<!-)rated)\w*", re.IGNORECASE)
SHARE = re.compile(r"\d ?(?:%|per ?cent)|\bper ?cent\b", re.IGNORECASE)
MEAN = re.compile(r"\b(?:mean|average[ds]?|median)\b|\d ?(?:out of|/) ?(?:5|10)\b", re.IGNORECASE)
NUMBER_OF_PEOPLE = re.compile(r"\bn ?= ?\d|\b\d+ (?:people|practitioners|answers|of \d)|\b\d+ of \d", re.IGNORECASE)
CAUSED = re.compile(r"\b(?:caus(?:e[sd]?|ing)|prov(?:e[sdn]?|ing)|thanks to|because of)\b", re.IGNORECASE)
IMPACT = re.compile(
    r"\b(?:impact\w*|practice (?:has )?changed|changed practice|safer|made a difference)\b", re.IGNORECASE
)
# All that it says is that they saw one: not what.
TICK = re.compile(
    r"^[^.:;,]*\b(?:managers?|supervisors?)\b[^.:;,]*\b(?:saw|seen|noticed|ticked|confirmed|reported)\b"
    r"[^.:;,]*\bchanges?\b[^.:;,]*\.?$",
    re.IGNORECASE,
)
DELIVERED = re.compile(
    r"^(?:the )?(?:training|course|workshop)\w* (?:was|were|has been|have been) (?:delivered|given|run|completed)\b",
    re.IGNORECASE,
)
KEPT_OUT = frozenset(Kind) - {Kind.NAME, Kind.SCHOOL, Kind.BIRTH}


def expiry_of(day: datetime.date) -> datetime.date:
    """Until when evidence last seen or checked on this day counts."""
    return months_later(day, settings.EVIDENCE_MONTHS)


def reasons_not_approvable(item: EvidenceItem, *, grader: Person, today: datetime.date) -> list[Reason]:
    """Everything against approving this item as it stands, by this person; warnings among it."""
    found = [*_of_the_claim(item), *_of_the_grade(item, grader), *_of_the_source(item, grader), *_of_time(item, today)]
    return [*found, *_of_words(item)]


def has_written(item: EvidenceItem, person: Person) -> bool:
    """Whether this person drafted or changed it."""
    draft = EvidenceItem.State.DRAFT
    return item.drafted_by_id == person.pk or item.steps.filter(was=draft, became=draft, by=person).exists()


def _of_the_claim(item: EvidenceItem) -> Iterator[Reason]:
    claim = item.claim
    if LIKED.search(claim):
        yield Reason("liked", "That people liked or would recommend a course is not evidence.", "Say what they do now.")
    if DELIVERED.search(claim):
        yield Reason("delivered", "That training was delivered shows nothing by itself.", "Say what people do now.")
    told = f"{claim} {item.before} {item.after}"
    if (MEAN.search(told) or SHARE.search(told)) and not item.possible and not NUMBER_OF_PEOPLE.search(told):
        yield Reason(
            "no_number", "A mean or a percentage without its number of people is not evidence.", "Add of how many."
        )
    if CAUSED.search(claim):
        yield Reason("caused", "Nobody can show that a course caused it.", "Write “contributed to”.")
    if item.grade == Grade.D and IMPACT.search(claim):
        yield Reason(
            "d_is_not_impact", "Scores, intentions and attendance are never called impact.", "Say what was measured."
        )


def _of_the_grade(item: EvidenceItem, grader: Person) -> Iterator[Reason]:
    if item.grade in STRONG and not item.is_independent:
        yield Reason(
            "not_independent", f"Grade {item.grade} is for what somebody independent saw or told.", "Grade it C."
        )
    if item.grade in STRONG and item.comment and item.comment.is_own_account:
        yield Reason("own_account", "This is a practitioner’s own account.", "It is grade C at most.")
    if item.grade in STRONG and has_written(item, grader):
        yield Reason("second_person", f"Grade {item.grade} takes two: you wrote it.", "Ask somebody else to grade it.")
    if item.grade == Grade.A and (item.count is None or item.possible is None or not item.before or not item.after):
        yield Reason("no_counts", "Grade A needs the same count before and after.", "Add both, and of how many.")
    if item.grade in (Grade.B, Grade.C) and not item.after:
        yield Reason("no_instance", "There is no instance.", "Add what happened, and what came of it.")
    if item.grade == Grade.B and TICK.search(item.after):
        yield Reason("tick", "That a manager saw a change is a tick, not an instance.", "Add what they saw happen.")


def _of_the_source(item: EvidenceItem, grader: Person) -> Iterator[Reason]:
    if item.grade in STRONG and not item.what_else_changed.strip():
        yield Reason(
            "what_else", "It does not say what else changed in that time.", "Add it, or write “Nothing known”."
        )
    if not item.what_contradicts.strip():
        yield Reason("contradicts", "It does not say what contradicts it.", "Look for it, or write “None found”.")
    people = {item.drafted_by_id, grader.pk}
    taught = Event.objects.filter(
        version__course=item.version.course_id,
        sessions__teachings__person__in=people,
        sessions__teachings__status__in=("proposed", "confirmed"),
    )
    if taught.exists():
        yield Reason(
            "own_course", "A trainer does not write or grade evidence about a course they teach.", "Ask another."
        )
    if item.comment and item.comment.state not in (Comment.State.CLEARED, Comment.State.QUOTABLE):
        yield Reason("withheld", "The answer that it rests on is not cleared.", "Clear it first, or use another.")
    if item.priority_id is None:
        yield Reason("no_priority", "It answers no priority.", "Choose one if there is one.", blocking=False)


def _of_time(item: EvidenceItem, today: datetime.date) -> Iterator[Reason]:
    if item.expires_on <= today:
        months = settings.EVIDENCE_MONTHS
        yield Reason(
            "too_old",
            f"It is older than {months} months and nobody has checked it since.",
            "Look again: give it a newer time and what was seen then.",
        )
    if item.period_ends_on > today:
        yield Reason("not_yet", "The time that it is about is not over.", "Correct the dates, or wait.")


def _of_words(item: EvidenceItem) -> Iterator[Reason]:
    """Whatever would tell who the child or adult is. A name may be that of a method: a warning."""
    told = (item.claim, item.source, item.before, item.after, item.what_else_changed, item.what_contradicts)
    for text in told:
        for one in suspicions(text):
            words = text[one.start : one.end]
            sentence = f"“{words}” looks like {_a(one.kind.label.lower())}."
            yield Reason(
                f"names_{one.kind}", sentence, "Take it out if it tells who somebody is.", one.kind in KEPT_OUT
            )


def _a(label: str) -> str:
    return f"{'an' if label[0] in 'aeiou' else 'a'} {label}".replace("nhs", "NHS").replace("a NHS", "an NHS")
