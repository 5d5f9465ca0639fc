"""What a personal link opens: which questions, about which date, for which person; and what was answered."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bookings.models import Booking
from evaluation.models import Invitation, Question, Response, Stage
from evaluation.pairing import pairing_key
from evaluation.questionnaires import OUTCOME_KINDS
from training.catalogue.models import Event, LearningOutcome
from training.web.tokens import hash_token


@dataclass(frozen=True)
class Asked:
    """An invitation that may be answered now, with the booking that its episode has come to."""

    invitation: Invitation
    booking: Booking

    @property
    def event(self) -> Event:
        return self.booking.event

    @property
    def title(self) -> str:
        return self.event.version.title

    @property
    def key(self) -> str:
        return pairing_key(self.booking.episode)

    @cached_property
    def outcomes(self) -> list[LearningOutcome]:
        return list(self.event.version.outcomes.all())

    @cached_property
    def questions(self) -> list[Question]:
        """In order. "Before today I was…" is for whoever said nothing before the course."""
        questions = list(self.invitation.version.questions.all())
        if any(one.kind == Question.Kind.OUTCOME_BEFORE for one in questions) and self._has_baseline():
            questions = [one for one in questions if one.kind != Question.Kind.OUTCOME_BEFORE]
        return [one for one in questions if one.kind not in OUTCOME_KINDS or self.outcomes]

    def _has_baseline(self) -> bool:
        return Response.objects.filter(pairing_key=self.key, stage=Stage.BASELINE).exists()


@dataclass(frozen=True)
class Given:
    """One answer: a rating (of an outcome or not), a choice, or words."""

    question: Question
    outcome: LearningOutcome | None = None
    rating: int | None = None
    choice: str = ""
    text: str = ""


def find_asked(token: str, now: datetime.datetime) -> Asked | None:
    """What this token asks; None for one that is wrong, used or too old, or whose booking is over, all alike."""
    rows = Invitation.objects.open(now).filter(token_hash=hash_token(token))
    invitation = rows.select_related("booking", "version").first()
    booking = _booking_now(invitation.booking.episode) if invitation else None
    asked = Asked(invitation, booking) if invitation and booking else None
    return None if asked is None or has_answered(asked) else asked


def has_answered(asked: Asked) -> bool:
    """By this link, or on an earlier booking of the same episode, which had a link of its own."""
    return Response.objects.filter(pairing_key=asked.key, stage=asked.invitation.stage).exists()


def answered_among(invitations: Iterable[Invitation], before: datetime.date | None = None) -> set[int]:
    """The ids of those that have been answered, `before` a day or at all; each with its booking. One query.

    `is_spent` says so too, but only from the night after: it is not written together with an answer.
    """
    asked = {one.pk: (pairing_key(one.booking.episode), one.stage) for one in invitations}
    rows = Response.objects.filter(pairing_key__in=[key for key, _ in asked.values()])
    rows = rows.filter(on__lt=before) if before else rows
    found = set(rows.values_list("pairing_key", "stage"))
    return {pk for pk, pair in asked.items() if pair in found}


def _booking_now(episode: uuid.UUID) -> Booking | None:
    """Whoever moved to another date answers about that one; whoever cancelled is asked nothing."""
    rows = Booking.objects.kept_to_the_end().filter(episode=episode)
    return rows.select_related("event__version__course", "employment__agency").order_by("-pk").first()
