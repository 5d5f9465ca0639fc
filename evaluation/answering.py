"""What a personal link opens: which questions, about which date, for which person; and what was answered."""

import datetime
import uuid
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


def find_asked(token: str, now: datetime.datetime, *, locked: bool = False) -> Asked | None:
    """What this token asks; None for one that is wrong, used, too old, or whose booking is over: nobody learns which.

    With `locked` a second answer to the same invitation waits for the first.
    """
    rows = Invitation.objects.open(now).filter(token_hash=hash_token(token))
    if locked:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.select_related("booking", "version").first()
    booking = _booking_now(invitation.booking.episode) if invitation else None
    return Asked(invitation, booking) if invitation and booking else None


def _booking_now(episode: uuid.UUID) -> Booking | None:
    """Whoever moved to another date answers about that one; whoever cancelled is asked nothing."""
    rows = Booking.objects.expected().filter(episode=episode)
    return rows.select_related("event__version__course", "employment__agency").order_by("-pk").first()
