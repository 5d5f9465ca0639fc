"""Many copies of a date: looked at first, made once, with trainers asked and no link."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import ClientOf
from tests.factories_catalogue import in_days, make_course, make_event, make_teaching, make_trainer, make_venue, morning
from training.catalogue.actions.copying import repeat_event
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, Teaching
from training.catalogue.proposals import proposals
from training.catalogue.repeating import Repetition
from training.outbox.models import Message
from training.people.models import User

DAYS = [datetime.date(2027, 6, 15), datetime.date(2027, 7, 20)]


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def repeat(event: Event, by: User, now: datetime.datetime, **changes: Any) -> list[Event]:
    return repeat_event(
        **{"event": event, "first_days": DAYS, "submission": uuid.uuid4(), "by": by, "now": now, **changes}
    )


def rows() -> tuple[int, int, int]:
    return Event.objects.count(), Teaching.objects.count(), Message.objects.count()


def form(event: Event, do: str = "look", **changes: Any) -> dict[str, Any]:
    first = in_days(60)
    boxes = {"first_day": first.day, "first_month": first.month, "first_year": first.year}
    data = {**boxes, "every": "weeks", "step": "1", "times": "3", "asks_trainers": "on"}
    return {**data, "submission": str(uuid.uuid4()), "do": do, **changes}


def address(event: Event) -> str:
    return f"/desk/dates/{event}/repeat/"


def on(*weeks: int) -> list[str]:
    return [(in_days(60) + datetime.timedelta(weeks=number)).isoformat() for number in weeks]


def test_repeat_event_keeps_numbers_venue_notes_and_mode(coordinator: User, now: datetime.datetime) -> None:
    venue = make_venue()
    days = [morning(datetime.date(2027, 5, 18), venue=venue), morning(datetime.date(2027, 5, 19), venue=venue)]
    event = make_event(days=days, now=now, minimum=7, joining_link="https://meet.example/1", notes_for_delegates="Pen")

    first, second = repeat(event, coordinator, now)

    for copy, day in zip((first, second), DAYS, strict=True):
        assert [one.starts_at.date() for one in copy.sessions.all()] == [day, day + datetime.timedelta(days=1)]
        assert {one.venue for one in copy.sessions.all()} == {venue}
        assert (copy.standing, copy.minimum, copy.notes_for_delegates) == ("draft", 7, "Pen")
        assert (copy.mode, copy.room_limit, copy.places_offered, copy.joining_link) == ("face_to_face", 24, 18, "")


def test_repeat_event_asks_each_trainer_once_for_all(coordinator: User, now: datetime.datetime) -> None:
    event, trainer, asked = make_event(now=now), make_trainer("Dana Whitlock"), make_trainer()
    make_teaching(event, trainer, now=now)
    make_teaching(event, asked, is_confirmed=False, now=now)
    before = Message.objects.count()

    copies = repeat(event, coordinator, now)

    statuses = Teaching.objects.filter(session__event__in=copies).values_list("status", flat=True)
    assert list(statuses) == ["proposed"] * 4
    assert Message.objects.count() == before + 2
    text = Message.objects.filter(kind="catalogue.asked_to_teach_dates").order_by("pk")[0].text
    assert all(copy.reference in text for copy in copies)


def test_repeat_event_asks_nobody_when_told_so_nor_for_days_gone(coordinator: User, now: datetime.datetime) -> None:
    event = make_event(now=now)
    make_teaching(event, now=now)

    repeat(event, coordinator, now, asks_trainers=False)
    repeat(event, coordinator, now, first_days=[datetime.date(2027, 4, 1)])

    assert Teaching.objects.count() == 1


def test_repeat_event_leaves_out_who_is_no_trainer_any_more(coordinator: User, now: datetime.datetime) -> None:
    event, trainer = make_event(now=now), make_trainer()
    make_teaching(event, trainer, now=now)
    trainer.role_grants.all().delete()

    repeat(event, coordinator, now)

    assert Teaching.objects.count() == 1


def test_repeat_event_twice_is_once(coordinator: User, now: datetime.datetime) -> None:
    event, submission = make_event(now=now), uuid.uuid4()
    make_teaching(event, now=now)
    first = repeat(event, coordinator, now, submission=submission)
    before = rows()

    second = repeat(event, coordinator, now, submission=submission)

    assert (second, rows()) == (first, before)


def test_repeat_event_makes_nothing_when_one_day_cannot_be(coordinator: User, now: datetime.datetime) -> None:
    night = morning(datetime.date(2027, 6, 1), starts=datetime.time(1, 30), ends=datetime.time(4))
    event = make_event(days=[night], mode="virtual", is_published=False)

    with pytest.raises(CatalogueError, match="there is no 01:30 on 26 March 2028"):
        repeat(event, coordinator, now, first_days=[datetime.date(2027, 6, 8), datetime.date(2028, 3, 26)])

    assert Event.objects.get() == event


@pytest.mark.parametrize(
    ("days", "sentence"), [([], "Tick at least one date."), (None, "Make 52 dates at most at once.")]
)
def test_repeat_event_refuses_none_and_too_many(
    days: list[datetime.date] | None, sentence: str, coordinator: User, now: datetime.datetime
) -> None:
    many = [datetime.date(2027, 6, 1) + datetime.timedelta(days=number) for number in range(53)]
    with pytest.raises(CatalogueError, match=sentence):
        repeat(make_event(now=now), coordinator, now, first_days=many if days is None else days)


def test_repeat_event_refuses_a_practitioner_and_a_date_without_day(
    practitioner: User, coordinator: User, now: datetime.datetime
) -> None:
    event = make_event(now=now)
    with pytest.raises(CatalogueError, match="Only a coordinator"):
        repeat(event, practitioner, now)
    with pytest.raises(CatalogueError, match="has no day yet"):
        repeat(make_event(days=[], is_published=False), coordinator, now)


def test_proposals_warn_of_holidays_rooms_trainers_and_the_past(partnership: object, now: datetime.datetime) -> None:
    venue, trainer = make_venue("Tooley Rooms"), make_trainer("Dana Whitlock")
    event = make_event(days=[datetime.date(2027, 5, 17)], venue=venue, now=now)
    make_teaching(event, trainer, now=now)
    other = make_event(days=[datetime.date(2027, 6, 7)], venue=venue, now=now)
    make_teaching(other, trainer, now=now)
    loaded = Event.objects.with_details().get(pk=event.pk)

    found = proposals(loaded, Repetition(datetime.date(2027, 5, 3), times=6), now)

    codes = {one.value[5:]: [reason.code for reason in one.warnings] for one in found}
    assert codes == {
        "05-03": ["past", "bank_holiday"],
        "05-10": ["past"],
        "05-17": ["venue_clash", "trainer_clash"],
        "05-24": [],
        "05-31": ["bank_holiday"],
        "06-07": ["venue_clash", "trainer_clash"],
    }
    assert [one.value[5:] for one in found if one.is_ticked] == ["05-24"]
    assert f"Dana Whitlock is confirmed for {other} at that time" in found[-1].warnings[1].sentence


def test_proposals_warn_of_copies_that_meet_each_other(partnership: object, now: datetime.datetime) -> None:
    days = [datetime.date(2027, 6, 1), datetime.date(2027, 6, 8)]
    event = make_event(days=days, now=now)

    found = proposals(event, Repetition(datetime.date(2027, 6, 15), times=2), now)

    assert [[reason.code for reason in one.warnings] for one in found] == [[], ["overlaps_copy"]]


def test_proposals_ask_the_same_number_of_queries_for_many(partnership: object, now: datetime.datetime) -> None:
    event = make_event(now=now)
    make_teaching(event, now=now)
    counts = []
    for times in (1, 40):
        loaded = Event.objects.with_details().get(pk=event.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            proposals(loaded, Repetition(datetime.date(2027, 6, 15), times=times), now)
        counts.append(len(queries))

    assert counts == [2, 2]


def test_page_shows_the_dates_and_makes_nothing(desk: Client) -> None:
    event = make_event()

    page = desk.post(address(event), form(event))

    assert [one.value for one in page.context["proposals"]] == on(0, 1, 2)
    assert Event.objects.count() == 1


def test_page_makes_what_is_ticked_and_only_once(desk: Client) -> None:
    event = make_event(make_course(code="NEG"))
    data = form(event, "make", on=[*on(0, 2), "1999-01-01", "rubbish"])

    places = [desk.post(address(event), data)["Location"] for _ in range(2)]

    assert places == ["/desk/dates/?standing=draft&q=NEG"] * 2
    copies = Event.objects.exclude(pk=event.pk).order_by("starts_at")
    assert [copy.starts_at.date().isoformat() for copy in copies if copy.starts_at] == on(0, 2)


def test_page_keeps_the_ticks_when_none_is_left(desk: Client) -> None:
    event = make_event()

    page = desk.post(address(event), form(event, "make"))

    assert "Tick at least one date." in page.content.decode()
    assert (page.context["ticked"], len(page.context["proposals"])) == (set(), 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"times": "0"}, {"times": "", "until": ""}, {"times": "999"}, {"every": "hourly"}, {"step": "x"},
        {"first_day": "31", "first_month": "2"}, {"until_day": "1", "until_month": "1", "until_year": "2020"},
        {"times": "", "until_day": "1", "until_month": "1", "until_year": "2199"}, {"submission": "again"},
    ],
)  # fmt: skip
def test_page_refuses_rubbish_in_words(changes: dict[str, str], desk: Client) -> None:
    event = make_event()

    page = desk.post(address(event), form(event, "make", on=on(0), **changes))

    assert page.status_code == 200
    assert page.context["form"].errors
    assert Event.objects.count() == 1


def test_page_of_a_date_without_day_says_so(desk: Client) -> None:
    event = make_event(days=[], is_published=False)

    assert "This date has no day yet" in desk.get(address(event)).content.decode()
    assert desk.post(address(event), form(event, "make", on=on(0))).status_code == 200


def test_copy_page_asks_the_trainers(desk: Client) -> None:
    event, day = make_event(), in_days(60)
    make_teaching(event)
    data = {"first_day_day": day.day, "first_day_month": day.month, "first_day_year": day.year}

    desk.post(f"/desk/dates/{event}/copy/", {**data, "asks_trainers": "on", "submission": str(uuid.uuid4())})

    copy = Event.objects.exclude(pk=event.pk).get()
    assert Teaching.objects.get(session__event=copy).status == "proposed"
