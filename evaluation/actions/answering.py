"""Answering: one transaction, in which the invitation is spent and the answers are kept under a pseudonym."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from evaluation.actions.concerns import raise_concern
from evaluation.actions.screening import found_in
from evaluation.answering import Asked, Given, find_asked
from evaluation.concern_words import may_be_a_concern
from evaluation.errors import EvaluationError
from evaluation.models import Answer, Comment, Concern, Response
from training.web.when import london_day

CLOSED = "This link does not work any more. If you have sent your answers, we have them."


@transaction.atomic
def answer(
    *, token: str, given: Sequence[Given], is_about_safety: bool, now: datetime.datetime
) -> tuple[Response, Concern | None]:
    """Keep the answers. Nothing of the response points to the invitation, the booking or the hour.

    What was written goes to the duty people at once when the writer says that it is about safety, and then to nobody
    else; words that merely look like it are kept as a comment too. Raises EvaluationError for a link that is wrong,
    used or closed.
    """
    asked = find_asked(token, now, locked=True)
    if asked is None or _has_answered(asked):
        raise EvaluationError(CLOSED)
    asked.invitation.is_spent = True
    asked.invitation.save(update_fields=["is_spent"])
    texts = [one for one in given if one.text]
    response = _keep_response(asked, now)
    _keep_answers(response, given)
    if not is_about_safety:
        _keep_comments(response, texts)
    return response, _concern_of(asked, texts, is_about_safety, now)


def _has_answered(asked: Asked) -> bool:
    """On an earlier booking of the same episode, which had a link of its own."""
    return Response.objects.filter(pairing_key=asked.key, stage=asked.invitation.stage).exists()


def _keep_response(asked: Asked, now: datetime.datetime) -> Response:
    employment = asked.booking.employment
    return Response.objects.create(
        version=asked.invitation.version,
        event=asked.event,
        stage=asked.invitation.stage,
        pairing_key=asked.key,
        sector=employment.agency.sector if employment else "",
        on=london_day(now),
    )


def _keep_answers(response: Response, given: Sequence[Given]) -> None:
    Answer.objects.bulk_create(
        Answer(response=response, question=one.question, outcome=one.outcome, rating=one.rating, choice=one.choice)
        for one in given
        if one.rating is not None or one.choice
    )


def _keep_comments(response: Response, texts: Sequence[Given]) -> None:
    Comment.objects.bulk_create(
        Comment(response=response, question=one.question, text=one.text, suspicions=found_in(one.text)) for one in texts
    )


def _concern_of(asked: Asked, texts: Sequence[Given], is_ticked: bool, now: datetime.datetime) -> Concern | None:
    worrying = texts if is_ticked else [one for one in texts if may_be_a_concern(one.text)]
    if not worrying and not is_ticked:
        return None
    found = Concern.Found.TICKED if is_ticked else Concern.Found.MATCHED
    return raise_concern(booking=asked.booking, texts=[one.text for one in worrying], found=found, now=now)
