"""Answers lead to nobody; they cost the same for many outcomes, and two at once are one."""

import threading

import pytest
from django.apps import apps
from django.db import close_old_connections, connection
from django.db.models import ForeignKey
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bookings.models import Booking
from evaluation.links import path_of
from evaluation.models import Answer, Comment, Concern, Invitation, Response, Stage
from tests.evaluation.answering_making import FULL
from tests.factories import make_partnership
from tests.factories_catalogue import make_course
from tests.factories_evaluation import (
    make_attended,
    make_invitation,
    make_past_event,
    make_response,
)
from training.catalogue.models import Event
from training.people.models import Person, User

# --- Privacy -----------------------------------------------------------------------------------


def test_no_foreign_key_leads_from_an_answer_to_a_person() -> None:
    """However many steps forwards: to the event, the course and the questions, and no further."""
    reached: set[object] = {Response, Answer, Comment}
    todo = [Response, Answer, Comment]
    while todo:
        targets = {field.related_model for field in todo.pop()._meta.fields if isinstance(field, ForeignKey)}
        todo += targets - reached
        reached |= targets

    assert Event in reached
    assert reached & {Person, User, Booking, Invitation, Concern} == set()


def test_nothing_that_belongs_to_a_person_points_to_an_answer() -> None:
    answers = {Response, Answer, Comment}
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model in answers
    }

    owners = {"Answer", "Comment", "CommentStep", "EvidenceItem", "EvidenceItemHistory"}
    assert {model.__name__ for model in pointing} <= owners


def test_response_has_no_column_with_an_hour() -> None:
    from django.db.models import DateTimeField

    kinds = [type(field) for model in (Response, Answer, Comment) for field in model._meta.fields]

    assert DateTimeField not in kinds


def test_no_value_of_a_response_stands_in_a_row_about_the_person(partnership: object) -> None:
    booking = make_attended()
    response = make_response(booking, comment="The lift was slow.")
    comment = response.comments.get()
    kept = {str(response.pk), response.pairing_key, str(comment.pk), comment.text}

    invitation = Invitation.objects.get(booking=booking, stage=Stage.END)
    about = [invitation, booking, booking.person, *booking.steps.all()]
    values = {str(value) for row in about for name, value in vars(row).items() if name != "_state"}

    assert kept & values == set()


def test_audit_keeps_nothing_of_an_answer(invitation: Invitation, client: Client) -> None:
    from pghistory.models import Events

    before = Events.objects.count()

    client.post(path_of(invitation), FULL)

    assert Events.objects.count() == before


# --- Cost and races ----------------------------------------------------------------------------


def test_answer_costs_as_many_queries_for_five_outcomes_as_for_one(partnership: object, client: Client) -> None:
    counts = []
    for number in (1, 5):
        course = make_course(outcomes=[f"Do thing {n}" for n in range(number)])
        invitation = make_invitation(make_attended(make_past_event(course=course)))
        given = {"relevance": "4"} | {f"outcome_now-{n + 1}": "4" for n in range(number)}
        with CaptureQueriesContext(connection) as captured:
            assert client.post(path_of(invitation), given).status_code == 302
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert counts[0] <= 16


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one() -> None:
    make_partnership()
    invitation = make_invitation(make_attended())
    codes, barrier = [], threading.Barrier(2)

    def send() -> None:
        barrier.wait()
        codes.append(Client().post(path_of(invitation), FULL).status_code)
        close_old_connections()
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [302, 404]
    assert Response.objects.count() == 1
