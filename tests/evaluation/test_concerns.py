"""Concerns: taken within a working day by one duty person, with what came of it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.concerns import (
    close_concern,
    note_on_concern,
    take_concern,
)
from evaluation.errors import EvaluationError
from evaluation.models import Concern
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_evaluation import make_concern, make_duty
from training.outbox.models import Message
from training.people.models import Role

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


SECRET = "Her brother hits her and I told nobody."


def page(name: str, concern: Concern) -> str:
    return reverse(f"evaluation:{name}", args=[concern.reference])


def told(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"evaluation.{kind}").values_list("to_name", flat=True))


def test_take_note_close() -> None:
    duty, now = make_duty(), timezone.now()
    concern = make_concern()

    take_concern(concern=concern, by=duty, now=now)
    note_on_concern(concern=concern, note="Rang the school’s safeguarding lead.", by=duty, now=now)
    close_concern(concern=concern, outcome="agency_acts", note="She has it in hand.", by=duty, now=now)

    concern.refresh_from_db()
    assert (concern.taken_by, concern.closed_at) == (duty.person, now)
    assert [step.code for step in concern.steps.all()] == ["raised", "taken", "note", "agency_acts"]


def test_second_click_changes_nothing() -> None:
    duty, now = make_duty(), timezone.now()
    concern = make_concern()

    for _ in range(2):
        take_concern(concern=concern, by=duty, now=now)
        note_on_concern(concern=concern, note="Rang.", by=duty, now=now)
    for _ in range(2):
        close_concern(concern=concern, outcome="advice", note="Done.", by=duty, now=now)

    codes = [step.code for step in concern.steps.all()]
    assert [codes.count(code) for code in ("taken", "advice")] == [1, 1]


def test_take_is_refused_when_another_has() -> None:
    first, second = make_duty("Dora Duty"), make_duty()
    concern = make_concern()
    take_concern(concern=concern, by=first, now=timezone.now())

    with pytest.raises(EvaluationError, match="Dora Duty has taken this concern"):
        take_concern(concern=concern, by=second, now=timezone.now())


def test_close_is_refused_before_it_is_taken() -> None:
    with pytest.raises(EvaluationError, match="Take the concern first"):
        close_concern(concern=make_concern(), outcome="advice", note="x", by=make_duty(), now=timezone.now())


@pytest.mark.parametrize("outcome", ["", "nonsense", "\u202e", "x" * 5000])
def test_close_is_refused_with_a_rubbish_outcome(outcome: str) -> None:
    duty, concern = make_duty(), make_concern()
    take_concern(concern=concern, by=duty, now=timezone.now())

    with pytest.raises(EvaluationError, match="Choose what came of it"):
        close_concern(concern=concern, outcome=outcome, note="x", by=duty, now=timezone.now())


@pytest.mark.parametrize("note", ["", "  \n", "x" * 501, "\x00"])
def test_rubbish_note_is_refused(note: str) -> None:
    with pytest.raises(EvaluationError):
        note_on_concern(concern=make_concern(), note=note, by=make_duty(), now=timezone.now())


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.COORDINATOR, Role.PDL_MEMBER, Role.ADMINISTRATOR])
def test_others_can_do_nothing(role: Role | None, client_of: ClientOf) -> None:
    concern, user = make_concern(text=SECRET), make_user(role=role)
    client = client_of(user)

    with pytest.raises(EvaluationError):
        take_concern(concern=concern, by=user, now=timezone.now())
    assert client.get(reverse("evaluation:concerns")).status_code == 403
    assert client.get(page("concern", concern)).status_code == 403
    assert [client.post(page(name, concern)).status_code for name in ("concern-take", "writer-agree")] == [403, 403]


def test_signed_out_goes_to_the_sign_in_page(client: Client) -> None:
    concern = make_concern()

    codes = [client.get(address).status_code for address in (reverse("evaluation:concerns"), page("concern", concern))]

    assert codes == [302, 302]
