"""The messages that ask, their reminders, and who has answered noted a day later."""

import pytest
from django.utils import timezone

from evaluation.actions.asking import ask_after, ask_before
from evaluation.actions.posting import note_answered, post_due, remind_all
from evaluation.links import token_hash_of, token_of
from evaluation.models import Stage
from tests.factories import make_agency, make_person
from tests.factories_bookings import make_booking
from tests.factories_catalogue import make_event
from tests.factories_evaluation import (
    DAY,
    HOUR,
    make_attended,
    make_invitation,
    make_past_event,
    make_response,
    token_for,
)
from training.outbox.models import Message

pytestmark = pytest.mark.usefixtures("partnership")


def asked_by_message() -> list[str]:
    kinds = Message.objects.filter(kind__startswith="evaluation.ask_").order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("evaluation.ask_") for kind in kinds]


def test_message_holds_the_link_and_hides_it_afterwards() -> None:
    invitation = make_invitation(make_attended())

    post_due(now=invitation.due_at)

    message = Message.objects.get(kind="evaluation.ask_end")
    assert f"/evaluate/{token_for(invitation)}/" in message.text
    assert message.has_secret
    assert message.expires_at == invitation.closes_at


def test_database_keeps_only_the_hash() -> None:
    invitation = make_invitation(make_attended())

    assert invitation.token_hash == token_hash_of(invitation.reference)
    assert token_of(invitation.reference) not in str(vars(invitation))


def test_somebody_without_an_address_is_not_posted() -> None:
    booking = make_attended(person=make_person(email="", agency=make_agency()))
    make_invitation(booking)

    assert post_due(now=timezone.now() + DAY) == 0


def test_reminders_after_three_and_seven_days_with_the_same_link() -> None:
    invitation = make_invitation(make_attended())
    start = invitation.due_at
    post_due(now=start)

    made = [remind_all(now=start + DAY * days) for days in range(1, 15)]

    assert made == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]
    assert asked_by_message() == ["end", "end", "end"]
    assert all(
        token_for(invitation) in text
        for text in Message.objects.filter(kind="evaluation.ask_end").values_list("text", flat=True)
    )


def test_reminders_missed_do_not_come_together() -> None:
    invitation = make_invitation(make_attended())
    post_due(now=invitation.due_at)

    made = [remind_all(now=invitation.due_at + DAY * 10 + HOUR * hours) for hours in range(3)]

    assert made == [1, 0, 0]


def test_reminder_is_not_sent_to_whoever_answered() -> None:
    booking = make_attended()
    invitation = make_invitation(booking)
    post_due(now=invitation.due_at)
    make_response(booking)

    assert remind_all(now=invitation.due_at + DAY * 4) == 0


def test_reminder_is_not_sent_after_closing() -> None:
    invitation = make_invitation(make_attended())
    post_due(now=invitation.due_at)

    assert remind_all(now=invitation.closes_at + HOUR) == 0


def test_answered_is_noted_a_day_later() -> None:
    booking = make_attended()
    make_response(booking)
    invitation = booking.invitations.get(stage=Stage.END)
    assert invitation.answered_on is None

    today = timezone.localdate()
    assert note_answered(today=today) == 1
    assert note_answered(today=today + DAY) == 0

    invitation.refresh_from_db()
    assert invitation.answered_on == today - DAY


def test_planning_asks_as_often_for_three_people_as_for_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 3):
        before, over = make_event(), make_past_event()
        for _ in range(number):
            make_booking(before)
            make_attended(over)
        with CaptureQueriesContext(connection) as captured:
            ask_before(event_pk=before.pk, now=timezone.now())
            ask_after(event_pk=over.pk, now=timezone.now())
        counts.append(len(captured))

    assert counts[0] == counts[1]
