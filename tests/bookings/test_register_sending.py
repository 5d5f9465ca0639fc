"""Sending the register, and the records that follow from it."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bookings.actions.register import everyone_else_is_here, mark, send_register, undo
from bookings.errors import BookingsError
from bookings.models import Mark, Register
from tests.bookings.registering import AT_DOOR, DAY, at, latest, make_door
from tests.factories import make_user
from tests.factories_catalogue import make_trainer
from training.record.models import Achievement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door")]


def names() -> list[str]:
    return sorted(row.person.name for row in Achievement.objects.select_related("person"))


def test_send_writes_a_record_for_who_attended() -> None:
    door = make_door()
    mark(session=door.session, booking=door.bookings[0], mark=Mark.APOLOGIES, by=door.trainer, now=AT_DOOR)
    everyone_else_is_here(session=door.session, by=door.trainer, now=at(9, 40))

    register = send_register(session=door.session, by=door.trainer, now=at(13))

    assert (register.sent_at, register.first_sent_at, register.sent_by) == (at(13), at(13), door.trainer.person)
    assert names() == ["Ben Cole", "Cara Dunn"]
    row = Achievement.objects.first()
    assert row is not None
    assert (row.on, row.source, row.origin, row.version) == (
        DAY, "attended", f"event:{door.event.reference}", door.event.version,
    )  # fmt: skip


def test_send_names_who_is_not_marked() -> None:
    door = make_door(["Anna Bell", "Ben Cole", "Cara Dunn", "Dev Ekwe"])

    with pytest.raises(BookingsError) as refused:
        send_register(session=door.session, by=door.trainer, now=at(13))

    sentence = "4 people are not marked yet: Anna Bell, Ben Cole, Cara Dunn and 1 more."
    assert str(refused.value) == f"{sentence} Mark them, or say that they didn’t come."
    assert not Register.objects.filter(sent_at__isnull=False).exists()


def test_send_can_say_that_the_missing_did_not_come() -> None:
    door = make_door()
    mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)

    send_register(session=door.session, by=door.trainer, now=at(13), missing_did_not_come=True)

    assert latest(door.session) == {"Anna Bell": "present", "Ben Cole": "did_not_attend", "Cara Dunn": "did_not_attend"}
    assert names() == ["Anna Bell"]


def test_send_twice_changes_nothing() -> None:
    door = make_door()
    everyone_else_is_here(session=door.session, by=door.trainer, now=AT_DOOR)
    send_register(session=door.session, by=door.trainer, now=at(13))
    before = list(Achievement.objects.values())

    again = send_register(session=door.session, by=door.trainer, now=at(13, 5))

    assert again.sent_at == at(13)
    assert list(Achievement.objects.values()) == before


def test_send_after_a_correction_mends_the_records() -> None:
    door = make_door()
    everyone_else_is_here(session=door.session, by=door.trainer, now=AT_DOOR)
    send_register(session=door.session, by=door.trainer, now=at(13))
    kept = Achievement.objects.get(person=door.bookings[1].person)
    mark(session=door.session, booking=door.bookings[0], mark=Mark.DID_NOT_ATTEND, by=door.trainer, now=at(14))

    register = send_register(session=door.session, by=door.trainer, now=at(14, 5))

    assert (register.first_sent_at, register.sent_at) == (at(13), at(14, 5))
    assert names() == ["Ben Cole", "Cara Dunn"]
    assert Achievement.objects.get(person=door.bookings[1].person).serial == kept.serial


def test_send_waits_for_every_day() -> None:
    door = make_door(["Anna Bell", "Ben Cole"], days=2)
    first, second = door.sessions
    everyone_else_is_here(session=first, by=door.trainer, now=AT_DOOR)
    send_register(session=first, by=door.trainer, now=at(13))
    assert names() == []
    mark(session=second, booking=door.bookings[0], mark=Mark.DID_NOT_ATTEND, by=door.trainer, now=at(9, 30, days=1))
    everyone_else_is_here(session=second, by=door.trainer, now=at(9, 31, days=1))

    send_register(session=second, by=door.trainer, now=at(13, days=1))

    assert names() == ["Ben Cole"]
    assert Achievement.objects.get().on == DAY + datetime.timedelta(days=1)


def test_send_after_taking_a_mark_back_asks_again() -> None:
    door = make_door(["Anna Bell"])
    everyone_else_is_here(session=door.session, by=door.trainer, now=AT_DOOR)
    undo(session=door.session, booking=door.bookings[0], by=door.trainer, now=at(9, 50))

    with pytest.raises(BookingsError, match=r"^1 person is not marked yet: Anna Bell\."):
        send_register(session=door.session, by=door.trainer, now=at(13))


def test_send_before_it_begins_is_refused() -> None:
    door = make_door(["Anna Bell"])
    everyone_else_is_here(session=door.session, by=door.trainer, now=AT_DOOR)

    with pytest.raises(BookingsError, match=r"^You can send the register once the day has begun, Tue 9 Jun at 9:30\.$"):
        send_register(session=door.session, by=door.trainer, now=AT_DOOR)


def test_send_by_another_trainer_is_refused() -> None:
    door = make_door()

    with pytest.raises(BookingsError, match=r"^Only the trainers of this date"):
        send_register(session=door.session, by=make_user(make_trainer("Other")), now=at(13), missing_did_not_come=True)
    assert latest(door.session) == {}


def test_a_register_sent_by_nobody_is_refused_by_postgresql() -> None:
    door = make_door()

    for fields in ({"sent_at": at(13)}, {"sent_at": at(13), "sent_by": door.trainer.person}):
        with pytest.raises(IntegrityError, match="register_"), transaction.atomic():
            Register.objects.create(session=door.session, **fields)
