"""Two at once, a worker killed in the middle, Redis away: each on a connection or in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.disruption.changing import convert_dates
from bookings.disruption.lifting import lift_suspension
from bookings.errors import BookingsError
from bookings.models import DisruptedDate, Notice, Status, Suspension
from tests.bookings.suspending import suspend, tell, told
from tests.bookings.test_races import at_once
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.outbox.workers import OwnRedis, environment, wait_for
from training.catalogue.models import Event
from training.outbox.models import Message
from training.outbox.posting import Recipient, post_ready

pytestmark = pytest.mark.django_db(transaction=True)
TELL = Path(__file__).with_name("tell_disruptions.py")
SUSPEND = Path(__file__).with_name("suspend_rooms.py")
WAITING = """SELECT count(*) FROM pg_stat_activity
             WHERE wait_event_type = 'Lock' AND datname = current_database() AND query LIKE 'INSERT INTO "outbox%'"""


def three_on_a_date() -> Event:
    event = make_event()
    for _ in range(3):
        make_booking(event)
    return event


def test_two_coordinators_suspend_at_once_and_one_is_told_so() -> None:
    event, by = three_on_a_date(), any_coordinator()

    results = at_once([lambda: suspend(by=by), lambda: suspend(by=by)])

    assert {type(one) for one in results} == {BookingsError, Suspension}
    assert (DisruptedDate.objects.get().event_id, Notice.objects.count()) == (event.pk, 3)


def test_the_same_form_at_once_makes_one_suspension() -> None:
    three_on_a_date()
    by, submission = any_coordinator(), "0b54a35e-8a0a-4c7c-9b8c-6a7c1f0f2f11"

    one, other = at_once([lambda: suspend(by=by, submission=submission)] * 2)

    assert one == other
    assert Notice.objects.count() == 3


def test_somebody_leaves_while_it_is_suspended() -> None:
    event, by = three_on_a_date(), any_coordinator()
    booking = event.bookings.order_by("pk")[0]

    at_once([lambda: suspend(by=by), lambda: leave(booking=booking, by=booking.person, now=timezone.now())])
    tell()

    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED_IN_TIME
    assert (told("bookings.date_suspended"), told("bookings.cancelled")) == (2, 1)


def test_lifted_and_converted_at_once_ends_one_way() -> None:
    event, by, now = three_on_a_date(), any_coordinator(), timezone.now()
    suspension = suspend(by=by)

    at_once(
        [
            lambda: lift_suspension(suspension=suspension, from_day=in_days(0), by=by, now=now),
            lambda: convert_dates(events=[event], split="whole", reason="Flood", by=by, now=now),
        ]
    )
    tell()

    rows = DisruptedDate.objects.filter(event=event)
    assert rows.filter(status="suspended").count() == 0
    assert Event.objects.get(pk=event.pk).standing == "published"
    assert told("bookings.date_suspended") == 3
    assert told("bookings.date_moved_online") == 3  # whether or not it was let go on a moment before


def test_two_workers_tell_each_once() -> None:
    three_on_a_date()
    suspend()

    at_once([tell, tell])

    assert told("bookings.date_suspended") == 3


def test_a_worker_killed_in_the_middle_doubles_and_loses_nothing(settings: LazySettings) -> None:
    three_on_a_date()
    suspend()
    third = Notice.objects.select_related("booking").order_by("pk")[2]
    assert third.booking is not None
    key = f"{third.booking.reference}:{third.pk}"

    with transaction.atomic():  # the third message cannot be written while we hold its key
        post_ready(
            "bookings.date_suspended", key=key, to=Recipient("a@b.example"), now=timezone.now(), subject="x", text="x"
        )
        told_so = {**environment(settings.REDIS_URL), "PYTHONPATH": str(TELL.parents[2])}
        worker = subprocess.Popen([sys.executable, str(TELL)], env=told_so)
        wait_for(lambda: _is_waiting())
        worker.kill()
        worker.wait()
        transaction.set_rollback(True)

    assert (Message.objects.filter(kind="bookings.date_suspended").count(), Notice.objects.to_tell().count()) == (0, 3)
    tell()
    assert told("bookings.date_suspended") == 3
    assert set(Notice.objects.values_list("outcome", flat=True)) == {"written"}


def _is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def test_without_redis_the_state_stands_and_the_clock_finds_who_is_to_be_told(tmp_path: Path) -> None:
    three_on_a_date()
    away = OwnRedis(tmp_path)  # never started
    told_so = {**environment(away.url), "PYTHONPATH": str(TELL.parents[2])}

    done = subprocess.run([sys.executable, str(SUSPEND)], env=told_so, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert tell() == 3
