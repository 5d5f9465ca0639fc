"""People who came, what they were asked and what they answered, for tests: made by the real actions."""

import datetime
from typing import Any

from django.utils import timezone

from bookings.actions.register import mark
from bookings.models import Booking, Mark
from evaluation.actions.answering import answer
from evaluation.actions.asking import ask_after, ask_before
from evaluation.answering import Given, find_asked
from evaluation.links import token_of
from evaluation.models import Concern, Invitation, Question, Questionnaire, QuestionnaireVersion, Response, Stage
from evaluation.questionnaires import OUTCOME_KINDS
from evaluation.standing import load_standing
from tests.factories import grant_directly, make_person, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, make_event
from training.catalogue.models import Event
from training.people.models import Agency, Person, Role, User

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def ensure_questionnaires() -> None:
    """The standing questions; tests that empty the database between them empty these too."""
    load_standing(Questionnaire, QuestionnaireVersion, Question)


def make_past_event(*, days_ago: int = 1, **fields: Any) -> Event:
    """A date of so many days ago: a course with two outcomes unless said."""
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    return make_event(days=[day], **fields)


def attend(booking: Booking) -> Booking:
    """Marked as here on every day of the date."""
    for session in booking.event.sessions.all():
        mark(session=session, booking=booking, mark=Mark.PRESENT, by=any_coordinator(), now=session.starts_at)
    return booking


def make_attended(event: Event | None = None, person: Person | None = None, **fields: Any) -> Booking:
    """Somebody who came; a date of yesterday unless one is given."""
    return attend(make_booking(event or make_past_event(), person, **fields))


def make_invitation(booking: Booking, stage: Stage = Stage.END, *, now: datetime.datetime | None = None) -> Invitation:
    """What the clock would have planned for this booking, planned now; a baseline's person has a place to come."""
    ensure_questionnaires()
    if stage == Stage.BASELINE:
        ask_before(event_pk=booking.event_id, now=now or max(booking.made_at, booking.event.starts_at - DAY))
    else:
        ask_after(event_pk=booking.event_id, now=now or booking.event.ends_at + HOUR)
    return Invitation.objects.get(booking=booking, stage=stage)


def token_for(invitation: Invitation) -> str:
    return token_of(invitation.reference)


def make_response(
    booking: Booking,
    stage: Stage = Stage.END,
    *,
    now: datetime.datetime | None = None,
    is_about_safety: bool = False,
    **answers: Any,
) -> Response:
    """This person's answers to a stage, through the personal link.

    `answers` are by the code of the question: a number for a rating, the words for a choice or a text, and for the
    confidence questions one number for all outcomes or a list with one each. What is required and not given is a 4,
    or the first choice.
    """
    invitation = Invitation.objects.filter(booking=booking, stage=stage).first() or make_invitation(booking, stage)
    moment = now or max(invitation.due_at, _latest_start(booking, stage)) + HOUR / 4
    asked = find_asked(token_for(invitation), moment)
    assert asked is not None, "this invitation cannot be answered at that moment"
    given = [one for question in asked.questions for one in _given(question, asked.outcomes, answers)]
    response, _ = answer(token=token_for(invitation), given=given, is_about_safety=is_about_safety, now=moment)
    return response


def _latest_start(booking: Booking, stage: Stage) -> datetime.datetime:
    return booking.made_at if stage == Stage.BASELINE else booking.event.ends_at


def _given(question: Question, outcomes: Any, answers: dict[str, Any]) -> list[Given]:
    value = answers.get(question.code)
    if question.kind in OUTCOME_KINDS:
        value = 4 if value is None and question.is_required else value
        ratings = value if isinstance(value, list) else [value] * len(outcomes)
        return [Given(question, one, rating=rating) for one, rating in zip(outcomes, ratings, strict=True) if rating]
    if value is None and not question.is_required:
        return []
    if question.kind == Question.Kind.RATING:
        return [Given(question, rating=4 if value is None else value)]
    if question.kind == Question.Kind.CHOICE:
        return [Given(question, choice=question.choices[0] if value is None else value)]
    return [Given(question, text=value or "Words")]


def make_responses(
    event: Event, number: int, stage: Stage = Stage.END, *, agency: Agency | None = None, **answers: Any
) -> list[Response]:
    """So many people who came to this date and all answered alike."""
    return [make_response(make_attended(event, agency=agency), stage, **answers) for _ in range(number)]


def make_duty(name: str = "") -> User:
    """A safeguarding duty person with a login."""
    person = make_person(name)
    grant_directly(person, Role.DUTY)
    return make_user(person)


def make_concern(booking: Booking | None = None, text: str = "I am worried about a child.", **fields: Any) -> Concern:
    """Raised by ticking the box in an end form."""
    booking = booking or make_attended()
    make_response(booking, is_about_safety=True, comment=text, **fields)
    return Concern.objects.get(booking=booking)
