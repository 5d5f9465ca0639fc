"""The partnership's own list of dates, and one with a fault in ten of its rows."""

from pathlib import Path

import pytest

from providers.exporting import courses_sheet, dates_sheet
from providers.models import Commission
from tests.factories_catalogue import make_trainer
from tests.imports.reading import DATA, EVENTS, counted, own_files, said, take
from training.catalogue.models import CourseVersion, Event, Session, Teaching
from training.outbox.models import Message
from training.people.models import User
from training.web.downloads import csv_bytes, xlsx_bytes

HERE = Path(__file__).parent
OWN = DATA / "events-2019-20.csv"
# Every fault of the file: its row, column, what stands there, what should.
FAULTS = [
    "Row 3, course_code: found “BSP999”, expected the code of a course that Muster knows.",
    "Row 4, sessions: found “31/02/2020”, expected a real date, like 28/02/2020.",
    "Row 5, sessions: found “17:30-09:30”, expected an end after its start.",
    "Row 6, capacity: found “twenty”, expected a whole number from 1 to 5,000.",
    "Row 7, venue: found “Tooley Rooms 9”, expected a venue that Muster knows; the nearest: “Tooley Rooms 2” and"
    " “Tooley Rooms 1”.",
    "Row 8, capacity: found “-3”, expected a whole number from 1 to 5,000.",
    "Row 9, mode: found “telepathy”, expected face-to-face, virtual, hybrid or e-learning.",
    "Row 10, reference: found “E0031”, expected each date once: it is in row 2 too.",
    'Row 11, trainer: found “=HYPERLINK("http://x.example","x")”, expected words, not a formula.',
    "Row 12, sessions: found nothing, expected at least one day and time, like 02/07/2019 09:30-16:30; only e-learning"
    " has none.",
]

pytestmark = pytest.mark.usefixtures("files")


@pytest.fixture
def files(by: User) -> None:
    own_files(by)


def rows_written() -> list[int]:
    """Rows, the audit's among them: what reading a file in again must not add to."""
    models = [Event, Session, Teaching, CourseVersion, Commission]
    histories = [model.history.rel.related_model for model in models]  # type: ignore[attr-defined]
    return [model._default_manager.count() for model in (*models, *histories, Message)]


def test_own_dates(by: User) -> None:
    make_trainer("Dana Whitlock")

    outcome = take(OWN, by)

    assert counted(outcome) == [{"new": 140}]
    assert Event.objects.published().count() == 140
    first = Event.objects.get(reference="E0031")
    assert (first.version.course.code, first.room_limit, first.places_offered, first.minimum) == ("BSP010", 20, 20, 6)
    assert f"{first.starts_at:%Y-%m-%d %H:%M} {first.ends_at:%H:%M}" == "2019-07-02 08:30 15:30"  # London is an hour on
    assert set(Teaching.objects.values_list("person__name", "status")) == {("Dana Whitlock", "confirmed")}
    named = [line for line in OWN.read_text().splitlines() if ",Beacon Safeguarding Training CIC," in line]
    beacon = Commission.objects.filter(contract__provider__name="Beacon Safeguarding Training CIC")
    assert beacon.filter(status="proposed", fee_pence=None).count() == len(named)


def test_own_dates_again_change_nothing(by: User) -> None:
    make_trainer("Dana Whitlock")
    take(OWN, by)
    before = rows_written()

    again = take(OWN, by)
    from_excel = take(HERE / "events-2019-20-excel.csv", by)

    assert counted(again) == counted(from_excel) == [{"unchanged": 140}]
    assert rows_written() == before


def test_a_workbook_of_courses_and_dates(by: User) -> None:
    book = DATA / "programme-2019-20.xlsx"

    assert counted(take(book, by)) == [{"unchanged": 32}, {"new": 140}]
    assert counted(take(book, by)) == [{"unchanged": 32}, {"unchanged": 140}]


def test_a_trial_changes_nothing(by: User) -> None:
    outcome = take(OWN, by, keeps=False)

    assert counted(outcome) == [{"new": 140}]
    assert not outcome.is_done
    assert Event.objects.count() == 0


def test_every_fault_is_found_and_refuses_the_file(by: User) -> None:
    outcome = take(HERE / "events-with-faults.csv", by)

    assert said(outcome) == FAULTS
    assert not outcome.is_done
    assert Event.objects.count() == 0


def test_what_is_taken_out_goes_in_unchanged(by: User) -> None:
    for name in ("Dana Whitlock", "Harriet Bloom"):
        make_trainer(name)
    take(OWN, by)

    assert counted(take(csv_bytes(courses_sheet()), by)) == [{"unchanged": 32}]
    assert counted(take(csv_bytes(dates_sheet()), by)) == [{"unchanged": 140}]
    assert counted(take(xlsx_bytes([courses_sheet(), dates_sheet()]), by)) == [{"unchanged": 32}, {"unchanged": 140}]


ROW = "E0500,BSP010,face-to-face,{days},{venue},{capacity},6,{provider},{trainer}\n"
PLAIN = {"days": "15/06/2026 09:30-16:30", "venue": "Tooley Rooms 1", "capacity": "20", "provider": "", "trainer": ""}


