"""Marking at the door: one tap, everyone else, taking back."""

import datetime
import threading
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from bookings.actions.register import everyone_else_is_here, mark, undo
from bookings.errors import BookingsError
from bookings.models import Mark, RegisterMark
from tests.bookings.registering import AT_DOOR, at, latest, make_door
from tests.factories import make_agency, make_user
from tests.factories_catalogue import make_teaching, make_trainer
from training.people.models import Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door")]


def test_mark_works() -> None:
    door = make_door()

    mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)

    row = RegisterMark.objects.get()
    assert (row.booking, row.mark, row.made_at, row.received_at) == (door.bookings[0], "present", AT_DOOR, AT_DOOR)
    assert row.by == door.trainer.person


def test_mark_by_a_coordinator_who_took_a_call(coordinator: User) -> None:
    door = make_door()

    mark(
        session=door.session, booking=door.bookings[0], mark=Mark.APOLOGIES, by=coordinator, now=at(8, 40),
        note="rang 8:40,  sick",
    )  # fmt: skip

    assert RegisterMark.objects.get().note == "rang 8:40, sick"


def test_mark_the_same_uuid_twice_is_one() -> None:
    door, tap = make_door(), uuid.uuid4()

    for _ in range(2):
        mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR, uuid=tap)

    assert RegisterMark.objects.count() == 1


def test_mark_made_later_counts_though_it_arrives_first() -> None:
    door = make_door(["Anna Bell"])
    anna = door.bookings[0]

    mark(session=door.session, booking=anna, mark=Mark.PRESENT, by=door.trainer, now=at(9, 40), made_at=at(9, 35))
    mark(
        session=door.session, booking=anna, mark=Mark.DID_NOT_ATTEND, by=door.trainer, now=at(9, 50), made_at=at(9, 31)
    )

    assert latest(door.session) == {"Anna Bell": "present"}


@pytest.mark.parametrize(
    "clock", [at(23, days=400), at(9, 21), at(23, 59, days=-1), datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)]
)
def test_mark_of_a_wrong_clock_counts_when_it_arrives(clock: datetime.datetime) -> None:
    door = make_door()

    mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR, made_at=clock)

    assert RegisterMark.objects.get().made_at == AT_DOOR


def test_undo_takes_a_mark_back_and_keeps_it() -> None:
    door = make_door(["Anna Bell"])
    mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)

    undo(session=door.session, booking=door.bookings[0], by=door.trainer, now=at(9, 25))

    assert latest(door.session) == {"Anna Bell": "expected"}
    assert RegisterMark.objects.count() == 2


def test_late_without_a_time_takes_the_moment_of_the_tap() -> None:
    door = make_door()

    mark(session=door.session, booking=door.bookings[0], mark=Mark.LATE, by=door.trainer, now=at(9, 52))

    assert RegisterMark.objects.get().at_time == datetime.time(9, 52)


@pytest.mark.parametrize("time", [datetime.time(9, 29), datetime.time(13, 1), datetime.time(23, 59)])
def test_late_at_a_time_outside_the_day_is_refused(time: datetime.time) -> None:
    door = make_door()

    with pytest.raises(BookingsError, match=r"^This day is 9:30–13:00: enter a time in between\.$"):
        mark(session=door.session, booking=door.bookings[0], mark=Mark.LATE, by=door.trainer, now=at(15), at_time=time)


def test_late_keyed_in_the_evening_asks_for_the_time() -> None:
    door = make_door()

    with pytest.raises(BookingsError, match=r"^Enter the time at which they came or left\.$"):
        mark(session=door.session, booking=door.bookings[0], mark=Mark.LATE, by=door.trainer, now=at(19))


def test_mark_ten_thousand_characters_of_note_are_cut() -> None:
    door = make_door()

    mark(
        session=door.session, booking=door.bookings[0], mark=Mark.APOLOGIES, by=door.trainer, now=AT_DOOR,
        note="\u202esick " * 2000,
    )  # fmt: skip

    assert len(RegisterMark.objects.get().note) == 200


