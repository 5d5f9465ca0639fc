"""What PostgreSQL itself keeps in every row does not tie an answer to a person: xmin, xmax, ctid, numbers."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bookings.models import Booking
from evaluation.actions.confirming import confirm
from evaluation.actions.posting import note_answered, post_due, remind_all
from evaluation.errors import EvaluationError
from evaluation.links import manager_token_of
from evaluation.managers import Told
from evaluation.models import Answer, Comment, Invitation, ManagerConfirmation, Response, Stage
from tests.evaluation.making import make_ran, partnership, rate
from tests.evaluation.manager_making import make_confirmations
from tests.factories import make_partnership
from tests.factories_evaluation import DAY, make_attended, make_duty, make_invitation, make_response
from training.outbox.models import Message

ANSWERS = ("evaluation_response", "evaluation_answer", "evaluation_comment")
# Rows that say whom they are about. Dates and questions are everybody's.
PERSONAL = (
    "evaluation_invitation",
    "evaluation_concern",
    "evaluation_concernstep",
    "evaluation_managerdigest",
    "evaluation_managerconfirmation",
    "bookings_booking",
    "bookings_bookingstep",
    "people_person",
    "people_employment",
    "outbox_message",
)


def transactions(tables: tuple[str, ...]) -> set[str]:
    """Every transaction that wrote or locked a row of these tables."""
    with connection.cursor() as cursor:
        rows: list[tuple[Any, ...]] = []
        for table in tables:
            cursor.execute(f"SELECT xmin::text, xmax::text FROM {table}")  # noqa: S608 - names of our own tables
            rows += cursor.fetchall()
    return {value for row in rows for value in row} - {"0"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("words", ["The lift was slow.", "Her brother hits her and I told nobody."])
@pytest.mark.parametrize("is_ticked", [False, True])
def test_no_transaction_wrote_both_an_answer_and_a_row_about_somebody(words: str, is_ticked: bool) -> None:
    make_partnership()
    make_duty()
    make_response(make_attended(), comment=words, is_about_safety=is_ticked)

    assert transactions(ANSWERS) & transactions(PERSONAL) == set()

    note_answered(today=timezone.localdate() + DAY)

    assert Invitation.objects.get(stage=Stage.END).is_spent
    assert Response.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_wrote_both_a_managers_example_and_their_answer() -> None:
    make_partnership()
    row = make_confirmations()[0]
    told = [Told(row.reference, ManagerConfirmation.State.SAW_CHANGE, "She rings the school first.")]
    confirm(token=manager_token_of(row.digest.reference), told=told, is_about_safety=False, now=timezone.now())

    assert Comment.objects.count() == 1
    assert transactions(ANSWERS) & transactions(PERSONAL) == set()


@pytest.mark.django_db(transaction=True)
def test_night_leaves_one_transaction_and_no_order() -> None:
    partnership()
    event = make_ran(days_ago=1)
    today = timezone.localdate()
    for _ in range(30):
        rate(event, [4], on=today - DAY)
    before = list(Response.objects.values_list("pk", flat=True).order_by("pk"))
    order = places()

    note_answered(today=today)

    assert len(transactions(("evaluation_response", "evaluation_answer"))) == 1
    assert list(Response.objects.values_list("pk", flat=True).order_by("pk")) == before
    assert places() != order
    assert list(Answer.objects.values_list("rating", flat=True)) == [4] * 30
    assert in_order_of_numbers() != order


def places() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text FROM evaluation_response ORDER BY ctid")
        return [row[0] for row in cursor.fetchall()]


def in_order_of_numbers() -> list[str]:
    return [str(pk) for pk in Answer.objects.order_by("pk").values_list("response_id", flat=True)]


def test_night_leaves_the_answers_of_today_alone(partnership: object) -> None:
    response = make_response(make_attended(), comment="Fine.")
    kept = set(Answer.objects.values_list("pk", flat=True))

    note_answered(today=response.on)

    assert set(Answer.objects.values_list("pk", flat=True)) == kept


# --- Once, though the invitation does not say so yet -------------------------------------------------


def test_link_works_once_before_the_night(partnership: object) -> None:
    booking = make_attended()
    make_response(booking)

    assert booking.invitations.get(stage=Stage.END).is_spent is False
    with pytest.raises((EvaluationError, AssertionError)):
        make_response(booking)
    assert Response.objects.count() == 1


def test_whoever_answered_before_the_message_went_out_gets_none(partnership: object) -> None:
    booking: Booking = make_attended()
    make_invitation(booking)
    make_response(booking)

    assert post_due(now=timezone.now()) == 0
    assert Message.objects.filter(kind="evaluation.ask_end").count() == 0


def test_whoever_answered_today_is_not_reminded_today(partnership: object) -> None:
    booking = make_attended()
    invitation = make_invitation(booking)
    post_due(now=invitation.due_at)
    make_response(booking, now=invitation.due_at + 3 * DAY)

    assert remind_all(now=invitation.due_at + 3 * DAY) == 0
