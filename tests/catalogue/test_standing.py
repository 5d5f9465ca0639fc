import datetime
from typing import Any

import pytest

from tests.factories_catalogue import in_days, make_course, make_event, make_teaching, make_trainer, make_venue, morning
from training.catalogue.actions.courses import withdraw_course
from training.catalogue.actions.standing import (
    cancel_event,
    publish_event,
    run_with_those_booked,
    unpublish_event,
)
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, EventStep, Teaching, Venue
from training.catalogue.problems import reasons_not_publishable
from training.outbox.models import Message
from training.people.models import User


def codes(event: Event, now: datetime.datetime) -> dict[str, bool]:
    loaded = Event.objects.with_details().get(pk=event.pk)
    return {reason.code: reason.blocking for reason in reasons_not_publishable(loaded, now)}


def test_publish_event_opens_it_with_a_step(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now)], is_published=False)

    publish_event(event=event, by=coordinator, now=now)
    publish_event(event=event, by=coordinator, now=now)

    step = EventStep.objects.get()
    assert (step.was, step.became, step.at, step.by) == ("draft", "published", now, coordinator.person)
    assert list(Event.objects.open_for_booking(now)) == [event]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"days": []}, "no_sessions"),
        ({"days": [datetime.date(2027, 5, 9)]}, "session_past"),
        ({"days": [morning(datetime.date(2027, 5, 20))]}, "no_venue"),
        ({"room_limit": 40}, "room_too_small"),
    ],
)
def test_publish_event_refuses(coordinator: User, now: datetime.datetime, fields: dict[str, object], code: str) -> None:
    event = make_event(**{"days": [in_days(10, now=now)], "is_published": False, **fields})  # type: ignore[arg-type]

    assert codes(event, now)[code] is True
    with pytest.raises(CatalogueError):
        publish_event(event=event, by=coordinator, now=now)
    assert Event.objects.get().standing == "draft"


def test_publish_event_refuses_a_venue_no_longer_used(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now)], is_published=False)
    Venue.objects.update(is_in_use=False)

    with pytest.raises(CatalogueError, match=r"is no longer in use. Choose another venue."):
        publish_event(event=event, by=coordinator, now=now)


def test_publish_event_refuses_a_course_that_is_not_in_the_catalogue(coordinator: User, now: datetime.datetime) -> None:
    draft = make_event(make_course(is_published=False), days=[in_days(10, now=now)], is_published=False)
    withdrawn = make_event(days=[in_days(10, now=now)], is_published=False)
    withdraw_course(course=withdrawn.version.course, by=coordinator, now=now)

    with pytest.raises(CatalogueError, match=r"is still a draft. Put it into the catalogue first."):
        publish_event(event=draft, by=coordinator, now=now)
    with pytest.raises(CatalogueError, match=r"is withdrawn. Put it back into the catalogue first."):
        publish_event(event=withdrawn, by=coordinator, now=now)


def test_reasons_warn_of_what_may_come_later(coordinator: User, now: datetime.datetime) -> None:
    venue = make_venue()
    make_event(days=[in_days(10, now=now)], venue=venue, now=now)
    clash = make_event(days=[in_days(10, now=now)], venue=venue, is_published=False)
    holiday = make_event(days=[datetime.date(2027, 5, 31)], mode="virtual", is_published=False)
    make_teaching(holiday, is_confirmed=False, now=now)

    assert codes(clash, now) == {"venue_clash": False, "no_trainer": False}
    assert codes(holiday, now) == {"bank_holiday": False, "no_link": False, "trainer_unconfirmed": False}


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (datetime.date(2027, 6, 1), {"school_holiday": False}),
        (datetime.date(2027, 6, 4), {"school_holiday": False}),
        (datetime.date(2027, 6, 7), {}),
    ],
)
def test_reasons_warn_of_school_holidays_as_they_are_set(
    on: datetime.date, found: dict[str, bool], coordinator: User, now: datetime.datetime
) -> None:
    event = make_event(days=[on], is_published=False)

    shown = {code: blocks for code, blocks in codes(event, now).items() if code.endswith("_holiday")}

    assert shown == found


def test_reasons_know_no_school_holidays_that_are_not_set(
    settings: Any, coordinator: User, now: datetime.datetime
) -> None:
    settings.SCHOOL_HOLIDAYS = []

    event = make_event(days=[datetime.date(2027, 6, 1)], is_published=False)

    assert "school_holiday" not in codes(event, now)


