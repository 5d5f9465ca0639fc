"""Managers are asked once a month about all of their people whose turn has come, and about nobody else."""

import datetime
import threading

import pytest
from django.db import IntegrityError, close_old_connections, transaction
from django.utils import timezone

from evaluation.actions.asking_managers import ask_manager, ask_managers, forget_managers
from evaluation.managers import bookings_to_ask_about, digest_day
from evaluation.models import Invitation, ManagerConfirmation, ManagerDigest
from tests.evaluation.manager_making import HEAD, address_of, make_digest, make_managed
from tests.factories import make_agency, make_partnership, make_person
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import DAY, make_concern, make_response
from training.config import parts
from training.outbox.models import Message
from training.people.models import Person

MONTH = timezone.localdate().replace(day=1)


def asked() -> list[Message]:
    return list(Message.objects.filter(kind="evaluation.ask_manager").order_by("pk"))


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (datetime.date(2026, 9, 1), datetime.date(2026, 9, 1)),
        (datetime.date(2026, 8, 1), None),
        (datetime.date(2027, 1, 1), datetime.date(2027, 1, 4)),
        (datetime.date(2026, 11, 1), datetime.date(2026, 11, 2)),
    ],
)
def test_digest_is_on_the_first_school_day_of_the_month(month: datetime.date, day: datetime.date | None) -> None:
    assert digest_day(month) == day


def test_manager_of_three_people_has_one_message(partnership: object) -> None:
    for _ in range(3):
        make_managed()

    assert ask_manager(manager_email=HEAD, month=MONTH, now=timezone.now()) is True
    assert ask_manager(manager_email=HEAD, month=MONTH, now=timezone.now()) is False

    digest = ManagerDigest.objects.get()
    assert digest.confirmations.count() == 3
    message = asked()[0]
    assert [one.to_address for one in asked()] == [HEAD]
    assert message.has_secret
    assert address_of(digest) in message.text
    assert all(row.booking.person.name in message.text for row in digest.confirmations.all())


def test_two_managers_have_a_message_each(partnership: object, settings: object) -> None:
    settings.SCHOOL_HOLIDAYS = []  # type: ignore[attr-defined]
    make_managed()
    make_managed(manager_email="other@elm.example")
    late = timezone.now().replace(day=28)

    assert [ask_managers(now=late), ask_managers(now=late)] == [2, 0]


def test_whose_turn_comes_later_in_the_month_waits_for_the_next(partnership: object) -> None:
    make_digest()
    later = make_managed()

    assert ask_manager(manager_email=HEAD, month=MONTH, now=timezone.now()) is False

    next_month = (MONTH + 31 * DAY).replace(day=1)
    assert ask_manager(manager_email=HEAD, month=next_month, now=timezone.now()) is True
    assert ManagerDigest.objects.get(month=next_month).confirmations.get().booking == later


def test_nobody_is_asked_in_the_holidays(partnership: object, settings: object) -> None:
    make_managed()
    settings.SCHOOL_HOLIDAYS = ["2000-01-01/2099-12-31"]  # type: ignore[attr-defined]

    assert ask_managers(now=timezone.now()) == 0


@pytest.mark.parametrize("kind", ["no_manager", "own_address", "not_due", "long_ago", "cancelled", "left_the_job"])
def test_not_asked_about(kind: str, partnership: object) -> None:
    person = make_person(email="sam@elm.example", agency=make_agency())
    address = {"no_manager": "", "own_address": "sam@elm.example"}.get(kind, HEAD)
    booking = make_managed(manager_email=address, person=person)
    due = {"not_due": timezone.now() + DAY, "long_ago": timezone.now() - 80 * DAY}.get(kind)
    if due:
        Invitation.objects.filter(booking=booking).update(due_at=due, closes_at=due + 28 * DAY)
    if kind == "cancelled":
        type(booking).objects.filter(pk=booking.pk).update(status="cancelled_in_time")
    if kind == "left_the_job":
        work = booking.employment
        work.period = type(work.period)(work.period.lower, timezone.localdate())
        work.save()

    assert list(bookings_to_ask_about(timezone.now())) == []


