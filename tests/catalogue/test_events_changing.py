import datetime
from dataclasses import replace

import pytest

from tests.catalogue.making import changed, days_of, moved
from tests.factories_catalogue import in_days, make_event, make_teaching, make_trainer, make_venue, morning
from training.catalogue.actions.events import change_event, plan_of
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Event, Teaching
from training.catalogue.plans import EventPlan
from training.outbox.models import Message
from training.people.models import User

ONE_DAY = datetime.timedelta(days=1)


def change(event: Event, plan: EventPlan, by: User, now: datetime.datetime) -> Event:
    event.refresh_from_db()
    return change_event(event=event, plan=plan, revision=event.revision, by=by, now=now)


def test_change_event_moves_each_day_and_keeps_its_row(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now), in_days(11, now=now)], now=now)
    before = days_of(event)

    # Day 1 goes to where day 2 still stands.
    after = change(event, moved(event, ONE_DAY), coordinator, now)

    assert days_of(event) == [(position, pk, starts + ONE_DAY) for position, pk, starts in before]
    assert after.starts_at == before[0][2] + ONE_DAY
    assert after.revision == 2


def test_change_event_keeps_a_trainer_on_both_days_while_they_move(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now), in_days(11, now=now)], now=now)
    make_teaching(event, now=now)

    change(event, moved(event, ONE_DAY), coordinator, now)

    rows = Teaching.objects.select_related("session")
    assert [(row.status, row.period.lower, row.period.upper) for row in rows] == [
        ("confirmed", row.session.starts_at, row.session.ends_at) for row in rows
    ]


def test_change_event_swaps_two_days(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now), in_days(11, now=now)], now=now)
    make_teaching(event, now=now)
    first, second = plan_of(event).sessions
    (_, row1, start1), (_, row2, start2) = days_of(event)

    change(event, changed(event, sessions=[replace(first, was=2), replace(second, was=1)]), coordinator, now)

    assert days_of(event) == [(1, row2, start1), (2, row1, start2)]


def test_change_event_takes_away_the_first_day(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now), in_days(11, now=now)], now=now)
    kept = days_of(event)[1]

    after = change(event, changed(event, sessions=plan_of(event).sessions[1:]), coordinator, now)

    assert days_of(event) == [(1, kept[1], kept[2])]
    assert after.starts_at == kept[2]


def test_change_event_asks_its_trainer_for_a_new_day(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now)], now=now)
    trainer = make_trainer("Dana Whitlock")
    make_teaching(event, trainer, now=now)
    venue = plan_of(event).sessions[0].venue

    later = changed(event, sessions=[*plan_of(event).sessions, morning(in_days(17, now=now), venue=venue)])
    change(event, later, coordinator, now)

    assert [row.status for row in Teaching.objects.order_by("session__position")] == ["confirmed", "proposed"]
    message = Message.objects.get(kind="catalogue.date_changed")
    assert message.person_reference == trainer.reference
    assert "You have not confirmed all of these days yet." in message.text


def test_change_event_tells_trainers_of_a_new_time_once(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[in_days(10, now=now)], now=now)
    make_teaching(event, now=now)

    change(event, moved(event, ONE_DAY), coordinator, now)
    change(event, changed(event, notes_for_delegates="Bring a pen"), coordinator, now)

    assert Message.objects.filter(kind="catalogue.date_changed").count() == 1


def test_change_event_refuses_a_time_at_which_its_trainer_is_elsewhere(
    coordinator: User, now: datetime.datetime
) -> None:
    trainer = make_trainer("Dana Whitlock")
    make_teaching(make_event(reference="E7", days=[in_days(4, now=now)], now=now), trainer, now=now)
    event = make_event(days=[in_days(5, now=now)], now=now)
    make_teaching(event, trainer, now=now)

    with pytest.raises(CatalogueError) as refusal:
        change(event, moved(event, -ONE_DAY), coordinator, now)

    assert str(refusal.value) == (
        "Dana Whitlock is confirmed for E7 at that time: Fri 14 May 2027, 9:30–13:00. One of the two has to move."
    )
    event.refresh_from_db()
    assert event.revision == 1


def test_change_event_refuses_places_below_those_held(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(places_held=6)

    with pytest.raises(CatalogueError, match=r"6 people are booked. Offer at least 6."):
        change(event, changed(event, places_offered=5, minimum=0), coordinator, now)

    assert change(event, changed(event, places_offered=6), coordinator, now).places_left == 0


@pytest.mark.parametrize("lacking", ["venue", "days", "capacity"])
def test_change_event_leaves_an_open_date_fit_to_be_open(
    coordinator: User, now: datetime.datetime, lacking: str
) -> None:
    event = make_event(days=[in_days(10, now=now)], now=now)
    sessions = plan_of(event).sessions
    plans = {
        "venue": changed(event, sessions=[replace(sessions[0], venue=None)]),
        "days": changed(event, sessions=[]),
        "capacity": changed(event, sessions=[replace(sessions[0], venue=make_venue(capacity=10))]),
    }

    with pytest.raises(CatalogueError, match=r"This date is open"):
        change(event, plans[lacking], coordinator, now)

    assert days_of(event) == [(1, sessions[0].venue and event.sessions.get().pk, sessions[0].starts_at)]


def test_change_event_of_a_date_under_way_is_not_stopped_by_its_past_day(
    coordinator: User, now: datetime.datetime
) -> None:
    event = make_event(days=[in_days(-1, now=now), in_days(6, now=now)], now=now)

    after = change(event, changed(event, notes_for_delegates="Room 4 today"), coordinator, now)

    assert after.notes_for_delegates == "Room 4 today"


def test_change_event_refuses_the_second_of_two_editors(coordinator: User, now: datetime.datetime) -> None:
    event = make_event()
    theirs, mine = changed(event, places_offered=20), changed(event, places_offered=12)
    change_event(event=event, plan=theirs, revision=1, by=coordinator, now=now)

    with pytest.raises(StaleError) as refusal:
        change_event(event=event, plan=mine, revision=1, by=coordinator, now=now)

    assert refusal.value.revision == 2
    assert Event.objects.get().places_offered == 20


def test_change_event_refuses_a_cancelled_date(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(is_published=False)
    Event.objects.update(standing="cancelled")

    with pytest.raises(CatalogueError, match=r"This date is cancelled."):
        change(event, changed(event), coordinator, now)


def test_change_event_refuses_a_practitioner(coordinator: User, practitioner: User, now: datetime.datetime) -> None:
    event = make_event()

    with pytest.raises(CatalogueError, match=r"Only a coordinator"):
        change(event, changed(event), practitioner, now)
