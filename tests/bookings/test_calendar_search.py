"""The dates of a search as a calendar to subscribe to."""

import datetime
import gzip
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bookings.calendar_reading import read
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, make_course, make_event, morning
from training.catalogue.actions.standing import close_event
from training.catalogue.models import DeliveryMode, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
MAY_14, MAY_31 = datetime.date(2027, 5, 14), datetime.date(2027, 5, 31)


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2027, 5, 1, 9, tzinfo=datetime.UTC), tick=False):
        yield


def summaries(query: str = "") -> list[tuple[str, str]]:
    response = Client().get(f"/courses/dates.ics{query}")
    assert response.status_code == 200
    return [(one.summary, one.status) for one in read(response.content).events]


def test_search_calendar_has_the_dates_of_the_search_and_nobody_in_them() -> None:
    neglect = make_course("Neglect")
    event = make_event(neglect, days=[MAY_14, MAY_31])
    make_event(neglect, days=[morning(MAY_31, joining_link="https://meet.example/room")], mode=DeliveryMode.VIRTUAL)
    make_event(make_course("Online harm", outcomes=["See it"]), days=[MAY_14])
    booking = make_booking(event)

    response = Client().get("/courses/dates.ics?q=neglect&mode=face_to_face")

    calendar = read(response.content)
    assert [one.summary for one in calendar.events] == ["Neglect", "Neglect, day 2"]
    assert {one.attendees for one in calendar.events} == {()}
    text = Client().get("/courses/dates.ics").content.decode()
    assert booking.person.name not in text
    assert "meet.example" not in text
    assert response["Cache-Control"] == "public, max-age=600"


def test_search_calendar_takes_back_a_cancelled_date_even_the_only_one() -> None:
    event = make_event(make_course("Neglect"), days=[MAY_14], mode=DeliveryMode.VIRTUAL)
    close_event(event, reason="Trainer ill", by=any_coordinator().person, now=datetime.datetime.now(datetime.UTC))

    found = summaries("?q=neglect&mode=virtual&from=2027-05-01&to=2027-05-20&places=1")

    assert found == [("Neglect", "CANCELLED")]
    assert summaries("?q=neglect&from=2027-05-20") == []


def test_search_calendar_leaves_out_drafts_and_what_has_no_day() -> None:
    course = make_course("Neglect")
    make_event(course, days=[MAY_14], is_published=False)
    make_event(course, mode=DeliveryMode.E_LEARNING, days=[])

    assert summaries() == []


def test_search_calendar_is_not_sent_again_while_nothing_has_changed() -> None:
    event = make_event(make_course("Neglect"), days=[MAY_14])
    first = Client().get("/courses/dates.ics")

    again = Client().get("/courses/dates.ics", headers={"if-none-match": first["ETag"]})
    Event.objects.filter(pk=event.pk).update(revision=7)
    changed = Client().get("/courses/dates.ics", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_search_calendar_is_packed_for_whoever_unpacks_it() -> None:
    for _ in range(3):
        make_event(make_course("Neglect"), days=[MAY_14])

    plain = Client().get("/courses/dates.ics")
    packed = Client().get("/courses/dates.ics", headers={"accept-encoding": "gzip"})
    again = Client().get("/courses/dates.ics", headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})

    assert gzip.decompress(packed.content) == plain.content
    assert again.status_code == 304


def test_search_calendar_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.catalogue.finding.events.MOST", 2)
    course = make_course("Neglect")
    for day in (3, 4, 5):
        make_event(course, days=[datetime.date(2027, 5, 10 + day)])

    assert len(summaries()) == 2


def test_search_calendar_asks_the_same_number_of_queries_for_one_date_and_three() -> None:
    counts = []
    for day in (3, 4, 5):
        make_event(make_course("Neglect"), days=[datetime.date(2027, 5, 10 + day)])
        with CaptureQueriesContext(connection) as captured:
            summaries("?q=neglect")
        counts.append(len(captured))

    assert counts[0] == counts[-1] <= 8


NONSENSE = ["?from=never&mode=telepathy&level=9", "?q=%ff&view=month&month=x", "?q=" + "x" * 3000]


@pytest.mark.parametrize("query", NONSENSE)
def test_search_calendar_of_nonsense_is_a_calendar(query: str) -> None:
    make_event(make_course("Neglect"), days=[MAY_14])

    assert Client().get(f"/courses/dates.ics{query}").content.startswith(b"BEGIN:VCALENDAR")
    assert Client().post("/courses/dates.ics").status_code == 405