def test_whether_the_person_has_answered_plays_no_part(partnership: object) -> None:
    silent, answered = make_managed(), make_managed()
    make_response(answered, "follow_up")

    assert set(bookings_to_ask_about(timezone.now())) == {silent, answered}


def test_digest_keeps_only_the_hash(partnership: object) -> None:
    digest = make_digest()

    assert address_of(digest).split("/")[2] not in str(vars(digest))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_once() -> None:
    make_partnership()
    make_managed()
    barrier = threading.Barrier(2)
    results: list[bool] = []

    def work() -> None:
        barrier.wait(timeout=10)
        try:
            results.append(ask_manager(manager_email=HEAD, month=MONTH, now=timezone.now()))
        finally:
            close_old_connections()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(results) == [False, True]
    assert [ManagerConfirmation.objects.count(), len(asked())] == [1, 1]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"month": datetime.date(2026, 9, 2)}, "manager_digest_month_is_a_first_day"),
        ({"closes_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}, "manager_digest_open_for_a_while"),
    ],
)
def test_postgresql_refuses_an_impossible_digest(partnership: object, change: dict[str, object], name: str) -> None:
    digest = make_digest()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ManagerDigest.objects.filter(pk=digest.pk).update(**change)


def test_postgresql_refuses_two_digests_in_a_month(partnership: object) -> None:
    digest = make_digest()
    digest.pk, digest.reference, digest.token_hash = None, "other", "other"

    with pytest.raises(IntegrityError, match="manager_asked_once_a_month"), transaction.atomic():
        digest.save()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"state": "not_yet"}, "manager_confirmation_answered_says_when"),
        ({"answered_on": datetime.date(2026, 9, 2)}, "manager_confirmation_answered_says_when"),
        ({"state": "perhaps", "answered_on": datetime.date(2026, 9, 2)}, "manager_confirmation_state_is_known"),
    ],
)
def test_postgresql_refuses_an_impossible_confirmation(
    partnership: object, change: dict[str, object], name: str
) -> None:
    row = make_digest().confirmations.get()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ManagerConfirmation.objects.filter(pk=row.pk).update(**change)


# --- Privacy -------------------------------------------------------------------------------------


def test_export_says_what_the_manager_chose(partnership: object) -> None:
    booking = make_digest().confirmations.get().booking

    exported = parts.export_person(booking.person)["my_manager_was_asked"]

    assert [(one["what_they_said"], one["answered_on"]) for one in exported] == [("Asked", None)]


def test_erased_person_is_not_asked_about(partnership: object) -> None:
    row = make_digest().confirmations.get()

    parts.erase_person(row.booking.person, by=any_coordinator(), now=timezone.now())

    assert ManagerConfirmation.objects.count() == 0


def test_erased_manager_is_forgotten(partnership: object) -> None:
    digest = make_digest()
    manager: Person = make_person(email=HEAD)

    parts.erase_person(manager, by=any_coordinator(), now=timezone.now())

    digest.refresh_from_db()
    assert (digest.manager_email, digest.manager_name) == ("", "")


def test_moved_person_takes_the_managers_answer_along(partnership: object) -> None:
    row = make_digest().confirmations.get()
    target = make_person()

    parts.move_person(row.booking.person, target, by=any_coordinator(), now=timezone.now())

    assert len(parts.export_person(target)["my_manager_was_asked"]) == 1


def test_managers_are_forgotten_a_year_after_the_link_has_closed(partnership: object) -> None:
    digest = make_digest()

    assert forget_managers(now=digest.closes_at + 364 * DAY) == 0
    assert forget_managers(now=digest.closes_at + 366 * DAY) == 1
    assert forget_managers(now=digest.closes_at + 366 * DAY) == 0

    digest.refresh_from_db()
    assert (digest.manager_email, digest.confirmations.count()) == ("", 1)


def test_manager_is_kept_while_their_concern_is_open(partnership: object) -> None:
    digest = make_digest()
    concern = make_concern()
    concern.confirmation = digest.confirmations.get()
    concern.save()

    assert forget_managers(now=digest.closes_at + 366 * DAY) == 0