def test_reasons_name_the_days_that_lack_something(coordinator: User, now: datetime.datetime) -> None:
    days = [in_days(10, now=now), in_days(17, now=now), in_days(24, now=now)]
    event = make_event(days=days, mode="virtual", is_published=False)
    make_teaching(event, make_trainer("Dana Whitlock"), is_confirmed=False, now=now)

    sentences = [reason.sentence for reason in reasons_not_publishable(event, now)]

    three = "day 1 (Thu 20 May 2027), day 2 (Thu 27 May 2027) and day 3 (Thu 3 Jun 2027)"
    assert sentences == [
        "Day 3 (Thu 3 Jun 2027) is in the school holidays (Mon 31 May 2027 to Fri 4 Jun 2027).",
        f"There is no joining link for {three}.",
        f"Dana Whitlock has not confirmed {three} yet.",
    ]


def test_publish_event_of_e_learning_needs_no_day(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(mode="e_learning", is_published=False)

    assert publish_event(event=event, by=coordinator, now=now).standing == "published"


def test_unpublish_event_takes_it_back(coordinator: User, now: datetime.datetime) -> None:
    event = make_event()

    unpublish_event(event=event, by=coordinator, now=now)
    unpublish_event(event=event, by=coordinator, now=now)

    assert Event.objects.get().standing == "draft"
    assert EventStep.objects.filter(became="draft").count() == 1


def test_unpublish_event_refuses_while_somebody_is_booked(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(reference="E7", places_held=1)

    with pytest.raises(CatalogueError, match=r"1 person is booked on E7. Cancel it instead, so that they are told."):
        unpublish_event(event=event, by=coordinator, now=now)


def test_cancel_event_frees_its_trainers_and_tells_them_why(coordinator: User, now: datetime.datetime) -> None:
    trainer = make_trainer()
    event = make_event(days=[in_days(10, now=now)], now=now)
    make_teaching(event, trainer, now=now)

    cancel_event(event=event, reason="The room is  flooded", by=coordinator, now=now)
    cancel_event(event=event, reason="Again", by=coordinator, now=now)

    step = EventStep.objects.get(became="cancelled")
    assert (step.reason, step.by) == ("The room is flooded", coordinator.person)
    assert [row.status for row in Teaching.objects.all()] == ["withdrawn"]
    message = Message.objects.get(kind="catalogue.date_cancelled")
    assert "The room is flooded" in message.text
    make_teaching(make_event(days=[in_days(10, now=now)], now=now), trainer, now=now)


@pytest.mark.parametrize("reason", ["", "   "])
def test_cancel_event_needs_a_reason(coordinator: User, now: datetime.datetime, reason: str) -> None:
    event = make_event()

    with pytest.raises(CatalogueError, match=r"Enter why it is cancelled"):
        cancel_event(event=event, reason=reason, by=coordinator, now=now)


def test_cancel_event_refuses_while_somebody_is_booked(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(reference="E7", places_held=3)

    with pytest.raises(CatalogueError, match=r"3 people are booked on E7. They have to be told and moved first."):
        cancel_event(event=event, reason="Flood", by=coordinator, now=now)


def test_a_cancelled_date_stays_cancelled(coordinator: User, now: datetime.datetime) -> None:
    event = cancel_event(event=make_event(), reason="Flood", by=coordinator, now=now)

    for action in (publish_event, unpublish_event):
        with pytest.raises(CatalogueError, match=r"This date is cancelled. Copy it to make a new one."):
            action(event=event, by=coordinator, now=now)
    with pytest.raises(ValueError, match=r"cannot become"):
        event.move_to("published", by=coordinator.person, now=now)  # type: ignore[arg-type]


def test_run_with_those_booked_takes_fewer_for_enough(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(places_held=3)

    run_with_those_booked(event=event, by=coordinator, now=now)
    run_with_those_booked(event=event, by=coordinator, now=now)

    assert Event.objects.get().minimum == 3
    step = EventStep.objects.get(was="published")
    assert step.reason == "To run with 3 booked instead of 6."


def test_run_with_those_booked_refuses_a_draft(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(is_published=False, reference="E7")

    with pytest.raises(CatalogueError, match=r"E7 is not open, so there is nothing to decide."):
        run_with_those_booked(event=event, by=coordinator, now=now)


def test_actions_on_standing_refuse_a_practitioner(
    coordinator: User, practitioner: User, now: datetime.datetime
) -> None:
    event = make_event()

    for action in (publish_event, unpublish_event, run_with_those_booked):
        with pytest.raises(CatalogueError, match=r"Only a coordinator"):
            action(event=event, by=practitioner, now=now)
    with pytest.raises(CatalogueError, match=r"Only a coordinator"):
        cancel_event(event=event, reason="Mine", by=practitioner, now=now)
