"""Bookings, marks and answers in bulk, for figures that rest on dozens of people.

What one person does goes through the real actions (`tests/factories_evaluation.py`); here rows are written as those
actions write them, since sums over them are what is tested.
"""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from bookings.models import Booking, Mark, Origin, Register, RegisterMark, Status
from evaluation.models import Answer, Comment, Invitation, Question, Response
from evaluation.pairing import pairing_key
from tests.factories import make_agency, make_partnership, make_person
from tests.factories_bookings import ensure_policy
from tests.factories_catalogue import any_coordinator, make_event, make_venue
from tests.factories_evaluation import ensure_questionnaires
from training.catalogue.models import Event
from training.people.models import Agency, Employment, Partnership, Person

DAY = datetime.timedelta(days=1)


def make_ran(*, days_ago: int = 200, people: int = 0, **fields: Any) -> Event:
    """A date so many days ago, with so many people who came: all of its forms are closed unless it is recent."""
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    places = {"room_limit": 400, "places_offered": 20, "venue": make_venue(capacity=500), **fields}
    event = make_event(days=[day], **places)
    book(event, people)
    return event


def book(
    event: Event,
    number: int,
    mark: Mark | None = Mark.PRESENT,
    *,
    agency: Agency | None = None,
    status: Status = Status.BOOKED,
    origin: Origin = Origin.BOOKED,
) -> list[Booking]:
    """So many bookings that all ended alike; without a mark they are on a register that is not complete."""
    if not number:
        return []
    agency = agency or make_agency()
    policy = ensure_policy()
    person = make_person(agency=agency)
    employment = person.employments.get()
    persons = Person.objects.bulk_create(
        [Person(name=f"P {n}", email="p@x.example", created_at=event.starts_at) for n in range(number)]
    )
    employments = Employment.objects.bulk_create(
        [Employment(person=one, agency=agency, period=employment.period, standing="confirmed") for one in persons]
    )
    bookings = Booking.objects.bulk_create(
        [
            Booking(
                event=event,
                person=one,
                employment=job,
                policy_version=policy,
                status=status,
                origin=origin,
                made_at=event.starts_at - 9 * DAY,
            )
            for one, job in zip(persons, employments, strict=True)
        ]
    )
    if mark and status == Status.BOOKED:
        by = any_coordinator().person
        RegisterMark.objects.bulk_create(
            [
                RegisterMark(
                    session=session,
                    booking=one,
                    mark=mark,
                    made_at=session.starts_at,
                    received_at=session.starts_at,
                    by=by,
                )
                for one in bookings
                for session in event.sessions.all()
            ]
        )
    return bookings


def send_registers(event: Event, *, after: datetime.timedelta = DAY / 24) -> None:
    by = any_coordinator().person
    for session in event.sessions.all():
        Register.objects.update_or_create(
            session=session,
            defaults={"first_sent_at": session.ends_at + after, "sent_at": session.ends_at + after, "sent_by": by},
        )


def question(stage: str, code: str) -> Question:
    ensure_questionnaires()
    return Question.objects.get(
        version__questionnaire__stage=stage, version__questionnaire__course=None, version__is_current=True, code=code
    )


def respond(
    event: Event, stage: str, *, episode: uuid.UUID | None = None, on: datetime.date | None = None, **answers: Any
) -> Response:
    """One person’s answers: a number, one for each of the first outcomes, a choice’s words or a comment’s fields."""
    asked = question(stage, "outcome_now").version
    response = Response.objects.create(
        version=asked,
        event=event,
        stage=stage,
        pairing_key=pairing_key(episode or uuid.uuid4()),
        on=on or timezone.localdate(event.ends_at) + DAY,
    )
    for code, value in answers.items():
        _answer(response, question(stage, code), event, value)
    return response


def _answer(response: Response, asked: Question, event: Event, value: Any) -> None:
    if asked.kind == Question.Kind.TEXT:
        Comment.objects.create(response=response, question=asked, **value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        outcomes = event.version.outcomes.order_by("position")
        Answer.objects.bulk_create(
            Answer(response=response, question=asked, outcome=outcome, rating=rating)
            for outcome, rating in zip(outcomes, value, strict=False)
        )
    elif asked.kind == Question.Kind.CHOICE:
        Answer.objects.create(response=response, question=asked, choice=value)
    else:
        Answer.objects.create(response=response, question=asked, rating=value)


def rate(event: Event, ratings: Sequence[int], code: str = "relevance", stage: str = "end", **fields: Any) -> None:
    for rating in ratings:
        respond(event, stage, **{code: rating}, **fields)


def pair(
    event: Event, before: Sequence[int], after: Sequence[int], *, looking_back: Sequence[int] | None = None
) -> uuid.UUID:
    """One person before and after; the ratings are those of each outcome."""
    episode = uuid.uuid4()
    respond(event, "baseline", episode=episode, outcome_now=before, on=timezone.localdate(event.starts_at) - DAY)
    remembered = {"outcome_before": looking_back} if looking_back else {}
    respond(event, "end", episode=episode, outcome_now=after, **remembered)
    return episode


def invite(bookings: Sequence[Booking], stage: str = "end", *, closes_at: datetime.datetime | None = None) -> None:
    version = question(stage, "outcome_now").version
    Invitation.objects.bulk_create(
        Invitation(
            booking=one,
            stage=stage,
            version=version,
            token_hash=uuid.uuid4().hex,
            reference=uuid.uuid4().hex[:8],
            due_at=one.event.ends_at,
            posted_at=one.event.ends_at,
            closes_at=closes_at or one.event.ends_at + 21 * DAY,
        )
        for one in bookings
    )


def partnership() -> Partnership:
    return make_partnership()
