"""A manager who has not answered is reminded once, on a school day, about those who still wait."""

import dataclasses
import datetime
import threading
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, close_old_connections, transaction
from django.utils import timezone

from evaluation.actions.confirming import confirm
from evaluation.actions.reminding_managers import remind_manager, remind_managers
from evaluation.links import manager_token_of
from evaluation.managers import Told, people_of
from evaluation.models import ManagerDigest
from evaluation.reminding import Asking, reminder_words
from evaluation.timing import is_time_to_remind_manager, manager_reminder_day
from tests.conftest import ClientOf
from tests.evaluation.manager_making import HEAD, address_of, make_digest
from tests.factories import make_partnership
from tests.factories_evaluation import DAY
from training.outbox.models import Message
from training.people.models import User


def at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(10), tzinfo=datetime.UTC)


def on(month: int, day: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, day)


@pytest.mark.parametrize(
    ("posted", "days", "closes", "expected"),
    [
        (on(11, 2), 7, 28, on(11, 11)),
        (on(10, 1), 7, 28, on(10, 12)),
        (on(10, 19), 5, 28, on(11, 2)),  # the half-term of 2026 is the last week of October
        (on(12, 14), 7, 28, on(1, 4, 2027)),
        (on(12, 14), 7, 14, None),
        (on(11, 2), 0, 28, None),
    ],
)
def test_manager_reminder_day(
    posted: datetime.date, days: int, closes: int, expected: datetime.date | None, settings: LazySettings
) -> None:
    settings.SCHOOL_HOLIDAYS = ["2026-10-26/2026-10-30", "2026-12-21/2027-01-03"]
    settings.EVALUATION_MANAGER_REMINDER_DAYS = days

    assert manager_reminder_day(at(posted), at(posted) + closes * DAY) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [(on(11, 10), False), (on(11, 11), True), (on(11, 14), False), (on(11, 16), True), (on(11, 30), False)],
)
def test_is_time_to_remind_manager(now: datetime.date, expected: bool, settings: LazySettings) -> None:
    """Not before its day, nor on a Saturday, nor once the link has closed; later when the worker was away."""
    settings.SCHOOL_HOLIDAYS = []

    assert is_time_to_remind_manager(at(on(11, 2)), at(on(11, 30)), at(now)) is expected


@pytest.fixture
def digest(partnership: object, settings: LazySettings) -> ManagerDigest:
    """Asked about three people, by the clock of today."""
    settings.SCHOOL_HOLIDAYS = []
    return make_digest(3)


def reminder_time(digest: ManagerDigest) -> datetime.datetime:
    day = manager_reminder_day(digest.posted_at, digest.closes_at)
    assert day is not None
    return at(day)


def reminded() -> list[Message]:
    return list(Message.objects.filter(kind="evaluation.remind_manager").order_by("pk"))


def answer(digest: ManagerDigest, number: int, now: datetime.datetime) -> None:
    told = [Told(row.reference, "not_yet") for row in people_of(digest)[:number]]
    confirm(token=manager_token_of(digest.reference), told=told, is_about_safety=False, now=now)


def test_reminded_once_with_the_same_link(digest: ManagerDigest) -> None:
    now = reminder_time(digest)

    assert [remind_managers(now=now - DAY), remind_managers(now=now), remind_managers(now=now)] == [0, 1, 0]
    assert [remind_managers(now=now + n * DAY) for n in range(1, 9)] == [0] * 8

    (message,) = reminded()
    assert (message.to_address, message.has_secret, message.expires_at) == (HEAD, True, digest.closes_at)
    assert address_of(digest) in message.text
    assert "This is the only reminder." in message.text


def test_only_those_who_wait_are_named(digest: ManagerDigest) -> None:
    now = reminder_time(digest)
    first, *waiting = people_of(digest)
    answer(digest, 1, now - DAY)

    assert remind_managers(now=now) == 1

    (message,) = reminded()
    assert first.booking.person.name not in message.text
    assert all(row.booking.person.name in message.text for row in waiting)


def test_not_reminded_once_all_are_answered(digest: ManagerDigest) -> None:
    now = reminder_time(digest)
    answer(digest, 3, now - DAY)

    assert (remind_managers(now=now), remind_manager(digest_pk=digest.pk, now=now), reminded()) == (0, False, [])


@pytest.mark.parametrize("kind", ["holidays", "closed", "forgotten", "never"])
def test_not_reminded(kind: str, digest: ManagerDigest, settings: LazySettings) -> None:
    now = reminder_time(digest)
    if kind == "holidays":
        settings.SCHOOL_HOLIDAYS = ["2000-01-01/2099-12-31"]
    if kind == "never":
        settings.EVALUATION_MANAGER_REMINDER_DAYS = 0
    if kind == "forgotten":
        ManagerDigest.objects.update(manager_email="", manager_name="")

    assert remind_managers(now=digest.closes_at if kind == "closed" else now) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(settings: LazySettings) -> None:
    settings.SCHOOL_HOLIDAYS = []
    make_partnership()
    digest = make_digest()
    now, barrier, results = reminder_time(digest), threading.Barrier(2), list[bool]()

    def work() -> None:
        barrier.wait(timeout=10)
        try:
            results.append(remind_manager(digest_pk=digest.pk, now=now))
        finally:
            close_old_connections()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert (sorted(results), len(reminded())) == ([False, True], 1)


@pytest.mark.parametrize("change", [{"reminded_at": timezone.now() - 9 * DAY}, {"reminded_at": at(on(1, 1, 2099))}])
def test_postgresql_refuses_a_reminder_out_of_its_time(digest: ManagerDigest, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="manager_digest_reminded_while_open"), transaction.atomic():
        ManagerDigest.objects.filter(pk=digest.pk).update(**change)


@pytest.mark.usefixtures("no_second_factor")
def test_page_says_whom_the_reminder_goes_to(digest: ManagerDigest, pdl: User, client_of: ClientOf) -> None:
    page = client_of(pdl).get("/evaluation/managers/").content.decode()

    assert "Goes to 1 manager on " in page
    assert "Sam Example" in page
    assert HEAD not in page
    assert all(row.booking.person.name not in page for row in people_of(digest))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reminded": 3}, "Went to 3 managers"),
        ({"remind_on": None}, "None: the link closes first"),
        ({"waiting": 0}, "None: all have answered"),
    ],
)
def test_reminder_words(fields: dict[str, Any], expected: str) -> None:
    asked = Asking(on(11, 2), on(11, 30), 9, 4, 20, 12, 0, on(11, 11))

    assert reminder_words(dataclasses.replace(asked, **fields)) == expected
