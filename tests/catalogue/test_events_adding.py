import datetime
import uuid
from dataclasses import replace

import pytest

from tests.catalogue.making import session_at
from tests.factories_catalogue import make_event, make_venue, make_version, morning
from training.catalogue.actions.copying import copy_event
from training.catalogue.actions.courses import revise_outcomes
from training.catalogue.actions.events import add_event
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event
from training.catalogue.plans import EventPlan
from training.people.models import User

DAY = datetime.date(2027, 5, 14)
PLAN = EventPlan(mode="virtual", room_limit=20, places_offered=18, minimum=6)


def test_add_event_writes_a_draft_with_its_days_in_order(coordinator: User) -> None:
    late, early = morning(DAY + datetime.timedelta(days=7)), morning(DAY)

    event = add_event(version=make_version(), plan=replace(PLAN, sessions=[late, early]), by=coordinator)

    assert event.standing == "draft"
    assert [(day.position, day.starts_at) for day in event.sessions.all()] == [
        (1, datetime.datetime(2027, 5, 14, 8, 30, tzinfo=datetime.UTC)),
        (2, datetime.datetime(2027, 5, 21, 8, 30, tzinfo=datetime.UTC)),
    ]
    assert (event.starts_at, event.ends_at) == (early.starts_at, late.ends_at)


def test_add_event_takes_the_next_free_reference(coordinator: User) -> None:
    version = make_version()
    for reference in ("E0140", "E99", "X500", "E0139"):
        add_event(version=version, plan=PLAN, reference=reference, by=coordinator)

    added = [add_event(version=version, plan=PLAN, by=coordinator).reference for _ in range(2)]

    assert added == ["E0141", "E0142"]


def test_add_event_refuses_a_reference_that_is_taken(coordinator: User) -> None:
    version = make_version()
    add_event(version=version, plan=PLAN, reference="E0140", by=coordinator)

    with pytest.raises(CatalogueError, match=r"There is already a date with the reference E0140."):
        add_event(version=version, plan=PLAN, reference="e0140", by=coordinator)


def test_add_event_by_the_same_form_twice_is_one_date(coordinator: User) -> None:
    version, submission = make_version(), uuid.uuid4()

    twice = [add_event(version=version, plan=PLAN, submission=submission, by=coordinator) for _ in range(2)]

    assert twice[0] == twice[1] == Event.objects.get()


def test_add_event_refuses_a_practitioner(practitioner: User, coordinator: User) -> None:
    version = make_version()

    with pytest.raises(CatalogueError, match=r"Only a coordinator"):
        add_event(version=version, plan=PLAN, by=practitioner)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"places_offered": 21}, "21 places are offered but the room holds 20. Offer fewer."),
        ({"minimum": 19}, "The fewest to run with, 19, is more than the 18 places offered."),
        ({"room_limit": None}, "Enter how many may come at most."),
        ({"places_offered": 0}, "Enter how many places are offered."),
        ({"mode": "e_learning"}, "Training in people’s own time has no limit of places. Leave the places empty."),
        (
            {
                "mode": "e_learning",
                "room_limit": None,
                "places_offered": None,
                "minimum": 0,
                "sessions": [morning(DAY)],
            },
            "Training in people’s own time has no days and times. Remove them, or choose another way.",
        ),
        ({"sessions": [morning(DAY), morning(DAY)]}, "Two of the days overlap. Give each its own time."),
        (
            {"sessions": [morning(DAY + datetime.timedelta(days=n)) for n in range(7)]},
            "A date has 6 days at most. Make a second date for the rest.",
        ),
        (
            {"sessions": [session_at(datetime.datetime(2027, 5, 14, tzinfo=datetime.UTC), hours=25)]},
            "Each day must end after it starts, within 24 hours.",
        ),
    ],
)
def test_add_event_refuses_a_plan_that_cannot_be(coordinator: User, changes: dict[str, object], sentence: str) -> None:
    version = make_version()

    with pytest.raises(CatalogueError) as refusal:
        add_event(version=version, plan=replace(PLAN, **changes), by=coordinator)  # type: ignore[arg-type]

    assert str(refusal.value) == sentence
    assert Event.objects.count() == 0


def test_add_event_of_e_learning_has_neither_days_nor_places(coordinator: User) -> None:
    event = add_event(version=make_version(), plan=EventPlan(mode="e_learning"), by=coordinator)

    assert (event.starts_at, event.room_limit, event.places_left) == (None, None, None)


def test_copy_event_keeps_distances_and_clock_times_over_the_clock_change(coordinator: User) -> None:
    days = [
        morning(datetime.date(2027, 6, 1), venue=make_venue()),
        morning(datetime.date(2027, 6, 8), venue=make_venue()),
    ]
    event = make_event(days=days, is_published=False, joining_link="https://meet.example/1", notes_for_trainers="Cable")

    copy = copy_event(event=event, first_day=datetime.date(2027, 10, 26), by=coordinator)

    assert [day.starts_at for day in copy.sessions.all()] == [
        datetime.datetime(2027, 10, 26, 8, 30, tzinfo=datetime.UTC),  # summer time
        datetime.datetime(2027, 11, 2, 9, 30, tzinfo=datetime.UTC),  # winter time
    ]
    assert [day.venue for day in copy.sessions.all()] == [day.venue for day in event.sessions.all()]
    assert (copy.standing, copy.joining_link, copy.notes_for_trainers) == ("draft", "", "Cable")


def test_copy_event_is_on_the_current_version(coordinator: User, now: datetime.datetime) -> None:
    from tests.catalogue.making import correction

    event = make_event()
    course = event.version.course
    version = revise_outcomes(**correction(course, outcomes=["New"]), moves_drafts=False, by=coordinator, now=now)

    copy = copy_event(event=event, first_day=datetime.date(2027, 10, 26), by=coordinator)

    assert copy.version == version


def test_copy_event_refuses_a_day_on_which_its_time_does_not_exist(coordinator: User) -> None:
    night = morning(datetime.date(2027, 6, 1), starts=datetime.time(1, 30), ends=datetime.time(4))
    event = make_event(days=[night], mode="virtual", is_published=False)

    with pytest.raises(CatalogueError, match=r"The clocks go forward that night: there is no 01:30 on 28 March 2027."):
        copy_event(event=event, first_day=datetime.date(2027, 3, 28), by=coordinator)
