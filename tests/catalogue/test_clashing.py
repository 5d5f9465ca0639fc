"""Rooms and trainers that are needed in two places at once."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.catalogue.making import session_at
from tests.factories_catalogue import in_days, make_event, make_teaching, make_trainer, make_venue
from training.catalogue.actions.standing import cancel_event
from training.catalogue.clashing import clashes_of
from training.catalogue.models import Event
from training.catalogue.problems import reasons_not_publishable
from training.people.models import User

HOUR = datetime.timedelta(hours=1)


def loaded(*events: Event) -> list[Event]:
    return list(Event.objects.with_details().filter(pk__in=[event.pk for event in events]).order_by("pk"))


def codes(event: Event, now: datetime.datetime) -> list[str]:
    return [reason.code for reason in reasons_not_publishable(loaded(event)[0], now)]


def test_a_trainer_asked_here_and_confirmed_elsewhere_is_named(partnership: object, now: datetime.datetime) -> None:
    trainer = make_trainer("Dana Whitlock")
    first, second = make_event(days=[in_days(5, now=now)], now=now), make_event(days=[in_days(5, now=now)], now=now)
    make_teaching(first, trainer, now=now)
    make_teaching(second, trainer, is_confirmed=False, now=now)

    reasons = {reason.code: reason for reason in reasons_not_publishable(loaded(second)[0], now)}

    assert reasons["trainer_clash"].sentence == (
        f"Dana Whitlock is confirmed for {first} at that time: Sat 15 May 2027, 9:30–13:00."
    )
    assert not reasons["trainer_clash"].blocking
    assert "trainer_clash" not in codes(first, now)


def test_a_cancelled_date_takes_nobodys_time(partnership: object, coordinator: User, now: datetime.datetime) -> None:
    trainer, venue = make_trainer(), make_venue()
    first, second = (make_event(days=[in_days(5, now=now)], venue=venue, now=now) for _ in range(2))
    make_teaching(first, trainer, now=now)
    make_teaching(second, trainer, is_confirmed=False, now=now)
    assert {"trainer_clash", "venue_clash"} <= set(codes(second, now))

    cancel_event(event=first, reason="Snow", by=coordinator, now=now)

    assert not {"trainer_clash", "venue_clash"} & set(codes(second, now))


@pytest.mark.parametrize(("hours", "clashes"), [(0, 1), (2, 1), (3, 0), (-3, 0)])
def test_dates_that_only_meet_do_not_clash(
    partnership: object, now: datetime.datetime, hours: int, clashes: int
) -> None:
    start, venue = now + datetime.timedelta(days=5), make_venue()
    first = make_event(days=[session_at(start, venue=venue)], now=now)
    make_event(days=[session_at(start + hours * HOUR, venue=venue)], now=now)

    found = clashes_of(loaded(first))

    assert sum(len(others) for others in found.rooms.values()) == clashes


def test_clashes_of_many_dates_ask_two_queries(partnership: object, now: datetime.datetime) -> None:
    trainer, venue = make_trainer(), make_venue()
    counts = []
    for number in (1, 4):
        events = [make_event(days=[in_days(20 + n + number, now=now)], venue=venue, now=now) for n in range(number)]
        for event in events:
            make_teaching(event, trainer, is_confirmed=False, now=now)
        rows = loaded(*events)
        with CaptureQueriesContext(connection) as queries:
            clashes_of(rows)
        counts.append(len(queries))

    assert counts == [2, 2]