@pytest.mark.parametrize("who", ["other trainer", "practitioner", "lead", "declined"])
def test_mark_by_somebody_else_is_refused(partnership: object, who: str) -> None:
    door = make_door()
    users = {
        "other trainer": lambda: make_door(["Somebody Else"], trainer=make_trainer("Other")).trainer,
        "practitioner": make_user,
        "lead": lambda: make_user(role=Role.AGENCY_LEAD, agency=make_agency()),
        "declined": lambda: _declined(door.event),
    }

    with pytest.raises(
        BookingsError, match=r"^Only the trainers of this date and coordinators can take its register\.$"
    ):
        mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=users[who](), now=AT_DOOR)
    assert not RegisterMark.objects.exists()


def _declined(event: object) -> User:
    from training.catalogue.models import Teaching

    person = make_trainer("Dan Declined")
    make_teaching(event, person, is_confirmed=False)  # type: ignore[arg-type]
    Teaching.objects.filter(person=person).update(status="declined")
    return make_user(person)


def test_mark_somebody_of_another_date_is_refused() -> None:
    door, other = make_door(), make_door(["Elsewhere Person"], trainer=make_trainer("Other"))

    with pytest.raises(BookingsError, match=r"^This person is not on this register any more\.$"):
        mark(session=door.session, booking=other.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)


def test_mark_before_the_day_is_refused() -> None:
    door = make_door()

    with pytest.raises(BookingsError, match=r"^You can take this register on Tue 9 Jun"):
        mark(
            session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=at(23, 59, days=-1)
        )
    mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=at(0))


def test_mark_after_ten_days_is_the_coordinators(coordinator: User) -> None:
    door = make_door()
    on_time, late = at(23, 59, days=10), at(0, days=11)
    anna = door.bookings[0]

    mark(session=door.session, booking=anna, mark=Mark.PRESENT, by=door.trainer, now=on_time)
    with pytest.raises(BookingsError, match=r"^This register was closed after ten days\. Ask the training team"):
        mark(session=door.session, booking=anna, mark=Mark.PRESENT, by=door.trainer, now=late)
    mark(session=door.session, booking=anna, mark=Mark.APOLOGIES, by=coordinator, now=late)

    assert latest(door.session) == {"Anna Bell": "apologies"}


def test_everyone_else_is_here_leaves_what_is_marked() -> None:
    door = make_door()
    anna, ben, _ = door.bookings
    mark(session=door.session, booking=anna, mark=Mark.APOLOGIES, by=door.trainer, now=AT_DOOR)
    mark(session=door.session, booking=ben, mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)
    undo(session=door.session, booking=ben, by=door.trainer, now=at(9, 21))

    first = everyone_else_is_here(session=door.session, by=door.trainer, now=at(9, 35))
    second = everyone_else_is_here(session=door.session, by=door.trainer, now=at(9, 36))

    assert (first, second) == (2, 0)
    assert latest(door.session) == {"Anna Bell": "apologies", "Ben Cole": "present", "Cara Dunn": "present"}


def test_everyone_else_by_another_trainer_is_refused() -> None:
    door = make_door()

    with pytest.raises(BookingsError):
        everyone_else_is_here(session=door.session, by=make_user(make_trainer("Other")), now=AT_DOOR)
    assert not RegisterMark.objects.exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE bookings_registermark SET mark = 'late'", "DELETE FROM bookings_registermark"]
)
def test_marks_stay_as_postgresql_says(statement: str) -> None:
    door = make_door()
    mark(session=door.session, booking=door.bookings[0], mark=Mark.PRESENT, by=door.trainer, now=AT_DOOR)

    with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_trainers_at_once_never_overwrite_each_other() -> None:
    """One says that Anna didn't come while the other says that everyone else is here: her mark stands."""
    door = make_door()
    second = make_user(make_trainer("Second Trainer"))
    make_teaching(door.event, second.person)
    session, anna = door.session, door.bookings[0]
    barrier, failures = threading.Barrier(2), []

    def run(act: object) -> None:
        try:
            barrier.wait(5)
            act()  # type: ignore[operator]
        except Exception as error:  # told below
            failures.append(error)
        finally:
            connection.close()

    taps = [
        lambda: mark(session=session, booking=anna, mark=Mark.DID_NOT_ATTEND, by=door.trainer, now=at(9, 41)),
        lambda: everyone_else_is_here(session=session, by=second, now=at(9, 40)),
    ]
    threads = [threading.Thread(target=run, args=(tap,)) for tap in taps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert failures == []
    assert latest(session) == {"Anna Bell": "did_not_attend", "Ben Cole": "present", "Cara Dunn": "present"}
