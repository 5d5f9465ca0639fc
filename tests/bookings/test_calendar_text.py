"""The text of a calendar entry: right over both clock changes, and whatever is typed into a title."""

import dataclasses
import datetime
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.calendars.writing import Appointment, Mailbox, one_object, published, subscription
from tests.bookings.calendar_reading import read, read_by_ical_js, read_by_icalendar
from training.web.when import LONDON, in_london

AT_HALF_PAST_NINE = datetime.time(9, 30)
# The days around the four clock changes of two years, and those that a generated zone is known to get wrong.
DAYS = [
    *(datetime.date(2026, 3, 27) + datetime.timedelta(days=n) for n in range(4)),
    *(datetime.date(2026, 10, 23) + datetime.timedelta(days=n) for n in range(4)),
    datetime.date(2027, 1, 15),
    *(datetime.date(2027, 3, 26) + datetime.timedelta(days=n) for n in range(4)),
    datetime.date(2027, 7, 1),
    *(datetime.date(2027, 10, 29) + datetime.timedelta(days=n) for n in range(4)),
    datetime.date(2027, 11, 5),
]
STAMP = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
APPOINTMENT = Appointment(
    uid="8f1f1c2e-0000-4000-8000-000000000001",
    sequence=0,
    stamped_at=STAMP,
    starts_at=in_london(DAYS[0], AT_HALF_PAST_NINE),
    ends_at=in_london(DAYS[0], datetime.time(13)),
    title="Domestic abuse",
    place="Room 1, 1 Wharf Street, London",
    description="Line 1\nLine 2, with a comma; and more",
    page="https://muster.example/my/bookings/7KM2QXPA/",
    organiser=Mailbox("training@muster.example", "Bankside training"),
    attendee=Mailbox("ada@bankside.example", "Ada Obi"),
)


def on_day(day: datetime.date, **fields: object) -> Appointment:
    starts_at = in_london(day, AT_HALF_PAST_NINE)
    ends_at = in_london(day, datetime.time(13))
    return dataclasses.replace(APPOINTMENT, starts_at=starts_at, ends_at=ends_at, **fields)  # type: ignore[arg-type]


def test_every_day_around_the_clock_changes_is_right_in_both_parsers() -> None:
    texts = [
        one_object(method, on_day(day, is_cancelled=method == "CANCEL"))
        for day, method in itertools.product(DAYS, ("REQUEST", "CANCEL"))
    ]

    by_script = read_by_ical_js(texts)

    assert by_script == [read_by_icalendar(text) for text in texts]
    shown = [one.only.starts_at.astimezone(LONDON) for one in by_script]
    assert [(moment.date(), moment.time()) for moment in shown] == [
        (day, AT_HALF_PAST_NINE) for day in DAYS for _ in range(2)
    ]
    ends = [one.only.ends_at.astimezone(LONDON).time() for one in by_script]
    assert ends == [datetime.time(13)] * len(texts)


def test_a_moved_date_over_a_clock_change_keeps_its_uid() -> None:
    before = one_object("REQUEST", on_day(datetime.date(2027, 3, 26)))
    after = one_object("REQUEST", on_day(datetime.date(2027, 3, 29), sequence=1))

    first, second = read_by_ical_js([before, after])

    assert (first.only.uid, first.only.sequence) == (APPOINTMENT.uid, 0)
    assert (second.only.uid, second.only.sequence) == (APPOINTMENT.uid, 1)
    # Three days and on a London clock the same time: an hour less has passed.
    assert second.only.starts_at - first.only.starts_at == datetime.timedelta(days=3, hours=-1)


@pytest.mark.parametrize("hour", [0, 1])
def test_the_hour_that_comes_twice_is_told_apart(hour: int) -> None:
    starts_at = datetime.datetime(2027, 10, 31, hour, 30, tzinfo=datetime.UTC)  # 1:30, both times
    appointment = dataclasses.replace(APPOINTMENT, starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=5))

    found = read(one_object("REQUEST", appointment)).only

    assert (found.starts_at, found.ends_at) == (appointment.starts_at, appointment.ends_at)


def test_an_invitation_says_who_and_what() -> None:
    text = one_object("REQUEST", APPOINTMENT)

    calendar = read(text)

    assert calendar.method == "REQUEST"
    assert calendar.only.status == "CONFIRMED"
    assert calendar.only.organiser == "mailto:training@muster.example"
    assert calendar.only.attendees == (("mailto:ada@bankside.example", "Ada Obi"),)
    assert calendar.only.description == APPOINTMENT.description
    flat = text.replace("\r\n ", "")
    assert "RSVP=TRUE" in flat
    assert "ROLE=REQ-PARTICIPANT" in flat
    assert "PARTSTAT=NEEDS-ACTION" in flat
    assert flat.count("RDATE") == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zoë Łódź", "Zoë Łódź"),
        ("O’Brien, Ada; the “second”", "O’Brien, Ada; the “second”"),
        ('Ada "Lovely": Obi', "Ada ’Lovely’: Obi"),
        ("Ada\r\nATTENDEE:mailto:x@x.example", "Ada ATTENDEE:mailto:x@x.example"),
        ("\u202eibO adA\x00", "ibO adA"),
    ],
)
def test_names_of_every_kind(name: str, shown: str) -> None:
    found = read(
        one_object("REQUEST", dataclasses.replace(APPOINTMENT, attendee=Mailbox("ada@bankside.example", name)))
    )

    assert found.only.attendees == (("mailto:ada@bankside.example", shown),)


def test_a_file_of_several_and_a_subscription() -> None:
    days = [on_day(day, uid=f"uid-{day}", attendee=None) for day in DAYS]

    for content, method in ((published(days), "PUBLISH"), (subscription("My, training", days), None)):
        calendar = read(content)
        assert calendar.method == method
        assert [event.starts_at for event in calendar.events] == [one.starts_at for one in days]
        assert [event.attendees for event in calendar.events] == [()] * len(days)

    head = subscription("My, training", days).decode().partition("BEGIN:VTIMEZONE")[0]
    assert "NAME:My\\, training" in head.split("\r\n")
    assert "X-WR-CALNAME:My\\, training" in head.split("\r\n")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in head.split("\r\n")
    assert "X-PUBLISHED-TTL:PT4H" in head.split("\r\n")


TITLES = st.text(
    st.one_of(
        st.sampled_from(",;:\\\"'\n\r\t ^😀👩‍👩‍👧é אבג\u202e\u2066\x00|%&<>"),
        st.characters(codec="utf-8"),
    ),
    max_size=160,
)


def tidy(text: str) -> str:
    """What is left of a typed text: control characters and what turns writing round are gone, one space between."""
    unwanted = {*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    return " ".join("".join(one for one in text if ord(one) not in unwanted).split())


@given(TITLES)
def test_any_title_comes_back_and_breaks_nothing(text: str) -> None:
    written = one_object("REQUEST", dataclasses.replace(APPOINTMENT, title=text, description=text))

    assert read_by_icalendar(written).only.summary == tidy(text)
    lines = written.encode().split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert [line.decode() for line in lines].count("BEGIN:VEVENT") == 1  # and no line is cut within a letter


@settings(max_examples=3)
@given(st.lists(TITLES, min_size=15, max_size=25))
def test_any_title_reads_the_same_in_ical_js(texts: list[str]) -> None:
    written = [one_object("REQUEST", dataclasses.replace(APPOINTMENT, title=text)) for text in texts]

    assert [one.only.summary for one in read_by_ical_js(written)] == [tidy(text) for text in texts]
