"""The questions that Muster starts with: one form a stage, for a partnership that has not written its own yet."""

import datetime
from dataclasses import dataclass, field
from typing import Any

NO_NAMES = "No names, please, and nothing that would tell who the child or adult is."


@dataclass(frozen=True)
class StandingQuestion:
    """`level` is Kirkpatrick's: 1 reaction, 2 learning, 3 behaviour, 4 results."""

    code: str
    kind: str
    text: str
    level: int
    help_text: str = ""
    choices: list[str] = field(default_factory=list)
    is_required: bool = False


@dataclass(frozen=True)
class StandingForm:
    stage: str
    name: str
    introduction: str
    questions: tuple[StandingQuestion, ...]


NOW = "How confident are you today that you can do this?"
STANDING = (
    StandingForm(
        "baseline",
        "Before the course",
        "It takes about a minute. There are no right answers: beside what you say at the end, yours show whether the"
        " course changes anything.",
        (
            StandingQuestion("outcome_now", "outcome_now", NOW, 2, is_required=True),
            StandingQuestion(
                "hope", "text", "What do you most want to take away from it?", 1, "One sentence is plenty."
            ),
        ),
    ),
    StandingForm(
        "end",
        "At the end",
        "It takes about two minutes.",
        (
            StandingQuestion(
                "outcome_before",
                "outcome_before",
                "Before the course, how confident were you that you could do this?",
                2,
                "Think back to how it was, with what you know now.",
            ),
            StandingQuestion("outcome_now", "outcome_now", NOW, 2, is_required=True),
            StandingQuestion("relevance", "rating", "What we covered fits the work I do.", 1, is_required=True),
            StandingQuestion("trainer", "rating", "The way it was taught helped me learn.", 1),
            StandingQuestion(
                "other_agencies", "rating", "I know better what other agencies do, and whom I would call.", 2
            ),
            StandingQuestion("will_do", "text", "What will you do differently?", 2, "One thing is enough."),
            StandingQuestion("comment", "text", "Is there anything else we should know?", 1),
        ),
    ),
    StandingForm(
        "follow_up",
        "Two months on",
        "It takes about three minutes. “Nothing yet” is as useful to us as a success.",
        (
            StandingQuestion("outcome_now", "outcome_now", NOW, 2, is_required=True),
            StandingQuestion(
                "used_it",
                "choice",
                "Have you used what you learned?",
                3,
                choices=["Yes", "Not yet", "I have had no chance to"],
                is_required=True,
            ),
            StandingQuestion(
                "did_differently",
                "text",
                "What did you do differently, and what came of it for a child or an adult?",
                4,
                f"When was it, and what happened? {NO_NAMES}",
            ),
            StandingQuestion(
                "blocked", "text", "What got in the way?", 3, "Time, caseload, no agreement, something else?"
            ),
        ),
    ),
)


def load_standing(questionnaires: Any, versions: Any, questions: Any) -> None:
    """Write each stage's form where the partnership has none; the three arguments are the models.

    A migration calls it with models of its time, tests with those of today. Twice changes nothing.
    """
    made_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    for form in STANDING:
        questionnaire, is_new = questionnaires.objects.get_or_create(
            stage=form.stage, course=None, defaults={"name": form.name}
        )
        if not is_new:
            continue
        version = versions.objects.create(
            questionnaire=questionnaire, number=1, introduction=form.introduction, made_at=made_at
        )
        questions.objects.bulk_create(
            questions(
                version=version,
                position=position,
                code=one.code,
                kind=one.kind,
                text=one.text,
                help_text=one.help_text,
                choices=one.choices,
                kirkpatrick=one.level,
                is_required=one.is_required,
            )
            for position, one in enumerate(form.questions, start=1)
        )