def one(**fields: str) -> str:
    return EVENTS + ROW.format(**{**PLAIN, **fields})


def warnings(outcome) -> list[str]:
    return [warning for plan in outcome.plans for line in plan.lines for warning in line.warnings]


def test_a_changed_row_changes_that_and_keeps_its_days(by: User) -> None:
    take(one(), by)
    day = Session.objects.get()

    outcome = take(one(days="16/06/2026 09:30-16:30", capacity="18"), by)

    assert [str(change) for change in outcome.plans[0].lines[0].changes] == [
        "Days: 15/06/2026 09:30-16:30 → 16/06/2026 09:30-16:30",
        "Capacity: 20 → 18",
    ]
    event = Event.objects.get()
    assert (event.room_limit, event.places_offered, event.revision) == (18, 18, 2)
    assert Session.objects.get().pk == day.pk


def test_a_clashing_trainer_lands_as_asked(by: User) -> None:
    make_trainer("Dana Whitlock")
    both = one(trainer="Dana Whitlock") + ROW.replace("E0500", "E0501").format(
        **{**PLAIN, "trainer": "Dana Whitlock", "venue": "Tooley Rooms 2", "capacity": "10"}
    )

    outcome = take(both, by)

    assert warnings(outcome) == ["Dana Whitlock is confirmed for E0500 at that time, so they land as asked only."]
    statuses = dict(Teaching.objects.values_list("session__event__reference", "status"))
    assert statuses == {"E0500": "confirmed", "E0501": "proposed"}
    assert counted(take(both, by)) == [{"unchanged": 2}]


def test_an_unknown_trainer_is_a_warning(by: User) -> None:
    make_trainer("Dana Whitlock")

    outcome = take(one(trainer="Dana Whitlok"), by)

    assert outcome.is_done
    assert warnings(outcome) == [
        "No trainer is called Dana Whitlok (the nearest: “dana whitlock”): the date lands without them."
    ]


def test_a_provider_without_a_contract_is_a_warning(by: User) -> None:
    outcome = take(one(provider="Harbour Practice Associates"), by)  # its contract ran out in 2023

    assert outcome.is_done
    assert warnings(outcome) == [
        "Harbour Practice Associates has no contract for that time, so no trainer order is prepared."
    ]
    assert not Commission.objects.exists()


def test_a_date_to_come_without_a_venue_lands_as_a_draft(by: User) -> None:
    outcome = take(one(venue=""), by)

    assert warnings(outcome) == ["It lands as a draft: it has no venue."]
    assert Event.objects.get().standing == "draft"


def test_a_clock_change_leaves_an_hour_out(by: User) -> None:
    outcome = take(one(days="29/03/2026 01:30-05:00"), by)

    assert said(outcome) == [
        "Row 2, sessions: found “29/03/2026 01:30-05:00”, expected another time. The clocks go forward that night:"
        " there is no 01:30 on 29 March 2026."
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"capacity": "25"}, "capacity: found “25”, expected at most 24, which the venue holds."),
        ({"capacity": ""}, "capacity: found nothing, expected a whole number from 1 to 5,000."),
        ({"capacity": "5"}, "minimum: found “6”, expected at most the capacity, 5."),
        ({"trainer": "+cmd|calc"}, "trainer: found “+cmd|calc”, expected words, not a formula."),
        ({"trainer": "@SUM(A1)"}, "trainer: found “@SUM(A1)”, expected words, not a formula."),
        ({"provider": "Nobody"}, "provider: found “Nobody”, expected a provider that Muster knows."),
        (
            {"days": "tomorrow"},
            "sessions: found “tomorrow”, expected a day and its times, like 02/07/2019 09:30-16:30.",
        ),
        (
            {"days": "15/06/2026 09:30-16:30; 15/06/2026 16:00-17:00"},
            "sessions: found “15/06/2026 09:30-16:30; 15/06/2026 16:00-17:00”, expected days that do not overlap.",
        ),
        (
            {"days": "15/06/2026 25:00-26:00"},
            "sessions: found “15/06/2026 25:00-26:00”, expected times from 00:00 to 23:59.",
        ),
    ],
)
def test_what_a_cell_must_not_say(by: User, fields: dict[str, str], problem: str) -> None:
    assert said(take(one(**fields), by)) == [f"Row 2, {problem}"]


def test_fewer_places_than_are_held_are_refused(by: User) -> None:
    take(one(), by)
    Event.objects.update(places_held=12)

    outcome = take(one(capacity="10"), by)

    assert said(outcome) == ["Row 2, capacity: found “10”, expected at least 12: 12 people are booked."]
    assert Event.objects.get().room_limit == 20


def test_a_cancelled_date_keeps_what_it_says(by: User) -> None:
    take(one(), by)
    Event.objects.update(standing="cancelled")

    assert counted(take(one(), by)) == [{"unchanged": 1}]
    assert counted(take(one(capacity="18"), by)) == [{"wrong": 1}]
