"""Answering: the answers are kept under a pseudonym, and no row that names somebody is written with them."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from evaluation.actions.concerns import raise_concern
from evaluation.actions.screening import found_in
from evaluation.answering import Asked, Given, find_asked, has_answered
from evaluation.concern_words import may_be_a_concern
from evaluation.errors import EvaluationError
from evaluation.locking import one_at_a_time
from evaluation.models import Answer, Comment, Concern, Response
from training.web.when import london_day

CLOSED = "This link does not work any more. If you have sent your answers, we have them."


def answer(
    *, token: str, given: Sequence[Given], is_about_safety: bool, now: datetime.datetime
) -> tuple[Response, Concern | None]:
    """Keep the answers. Nothing of the response points to the invitation, the booking or the hour.

    What was written goes to the duty people at once, and to nobody else, when the writer says that it is about safety;
    so do the texts that look like it, until the duty people have dealt with them. That comes first and in a
    transaction of its own: PostgreSQL notes in every row which transaction wrote it, and a concern knows its booking.
    The invitation is not written at all (docs/adr says why); whoever has answered is found by the pseudonym. Raises
    EvaluationError for a link that is wrong, used or closed.
    """
    texts = [one for one in given if one.text]
    worrying = texts if is_about_safety else [one for one in texts if may_be_a_concern(one.text)]
    concern = None
    if worrying or is_about_safety:
        with transaction.atomic():
            concern = _concern_of(_asked(token, now), worrying, is_about_safety, now)
    with transaction.atomic():
        asked = _asked(token, now)
        response = _keep_response(asked, now)
        _keep_answers(response, given)
        _keep_comments(response, [one for one in texts if one not in worrying])
    return response, concern


def _asked(token: str, now: datetime.datetime) -> Asked:
    """What the link asks, with other answers to the same waiting until this transaction is over."""
    asked = find_asked(token, now)
    if asked is not None:
        one_at_a_time(f"answer {asked.key} {asked.invitation.stage}")
    if asked is None or has_answered(asked):
        raise EvaluationError(CLOSED)
    return asked


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


def _concern_of(asked: Asked, texts: Sequence[Given], is_ticked: bool, now: datetime.datetime) -> Concern:
    """The one that an answer left behind which did not get further, if it is sent again; else a new one."""
    found = Concern.Found.TICKED if is_ticked else Concern.Found.MATCHED
    words, stage = [one.text for one in texts], asked.invitation.stage
    same = Concern.objects.open().filter(booking=asked.booking, stage=stage, found=found, text="\n\n".join(words))
    return same.first() or raise_concern(booking=asked.booking, texts=words, found=found, stage=stage, now=now)
