"""Who wrote a concern: sealed until two duty people agree."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.concerns import (
    agree_to_unseal,
    ask_to_unseal,
    is_unsealed,
)
from evaluation.errors import EvaluationError
from evaluation.models import Concern, Unsealing
from tests.conftest import ClientOf
from tests.factories_evaluation import make_concern, make_duty
from training.outbox.models import Message
from training.people.models.person import PersonView

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


def page(name: str, concern: Concern) -> str:
    return reverse(f"evaluation:{name}", args=[concern.reference])


def told(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"evaluation.{kind}").values_list("to_name", flat=True))


def test_two_duty_people_open_the_writer_together(client_of: ClientOf) -> None:
    asking, agreeing = make_duty("Dora Duty"), make_duty("Dan Duty")
    concern = make_concern()
    writer = concern.booking.person.name
    client = client_of(agreeing)

    client_of(asking).post(page("writer-ask", concern), {"reason": "The child cannot be found otherwise."})
    before = client.get(page("concern", concern)).content.decode()
    client.post(page("writer-agree", concern))
    after = client.get(page("concern", concern)).content.decode()

    assert [writer in before, writer in after] == [False, True]
    assert told("unsealing_asked") == ["Dan Duty"]
    assert PersonView.objects.filter(person=concern.booking.person, viewer=agreeing.person).count() == 1
    assert [step.code for step in concern.steps.all()] == ["raised", "unsealing_asked", "unsealed"]


def test_whoever_asked_cannot_agree() -> None:
    duty, concern = make_duty(), make_concern()
    ask_to_unseal(concern=concern, reason="Because", by=duty, now=timezone.now())

    with pytest.raises(EvaluationError, match="another duty person has to agree"):
        agree_to_unseal(concern=concern, by=duty, now=timezone.now())
    assert not is_unsealed(concern)


def test_agreeing_to_nothing_is_refused() -> None:
    with pytest.raises(EvaluationError, match="Nobody has asked"):
        agree_to_unseal(concern=make_concern(), by=make_duty(), now=timezone.now())


def test_asking_needs_a_reason() -> None:
    with pytest.raises(EvaluationError, match="Say why"):
        ask_to_unseal(concern=make_concern(), reason=" ", by=make_duty(), now=timezone.now())


def test_second_asker_keeps_the_first_reason_and_may_agree() -> None:
    first, second, concern = make_duty(), make_duty(), make_concern()
    ask_to_unseal(concern=concern, reason="First", by=first, now=timezone.now())

    unsealing = ask_to_unseal(concern=concern, reason="Second", by=second, now=timezone.now())
    agreed = agree_to_unseal(concern=concern, by=second, now=timezone.now())

    assert (unsealing.reason, agreed.asked_by, agreed.agreed_by) == ("First", first.person, second.person)


def test_postgresql_refuses_one_person_unsealing() -> None:
    duty, concern, now = make_duty(), make_concern(), timezone.now()

    with pytest.raises(IntegrityError, match="unsealing_takes_two"), transaction.atomic():
        Unsealing.objects.create(
            concern=concern, reason="x", asked_by=duty.person, asked_at=now, agreed_by=duty.person, agreed_at=now
        )


def test_postgresql_refuses_closing_what_nobody_took() -> None:
    concern = make_concern()

    with pytest.raises(IntegrityError, match="concern_closed_was_taken"), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(closed_at=timezone.now())
