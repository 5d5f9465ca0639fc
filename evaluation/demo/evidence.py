"""Evidence in every grade and state, so that the list, the report and "nothing above C" have something to show."""

import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from evaluation.actions.evidence import (
    EvidenceText,
    approve_evidence,
    decide_on_evidence,
    draft_evidence,
    reject_evidence,
)
from evaluation.actions.screening import clear_comment, found_in, withhold_comment
from evaluation.models import Comment, EvidenceItem, Stage
from evaluation.screening import suspicions
from training.catalogue.models import CourseVersion
from training.config.parts import Demo
from training.governance.models import Body, Priority

DAY = datetime.timedelta(days=1)
NONE_FOUND = "None found"


class Story(NamedTuple):
    """`priority` by name, `ended` so many days ago; `ends_as` is a state."""

    priority: str
    grade: str
    claim: str
    source: str
    counted: tuple[int, int] | None
    before: str
    after: str
    contradicts: str
    ended: int
    ends_as: str


STORIES = (
    Story(
        "Neglect",
        "A",
        "Practitioners score neglect with the Graded Care Profile before the first conference",
        "Audit of 20 files by the quality team, the same tool twice",
        (17, 20),
        "12 of 20 files",
        "17 of 20 files",
        "In the three files without it, the worker had not been on the course.",
        90,
        "approved",
    ),
    Story(
        "Neglect",
        "B",
        "School staff write down what the child said in the child’s own words",
        "The front door’s manager, on referrals of one month",
        (31, 44),
        "",
        "31 of 44 referrals quoted the child; one led to a visit the same day.",
        NONE_FOUND,
        60,
        "approved",
    ),
    Story(
        "Neglect",
        "D",
        "Self-rated confidence in naming neglect rose for 41 of 58 people",
        "End forms, matched with those of before",
        (41, 58),
        "",
        "",
        "For 6 people it fell.",
        45,
        "approved",
    ),
    Story(
        "Domestic abuse",
        "B",
        "Midwives ask every woman alone about abuse at the first visit",
        "The named midwife, from the notes of two weeks",
        (52, 60),
        "38 of 60 visits",
        "52 of 60 visits; two women were helped to a refuge.",
        "At night clinics nobody could see women alone.",
        120,
        "approved",
    ),
    Story(
        "Domestic abuse",
        "C",
        "A housing officer spotted controlling behaviour and made a safe plan with the tenant",
        "Telephone interview two months on",
        None,
        "",
        "The tenant has kept her home.",
        NONE_FOUND,
        75,
        "draft",
    ),
    Story(
        "Complex safeguarding",
        "C",
        "A youth worker mapped a young person’s friends with the police before the review",
        "Telephone interview two months on",
        None,
        "",
        "Two places of harm were made safe.",
        "Another team did the same without the course.",
        50,
        "approved",
    ),
    Story(
        "Complex safeguarding",
        "A",
        "Return interviews are held within three days",
        "Sample of 15 files by an independent reviewer",
        (9, 15),
        "6 of 15 files",
        "9 of 15 files",
        "",
        30,
        "draft",
    ),
    Story(
        "Mental health",
        "D",
        "98 % would recommend the course",
        "End forms",
        None,
        "",
        "",
        "",
        100,
        "rejected",
    ),
    Story(
        "Mental health",
        "B",
        "Practitioners agree a crisis plan with the parent and the school",
        "A head teacher, on one family",
        (4, 5),
        "",
        "The child stayed in school during two crises.",
        NONE_FOUND,
        700,
        "approved",
    ),
)


# What people write although they are asked not to.
NAMED = (
    "I rang Mrs Okafor’s health visitor after the course, and Kai, 7, now has a plan.",
    "Kayleigh at Elm Park Primary School told me on 3 March 2019 what had happened.",
    "I found case LCS/448812 again and asked what had changed. They live at 12 Wharf Street.",
    "Jordan’s mum asked me to ring her on 020 7946 0321.",
)


def load_evidence(demo: Demo) -> None:
    """The stories above, one made of an answer that may be quoted, and answers in which a screener finds names."""
    _name_somebody(demo)
    priorities = {priority.name: priority for priority in Priority.objects.all()}
    with demo.step("Evidence") as advance:
        for number, story in enumerate(STORIES, start=1):
            _tell(demo, story, priorities.get(story.priority))
            advance(number)
        _from_an_answer(demo)
        advance(len(STORIES) + 1)


