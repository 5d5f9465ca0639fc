import datetime

import pytest

from tests.factories import make_person, make_user
from tests.factories_catalogue import in_days, make_event, make_teaching, make_trainer
from training.catalogue.actions.teaching import (
    ask_trainer,
    confirm_teaching,
    decline_teaching,
    record_trainer,
    withdraw_trainer,
)
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, Teaching, TeachingStep
from training.outbox.models import Message
from training.people.models import Person, User


@pytest.fixture
def event(coordinator: User, now: datetime.datetime) -> Event:
    return make_event(reference="E7", days=[in_days(4, now=now), in_days(5, now=now)], now=now)


@pytest.fixture
def dana(coordinator: User) -> Person:
    return make_trainer("Dana Whitlock")


def statuses() -> list[str]:
    return list(Teaching.objects.order_by("session__starts_at", "pk").values_list("status", flat=True))


def test_ask_trainer_proposes_every_day_and_writes_to_them(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    ask_trainer(event=event, person=dana, by=coordinator, now=now)

    assert statuses() == ["proposed", "proposed"]
    message = Message.objects.get()
    assert (message.kind, message.to_address) == ("catalogue.asked_to_teach", dana.email)
    assert "* Fri 14 May 2027, 9:30–13:00, " in message.text
    assert "* Sat 15 May 2027, 9:30–13:00, " in message.text
    assert [(step.was, step.became, step.by) for step in TeachingStep.objects.all()] == [
        ("", "proposed", coordinator.person),
        ("", "proposed", coordinator.person),
    ]


def test_ask_trainer_twice_writes_once(event: Event, dana: Person, coordinator: User, now: datetime.datetime) -> None:
    for _ in range(2):
        ask_trainer(event=event, person=dana, by=coordinator, now=now)

    assert Message.objects.count() == 1


def test_ask_trainer_again_after_a_no_is_another_message(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    ask_trainer(event=event, person=dana, by=coordinator, now=now)
    decline_teaching(event=event, person=dana, by=coordinator, now=now)

    ask_trainer(event=event, person=dana, by=coordinator, now=now)

    assert statuses() == ["proposed", "proposed"]
    assert Message.objects.count() == 2


def test_ask_trainer_refuses_who_is_no_trainer(event: Event, coordinator: User, now: datetime.datetime) -> None:
    with pytest.raises(CatalogueError, match=r"Jo is not a trainer in Muster."):
        ask_trainer(event=event, person=make_person("Jo"), by=coordinator, now=now)


def test_ask_trainer_refuses_a_date_without_a_day(dana: Person, coordinator: User, now: datetime.datetime) -> None:
    event = make_event(days=[], is_published=False)

    with pytest.raises(CatalogueError, match=r"Set the days and times first"):
        ask_trainer(event=event, person=dana, by=coordinator, now=now)


def test_ask_trainer_refuses_a_date_that_is_over(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    with pytest.raises(CatalogueError, match=r"E7 is over."):
        ask_trainer(event=event, person=dana, by=coordinator, now=now + datetime.timedelta(days=9))


def test_confirm_teaching_by_the_trainer(event: Event, dana: Person, coordinator: User, now: datetime.datetime) -> None:
    make_teaching(event, dana, is_confirmed=False, now=now)
    own_login = make_user(dana)

    for _ in range(2):
        confirm_teaching(event=event, person=dana, by=own_login, now=now)

    assert statuses() == ["confirmed", "confirmed"]
    assert TeachingStep.objects.filter(became="confirmed", by=dana).count() == 2
    assert {row.answered_at for row in Teaching.objects.all()} == {now}


def test_confirm_teaching_by_a_coordinator_for_them(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    make_teaching(event, dana, is_confirmed=False, now=now)

    confirm_teaching(event=event, person=dana, by=coordinator, now=now)

    assert TeachingStep.objects.filter(became="confirmed", by=coordinator.person).count() == 2


@pytest.mark.parametrize("action", [confirm_teaching, decline_teaching])
def test_answers_by_anybody_else_are_refused(
    event: Event, dana: Person, practitioner: User, now: datetime.datetime, action: object
) -> None:
    make_teaching(event, dana, is_confirmed=False, now=now)

    with pytest.raises(CatalogueError, match=r"Only the trainer or a coordinator can answer this."):
        action(event=event, person=dana, by=practitioner, now=now)  # type: ignore[operator]


def test_confirm_teaching_refuses_who_was_not_asked(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    with pytest.raises(CatalogueError, match=r"Dana Whitlock is not asked to teach E7."):
        confirm_teaching(event=event, person=dana, by=coordinator, now=now)


def test_confirm_teaching_refuses_a_second_place_at_the_same_time(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    make_teaching(event, dana, now=now)
    other = make_event(days=[in_days(5, now=now)], now=now)
    make_teaching(other, dana, is_confirmed=False, now=now)

    with pytest.raises(CatalogueError) as refusal:
        confirm_teaching(event=other, person=dana, by=coordinator, now=now)

    assert str(refusal.value) == (
        "Dana Whitlock is confirmed for E7 at that time: Sat 15 May 2027, 9:30–13:00. One of the two has to move."
    )
    assert statuses() == ["confirmed", "confirmed", "proposed"]


def test_confirm_teaching_allows_the_next_room_right_after(
    dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    from tests.factories_catalogue import make_venue, morning

    day, venue = in_days(4, now=now), make_venue()
    afternoon = morning(day, venue=venue, starts=datetime.time(13), ends=datetime.time(16))
    make_teaching(make_event(days=[day], now=now), dana, now=now)

    make_teaching(make_event(days=[afternoon], now=now), dana, now=now)

    assert statuses() == ["confirmed", "confirmed"]


def test_decline_teaching_after_a_yes_frees_the_time(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    make_teaching(event, dana, now=now)

    for _ in range(2):
        decline_teaching(event=event, person=dana, by=coordinator, now=now, reason="Ill")

    assert statuses() == ["declined", "declined"]
    assert {step.reason for step in TeachingStep.objects.filter(became="declined")} == {"Ill"}
    make_teaching(make_event(days=[in_days(5, now=now)], now=now), dana, now=now)


def test_withdraw_trainer_tells_them_once(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    make_teaching(event, dana, now=now)

    for _ in range(2):
        withdraw_trainer(event=event, person=dana, by=coordinator, now=now)

    assert statuses() == ["withdrawn", "withdrawn"]
    assert Message.objects.filter(kind="catalogue.taken_off").count() == 1


def test_withdraw_trainer_refuses_the_trainer(event: Event, dana: Person, now: datetime.datetime) -> None:
    make_teaching(event, dana, now=now)

    with pytest.raises(CatalogueError, match=r"Only a coordinator"):
        withdraw_trainer(event=event, person=dana, by=make_user(dana), now=now)


def test_record_trainer_confirms_without_a_message(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    assert coordinator.person is not None

    sentences = [record_trainer(event=event, person=dana, by=coordinator.person, now=now) for _ in range(2)]

    assert sentences == ["", ""]
    assert statuses() == ["confirmed", "confirmed"]
    assert Message.objects.count() == 0


def test_record_trainer_only_proposes_where_they_clash(
    event: Event, dana: Person, coordinator: User, now: datetime.datetime
) -> None:
    assert coordinator.person is not None
    make_teaching(event, dana, now=now)
    other = make_event(days=[in_days(4, now=now)], now=now)

    sentence = record_trainer(event=other, person=dana, by=coordinator.person, now=now)

    assert sentence.startswith("Dana Whitlock is confirmed for E7 at that time")
    assert statuses() == ["confirmed", "proposed", "confirmed"]
