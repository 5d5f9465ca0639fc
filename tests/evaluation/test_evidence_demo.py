"""The demonstration's evidence: made by the real actions, in every grade and state."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.utils import timezone

from evaluation.demo.evidence import load_evidence
from evaluation.models import Comment, EvidenceItem
from tests.evaluation.evidence_making import make_comment
from tests.factories import make_user
from tests.factories_catalogue import make_course
from tests.factories_evaluation import make_past_event
from training.governance.models import Body, Decision, Priority
from training.people.models import Person, Role

pytestmark = pytest.mark.usefixtures("partnership")


class Stage:
    """As much of a `Demo` as this part asks for."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.today: datetime.date = timezone.localdate()
        self._people = {"coordinator": make_user(role=Role.COORDINATOR), "pdl": make_user(role=Role.PDL_MEMBER)}

    def person(self, part: str) -> Person:
        person = self._people[part].person
        assert person is not None
        return person

    @contextmanager
    def step(self, _what: str) -> Iterator[Callable[[int], None]]:
        yield lambda _done: None


def test_load_evidence_tells_every_story() -> None:
    Body.objects.create(name="PDL", kind=Body.Kind.PDL)
    for name in ("Neglect", "Domestic abuse", "Complex safeguarding", "Mental health"):
        make_course(priorities=[Priority.objects.create(name=name)])
    event = make_past_event(days_ago=70)
    for _ in range(4):
        make_comment("Words", event=event)

    load_evidence(Stage())  # type: ignore[arg-type]

    found = list(EvidenceItem.objects.order_by("pk").values_list("grade", "state"))
    assert [grade for grade, state in found if state == "approved"] == ["A", "B", "D", "B", "C", "B"]
    assert [grade for grade, state in found if state == "draft"] == ["C", "A"]
    assert [grade for grade, state in found if state == "rejected"] == ["D"]
    assert Decision.objects.count() == 1
    states = sorted(Comment.objects.values_list("state", flat=True))
    assert states == ["cleared", "unscreened", "unscreened", "withheld"]
    assert Comment.objects.get(state="cleared").cleared_text == "[name]’s mum asked me to ring her on [phone number]."
