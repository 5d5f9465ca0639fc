"""Two connections at once: one wins, the other is told in a sentence."""

import datetime
import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tests.catalogue.making import moved
from tests.factories import make_partnership, make_user
from tests.factories_catalogue import in_days, make_event, make_teaching, make_trainer
from training.catalogue.actions.copying import repeat_event
from training.catalogue.actions.events import add_event, change_event, plan_of
from training.catalogue.actions.teaching import confirm_teaching
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Event, Teaching
from training.people.models import Role, User

pytestmark = pytest.mark.django_db(transaction=True)
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def coordinator(transactional_db: None) -> User:
    make_partnership()
    return make_user(role=Role.COORDINATOR)


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Run each in a thread with a connection of its own; what it returned, or the refusal."""
    results: list[object] = [None] * len(actions)
    barrier = threading.Barrier(len(actions))

    def run(number: int, action: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[number] = action()
        except CatalogueError as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return results


def confirmed() -> int:
    return Teaching.objects.confirmed().count()


def test_two_confirmations_of_one_trainer_at_once(coordinator: User, now: datetime.datetime) -> None:
    dana = make_trainer("Dana Whitlock")
    # Days crossed over, so that two transactions without an order would wait for each other for ever.
    events = [make_event(days=[in_days(4, now=now), in_days(5, now=now)], now=now) for _ in range(2)]
    for event in events:
        make_teaching(event, dana, is_confirmed=False, now=now)

    results = at_once(*(_confirm(event, dana, coordinator, now) for event in events))

    refusals = [str(result) for result in results if isinstance(result, CatalogueError)]
    assert len(refusals) == 1
    assert refusals[0].startswith("Dana Whitlock is confirmed for E000")
    assert confirmed() == 2


def _confirm(event: Event, person: object, by: User, now: datetime.datetime) -> Callable[[], object]:
    return lambda: confirm_teaching(event=event, person=person, by=by, now=now)  # type: ignore[arg-type]


def test_a_confirmation_that_waits_for_nobody_is_caught_by_the_constraint(
    coordinator: User, now: datetime.datetime
) -> None:
    dana = make_trainer("Dana Whitlock")
    first, second = (make_event(days=[in_days(4, now=now)], now=now) for _ in range(2))
    for event in (first, second):
        make_teaching(event, dana, is_confirmed=False, now=now)
    written = threading.Event()
    results: list[object] = []

    def confirm_second() -> None:
        written.wait(10)
        results.extend(at_once(_confirm(second, dana, coordinator, now)))

    thread = threading.Thread(target=confirm_second)
    thread.start()
    with transaction.atomic():
        # Straight into the table, as a bulk load does; the other's look finds nothing yet, its write waits for ours.
        Teaching.objects.filter(session__event=first).update(status="confirmed")
        written.set()
        _until_somebody_waits()
    thread.join(timeout=20)

    assert [str(result) for result in results] == [
        f"Dana Whitlock is confirmed for {first} at that time: Fri 14 May 2027, 9:30–13:00. One of the two has to move."
    ]
    assert confirmed() == 1


def _until_somebody_waits() -> None:
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
                " WHERE NOT granted AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waited")


def test_a_date_that_moves_while_its_trainer_confirms_elsewhere(coordinator: User, now: datetime.datetime) -> None:
    dana = make_trainer("Dana Whitlock")
    first, second = (make_event(days=[in_days(days, now=now)], now=now) for days in (4, 5))
    make_teaching(first, dana, now=now)
    make_teaching(second, dana, is_confirmed=False, now=now)
    plan = moved(first, ONE_DAY)

    results = at_once(
        lambda: change_event(event=first, plan=plan, revision=1, by=coordinator, now=now),
        _confirm(second, dana, coordinator, now),
    )

    assert sum(isinstance(result, CatalogueError) for result in results) == 1


def test_two_dates_added_at_once_get_two_references(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(now=now)
    plan = plan_of(event)

    results = at_once(*[lambda: add_event(version=event.version, plan=plan, by=coordinator)] * 2)

    assert sorted(str(result) for result in results) == ["E0002", "E0003"]


def test_two_coordinators_change_one_date_at_once_and_the_second_is_told(
    coordinator: User, now: datetime.datetime
) -> None:
    event = make_event(now=now)
    plans = [moved(event, datetime.timedelta(), notes_for_trainers=note) for note in ("Ring first", "Bring cable")]

    results = at_once(
        *[
            lambda plan=plan: change_event(event=event, plan=plan, revision=event.revision, by=coordinator, now=now)
            for plan in plans
        ]
    )

    (refusal,) = [result for result in results if isinstance(result, StaleError)]
    event.refresh_from_db()
    assert (refusal.revision, event.revision) == (2, 2)
    assert event.notes_for_trainers in {"Ring first", "Bring cable"}


def test_the_same_form_repeats_a_date_twice_at_once_and_makes_it_once(
    coordinator: User, now: datetime.datetime
) -> None:
    event, submission = make_event(now=now), uuid.uuid4()
    days = [in_days(60, now=now), in_days(67, now=now)]

    results = at_once(
        *[lambda: repeat_event(event=event, first_days=days, submission=submission, by=coordinator, now=now)] * 2
    )

    assert results[0] == results[1]
    assert Event.objects.count() == 3
