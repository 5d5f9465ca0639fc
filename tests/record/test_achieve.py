import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_person
from tests.factories_catalogue import make_version
from training.people.actions.identity import join_records
from training.people.models import User
from training.record.actions import achieve, achieve_all, take_back
from training.record.models import Achievement, WithdrawnCertificate

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 6, 9, 13, tzinfo=datetime.UTC)
ATTENDED = Achievement.Source.ATTENDED


def test_achieve_writes_what_was_done() -> None:
    person, version = make_person(), make_version(hours=Decimal("3.50"))

    row = achieve(person=person, version=version, on=NOW.date(), source=ATTENDED, origin="event:E1", now=NOW)

    assert (row.person, row.version, row.on, row.hours, row.source) == (
        person, version, NOW.date(), Decimal("3.50"), "attended",
    )  # fmt: skip


def test_achieve_the_same_origin_twice_is_one_row_as_first_written() -> None:
    person, version = make_person(), make_version()
    first = achieve(person=person, version=version, on=NOW.date(), source=ATTENDED, origin="event:E1", now=NOW)

    later = NOW + datetime.timedelta(days=1)
    again = achieve(person=person, version=version, on=later.date(), source=ATTENDED, origin="event:E1", now=later)

    assert (again.pk, again.on, again.serial) == (first.pk, first.on, first.serial)


def test_achieve_hours_may_be_said() -> None:
    person, version = make_person(), make_version(hours=Decimal(3))

    row = achieve(
        person=person, version=version, on=NOW.date(), source=Achievement.Source.ELSEWHERE, origin="own:1", now=NOW,
        hours=Decimal(1),
    )  # fmt: skip

    assert row.hours == 1


def test_take_back_leaves_those_who_stay_and_other_origins() -> None:
    ann, ben, version = make_person("Ann"), make_person("Ben"), make_version()
    for origin in ("event:E1", "event:E2"):
        achieve_all(
            person_ids=[ann.pk, ben.pk], version=version, on=NOW.date(), source=ATTENDED, origin=origin, now=NOW
        )

    gone = take_back(origin="event:E1", except_ids=[ann.pk], now=NOW)

    assert gone == 1
    left = Achievement.objects.values_list("person__name", "origin").order_by("origin", "person__name")
    assert list(left) == [("Ann", "event:E1"), ("Ann", "event:E2"), ("Ben", "event:E2")]


def test_a_record_from_nowhere_is_refused_by_postgresql() -> None:
    person, version = make_person(), make_version()

    with pytest.raises(IntegrityError, match="achievement_has_an_origin"), transaction.atomic():
        Achievement.objects.create(
            person=person, version=version, on=NOW.date(), source=ATTENDED, origin="", recorded_at=NOW
        )


def test_joined_records_keep_one_row_an_origin_and_every_serial(coordinator: User) -> None:
    version, now = make_version(), NOW
    source, target = make_person("Ann Bell"), make_person("Anne Bell")
    common = {"version": version, "on": NOW.date(), "source": Achievement.Source.ATTENDED, "now": now}
    both = achieve(person=source, origin="event:E1", **common)
    kept = achieve(person=target, origin="event:E1", **common)
    moved = achieve(person=source, origin="event:E2", **common)

    join_records(source=source, target=target, by=coordinator, now=now)

    assert set(Achievement.objects.filter(person=target).values_list("serial", flat=True)) == {
        kept.serial,
        moved.serial,
    }
    assert WithdrawnCertificate.objects.get().serial == both.serial