def _name_somebody(demo: Demo) -> None:
    """Of the first four that wait, two stay to be read, one is cleared without the name, one withheld."""
    comments = list(Comment.objects.to_screen().order_by("pk")[: len(NAMED)])
    for comment, text in zip(comments, NAMED, strict=False):
        comment.text, comment.suspicions = text, found_in(text)
    Comment.objects.bulk_update(comments, ["text", "suspicions"])
    by, now, seen = demo.person("coordinator").user, demo.now - DAY, Comment.State.UNSCREENED
    for comment in comments[2:3]:
        withhold_comment(comment=comment, seen=seen, reason="It tells who the family is.", by=by, now=now)
    for comment in comments[3:4]:
        keys = [one.key for one in suspicions(comment.text)]
        clear_comment(comment=comment, seen=seen, take_out=keys, may_be_quoted=False, by=by, now=now)


def _tell(demo: Demo, story: Story, priority: Priority | None) -> None:
    version = _version_for(priority)
    if version is None:
        return
    ended = demo.today - DAY * story.ended
    count, possible = story.counted or (None, None)
    text = EvidenceText(
        claim=story.claim,
        version=version,
        priority=priority,
        source=story.source,
        grade=story.grade,
        is_independent=story.grade in "AB",
        period_starts_on=ended - DAY * 90,
        period_ends_on=ended,
        count=count,
        possible=possible,
        before=story.before,
        after=story.after,
        what_else_changed="Nothing known",
        what_contradicts=story.contradicts,
    )
    written = demo.now - DAY * min(story.ended - 10, 30)
    item = draft_evidence(text=text, by=demo.person("coordinator").user, now=written)
    _grade(demo, item, story, written + DAY * 7)


def _grade(demo: Demo, item: EvidenceItem, story: Story, now: datetime.datetime) -> None:
    by: Any = demo.person("pdl").user
    if story.ends_as == "rejected":
        reject_evidence(item=item, reason="That people would recommend it says nothing of practice.", by=by, now=now)
    if story.ends_as == "approved":
        approve_evidence(item=item, revision=item.revision, by=by, now=now)
    if story.ends_as == "approved" and story.grade == "A":
        _decide(demo, item, now)


def _decide(demo: Demo, item: EvidenceItem, now: datetime.datetime) -> None:
    body = Body.objects.filter(kind=Body.Kind.PDL).first()
    meeting = body.meetings.before(now.date()).first() if body else None
    if body is not None:
        decide_on_evidence(
            item=item,
            body=body,
            held_on=meeting.held_on if meeting else now.date(),
            outcome="Run the course every quarter; the quality team audits again in a year.",
            minute="Item 5",
            by=demo.person("pdl").user,
            now=now,
        )


def _version_for(priority: Priority | None) -> CourseVersion | None:
    """A course that answers it, else any that has been held."""
    current = CourseVersion.objects.filter(is_current=True, course__kind="course").order_by("course__code")
    return current.filter(course__priorities=priority).first() or current.filter(events__isnull=False).first()


def _from_an_answer(demo: Demo) -> None:
    """One quotable answer of two months on that suspects nothing, drafted and waiting for a grade."""
    comment = next((one for one in _quotable()[:50] if not suspicions(one.text)), None)
    if comment is None:
        return
    event = comment.about
    text = EvidenceText(
        claim="A practitioner did something differently after the course, and says what came of it",
        version=event.version,
        source="The practitioner’s own account, two months on.",
        grade=EvidenceItem.Grade.C,
        period_starts_on=event.ends_at.date() if event.ends_at else comment.written_on,
        period_ends_on=comment.written_on,
        after=comment.cleared_text[:200],
    )
    draft_evidence(text=text, comment=comment, by=demo.person("pdl").user, now=demo.now - DAY)


def _quotable() -> QuerySet[Comment]:
    rows = Comment.objects.filter(state=Comment.State.QUOTABLE, response__stage=Stage.FOLLOW_UP)
    rows = rows.filter(question__code="did_differently").select_related("response__event__version")
    return rows.order_by("-response__on", "pk")
