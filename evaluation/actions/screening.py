"""Screening: somebody reads what people wrote before anybody else does."""

import datetime
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.db import transaction

from evaluation.errors import EvaluationError
from evaluation.models import Comment, EvidenceItem
from evaluation.screening import suspicions
from evaluation.screening.redacting import missing, redacted
from training.people.models import Person, User
from training.people.permissions import Permission

REASON_LIMIT = 200
WITHHELD_WITH_IT = "The answer that it rests on is withheld."


def found_in(text: str) -> list[dict[str, Any]]:
    """What is suspected in a text, as a comment keeps it."""
    return [asdict(one) for one in suspicions(text)]


@transaction.atomic
def clear_comment(
    *,
    comment: Comment,
    seen: str,
    take_out: Collection[str],
    words: Collection[str] = (),
    may_be_quoted: bool,
    by: User,
    now: datetime.datetime,
) -> Comment:
    """Let it be read in reports, or quoted too, without what is taken out.

    `seen` is the state in which the screener read it; `take_out` are keys of suspicions, `words` are further ones.
    Raises EvaluationError when somebody else was quicker, or a word is not there.
    """
    locked, person = _locked(comment, by)
    state = Comment.State.QUOTABLE if may_be_quoted else Comment.State.CLEARED
    found = suspicions(locked.text)
    if unknown := set(take_out) - {one.key for one in found}:
        raise EvaluationError(f"The marks of this page are out of date ({len(unknown)}). Open it again.")
    if absent := missing(locked.text, words):
        raise EvaluationError(f"“{absent[0][:60]}” is not in the answer. Write the words as they stand there.")
    text = redacted(locked.text, found, take_out, words)
    if (locked.state, locked.cleared_text) == (state, text):
        return locked
    _refuse_if_stale(locked, seen)
    if locked.state == Comment.State.WITHHELD and may_be_quoted:
        raise EvaluationError("Let it be read first. Whether it may be quoted is a second look.")
    if locked.state == state:
        raise EvaluationError("It is in use with other words taken out. Withhold it first, then clear it anew.")
    locked.cleared_text = text
    locked.move_to(state, by=person, now=now)
    return locked


@transaction.atomic
def withhold_comment(*, comment: Comment, seen: str, reason: str, by: User, now: datetime.datetime) -> Comment:
    """Show it to nobody, with the reason; evidence that rests on it is evidence no more. Raises EvaluationError."""
    locked, person = _locked(comment, by)
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise EvaluationError("Enter why it is not to be shown.")
    if len(reason) > REASON_LIMIT:
        raise EvaluationError(f"The reason is {len(reason)} characters. Write {REASON_LIMIT} or fewer.")
    if locked.state == Comment.State.WITHHELD:
        return locked
    _refuse_if_stale(locked, seen)
    locked.cleared_text = ""
    locked.move_to(Comment.State.WITHHELD, by=person, now=now, reason=reason)
    for item in EvidenceItem.objects.select_for_update().filter(comment=locked).exclude(state="rejected"):
        item.move_to(EvidenceItem.State.REJECTED, by=person, now=now, reason=WITHHELD_WITH_IT)
    return locked


def _locked(comment: Comment, by: User) -> tuple[Comment, Person]:
    if by.person is None or not by.may(Permission.SCREEN_ANSWERS):
        raise EvaluationError("Only a screener can decide about an answer.")
    return Comment.objects.select_for_update().get(pk=comment.pk), by.person


def _refuse_if_stale(locked: Comment, seen: str) -> None:
    """The second of two screeners who had it open is told what the first made of it."""
    if locked.state != seen:
        last = locked.steps.select_related("by").last()
        who = last.by.name if last else "Somebody else"
        raise EvaluationError(f"{who} was quicker: it is now “{locked.get_state_display().lower()}”.")
