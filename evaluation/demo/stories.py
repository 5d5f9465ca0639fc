"""What the reports have to find: planted, so that a test finds it again."""

import datetime
from collections import Counter

from bookings.registers.attendance import Result, outcomes
from evaluation.actions.answering import answer
from evaluation.answering import Given, find_asked
from evaluation.attending import events_asked_about
from evaluation.links import token_of
from evaluation.models import Invitation, Question, Stage
from providers.models import Commission
from training.catalogue.models import LearningOutcome
from training.config.parts import Demo

WORRY = "In the break somebody from another team told me that her partner hits her in front of the children."


def cast_stories(demo: Demo) -> None:
    """Which provider is weak, after which course self-rated confidence falls, and who attended what."""
    events = {event.pk: event for event in events_asked_about().filter(ends_at__lt=demo.now).select_related("version")}
    came = [one for one in outcomes(events) if one.result == Result.ATTENDED]
    demo.keep("evaluation.came", came)
    providers: Counter[int] = Counter()
    courses: Counter[int] = Counter()
    taught_by = _providers(list(events))
    for one in came:
        courses[events[one.event_id].version.course_id] += 1
        if one.event_id in taught_by:
            providers[taught_by[one.event_id]] += 1
    demo.keep("evaluation.taught_by", taught_by)
    demo.keep("evaluation.weak_provider", _nth(providers, 2))
    demo.keep("evaluation.falling_course", _nth(courses, 3))


def _providers(event_ids: list[int]) -> dict[int, int]:
    """The provider of each date that was ordered."""
    rows = Commission.objects.live().filter(event__in=event_ids)
    return dict(rows.values_list("event_id", "contract__provider_id"))


def _nth(counts: Counter[int], number: int) -> int | None:
    """The one with the nth most people, else the one with the fewest; None where there is none."""
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return ranked[min(number, len(ranked)) - 1] if ranked else None


def raise_a_concern(demo: Demo) -> None:
    """One, this morning, through the form as anybody would: the duty people have their messages."""
    hers = demo.person("practitioner")
    rows = Invitation.objects.open(demo.now).filter(stage=Stage.END, posted_at__isnull=False)
    rows = rows.filter(booking__event__starts_at__isnull=False)
    latest = rows.exclude(booking__person=hers).filter(booking__status="booked").order_by("-due_at", "pk").first()
    asked = find_asked(token_of(latest.reference), demo.now) if latest else None
    if asked is None:
        return
    given = [one for question in asked.questions for one in _given(question, asked.outcomes)]
    with demo.step("A concern") as advance:
        answer(
            token=token_of(asked.invitation.reference),
            given=given,
            is_about_safety=True,
            now=demo.now - datetime.timedelta(minutes=20),
        )
        advance(1)


def _given(question: Question, outcomes: list[LearningOutcome]) -> list[Given]:
    if question.kind == Question.Kind.OUTCOME_NOW:
        return [Given(question, outcome, rating=4) for outcome in outcomes]
    if question.code == "relevance":
        return [Given(question, rating=5)]
    return [Given(question, text=WORRY)] if question.code == "comment" else []
