"""What PostgreSQL keeps by itself: an event's first and last moment, a trainer's period."""

import datetime

import pytest

from tests.factories_catalogue import in_days, make_event, make_teaching, make_trainer
from training.catalogue.models import Event, Session, Teaching

HOUR = datetime.timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("coordinator")


def span(event: Event) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    event.refresh_from_db()
    return event.starts_at, event.ends_at


def test_an_events_span_follows_its_sessions(now: datetime.datetime) -> None:
    event = make_event(days=[in_days(4, now=now), in_days(9, now=now)], is_published=False)
    first, last = event.sessions.all()
    assert span(event) == (first.starts_at, last.ends_at)

    Session.objects.filter(pk=last.pk).update(ends_at=last.ends_at + HOUR)
    assert span(event) == (first.starts_at, last.ends_at + HOUR)

    first.delete()
    assert span(event) == (last.starts_at, last.ends_at + HOUR)

    last.delete()
    assert span(event) == (None, None)


def test_both_events_follow_a_session_that_changes_event(now: datetime.datetime) -> None:
    one = make_event(days=[in_days(4, now=now), in_days(9, now=now)], is_published=False)
    other = make_event(days=[], is_published=False)
    first, last = one.sessions.all()

    Session.objects.filter(pk=last.pk).update(event=other)

    assert span(one) == (first.starts_at, first.ends_at)
    assert span(other) == (last.starts_at, last.ends_at)


def test_a_teachings_period_is_its_sessions_whatever_is_written(now: datetime.datetime) -> None:
    event = make_event(days=[in_days(4, now=now)], now=now)
    session = event.sessions.get()

    teaching = Teaching.objects.create(session=session, person=make_trainer(), asked_at=now)

    teaching.refresh_from_db()
    assert (teaching.period.lower, teaching.period.upper) == (session.starts_at, session.ends_at)


def test_a_teachings_period_follows_its_session(now: datetime.datetime) -> None:
    teaching = make_teaching(make_event(days=[in_days(4, now=now)], now=now), now=now)[0]
    session = teaching.session

    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at + HOUR)

    teaching.refresh_from_db()
    assert teaching.period.lower == session.starts_at + HOUR
