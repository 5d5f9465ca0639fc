"""The pseudonym, against a value worked out elsewhere; and what PostgreSQL refuses of answers."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from evaluation.models import Answer, Invitation, Response, Stage
from evaluation.pairing import pairing_key
from tests.factories_evaluation import make_attended, make_invitation, make_response


def test_pairing_key_is_hmac_sha256(settings: object) -> None:
    """Worked out with openssl: head -c16 /dev/zero | openssl dgst -sha256 -hmac key."""
    settings.PAIRING_KEY = "key"  # type: ignore[attr-defined]

    assert pairing_key(uuid.UUID(int=0)) == "8d7bc0f5c3eee3d89e57dfe54ad251b55fc59e6c2e8387c0889a151a310b552d"


def test_postgresql_refuses_a_second_response_of_a_stage(partnership: object) -> None:
    response = make_response(make_attended())

    with pytest.raises(IntegrityError, match="response_once_a_person_and_stage"), transaction.atomic():
        Response.objects.create(
            version=response.version,
            event=response.event,
            stage=response.stage,
            pairing_key=response.pairing_key,
            on=response.on,
        )


def test_postgresql_refuses_a_second_invitation_of_a_stage(partnership: object) -> None:
    first = make_invitation(make_attended())

    with pytest.raises(IntegrityError, match="invitation_once_a_stage"), transaction.atomic():
        Invitation.objects.create(
            booking=first.booking,
            stage=Stage.END,
            version=first.version,
            token_hash="x",
            due_at=first.due_at,
            closes_at=first.closes_at,
        )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"closes_at": "due_at"}, "invitation_is_open_for_a_while"),
        ({"answered_on": timezone.now().date()}, "invitation_answered_is_spent"),
    ],
)
def test_postgresql_refuses_an_impossible_invitation(partnership: object, change: dict[str, object], name: str) -> None:
    from django.db.models import F

    invitation = make_invitation(make_attended())
    values = {field: F(value) if isinstance(value, str) else value for field, value in change.items()}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**values)


@pytest.mark.parametrize(
    ("rating", "choice", "name"),
    [
        (0, "", "answer_rating_is_1_to_5"),
        (6, "", "answer_rating_is_1_to_5"),
        (None, "", "answer_is_a_rating_or_a_choice"),
        (3, "Yes", "answer_is_a_rating_or_a_choice"),
    ],
)
def test_postgresql_refuses_an_impossible_answer(
    partnership: object, rating: int | None, choice: str, name: str
) -> None:
    response = make_response(make_attended())
    question = response.version.questions.get(code="trainer")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Answer.objects.create(response=response, question=question, rating=rating, choice=choice)


def test_postgresql_refuses_the_same_answer_twice(partnership: object) -> None:
    response = make_response(make_attended())
    given = response.answers.get(question__code="relevance")

    with pytest.raises(IntegrityError, match="answer_once_a_question"), transaction.atomic():
        Answer.objects.create(response=response, question=given.question, rating=1)
