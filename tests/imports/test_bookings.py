"""Live bookings and years of attendance out of an old system's export."""

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.actions.register import record_origin
from bookings.imports.writing import BOOKINGS
from bookings.models import Booking, BookingStep, Origin, Register, RegisterMark, Status
from bookings.registers.attendance import results
from evaluation.actions.asking import plan_asking
from tests.conftest import ClientOf
from tests.factories import make_agency, make_person
from tests.factories_bookings import make_booking
from tests.factories_catalogue import make_course, make_event, make_venue, morning
from tests.imports.reading import NOW, counted, said, take
from training.catalogue.models import Course, Event
from training.outbox.models import Message
from training.people.models import Agency, Employment, Person, User
from training.record.models import Achievement

HEAD = "name,email,agency,course_code,event,date,status,hours,source,booked_on\n"
PAST, LATER = datetime.date(2026, 4, 14), datetime.date(2026, 6, 9)


def read(content: Any, by: User, **options: bool):
    return take(content, by, kinds=BOOKINGS, **options)


def row(name: str = "Olu Hassan", **cells: str) -> str:
    columns = {
        "name": name, "email": f"{name.split()[0].lower()}@school.example", "agency": "Nunhead Hill School",
        "course_code": "NEG1", "event": "", "date": "14/04/2026", "status": "attended", "hours": "", "source": "",
        "booked_on": "", **cells,
    }  # fmt: skip
    return ",".join(columns.values()) + "\n"


@pytest.fixture
def school(by: User) -> Agency:
    return make_agency("Nunhead Hill School")


@pytest.fixture
def course(by: User, school: Agency) -> Course:
    return make_course("Neglect", code="NEG1", hours=3)


@pytest.fixture
def past(course: Course) -> Event:
    return make_event(course, days=[PAST, PAST + datetime.timedelta(days=1)], reference="NEG1-OLD")


@pytest.fixture
def coming(course: Course) -> Event:
    venue = make_venue(capacity=2)
    return make_event(
        course, days=[morning(LATER, venue=venue)], reference="NEG1-NEW", room_limit=2, places_offered=2, minimum=1
    )


def test_past_attendance_becomes_booking_marks_and_record(by: User, past: Event) -> None:
    known = make_person("Olu Hassan", email="olu@school.example", agency=Agency.objects.get())
    rows = row(hours="2.5", source="Old system") + row("Pat Lane", status="DNA") + row("Quin Moss", status="Sick")

    outcome = read(HEAD + rows, by)

    assert (said(outcome), counted(outcome)) == ([], [{"new": 3}])
    assert [(one.attended, one.did_not_attend, one.apologies, one.unmarked) for one in [results(past)]] == [
        (1, 1, 1, 0)
    ]
    booking = Booking.objects.get(person=known)
    assert (booking.status, booking.origin, booking.employment) == (
        Status.BOOKED,
        Origin.IMPORTED,
        known.employments.get(),
    )
    assert BookingStep.objects.get(booking=booking).reason == "Read in from Old system"
    done = Achievement.objects.get()
    assert (done.person, done.source, done.origin, str(done.hours), done.on) == (
        known, "imported", record_origin(past), "2.50", PAST + datetime.timedelta(days=1),
    )  # fmt: skip
    assert Register.objects.filter(sent_at__isnull=False).count() == 2
    assert RegisterMark.objects.count() == 6


def test_nobody_gets_a_message_or_a_question(by: User, past: Event, coming: Event) -> None:
    read(HEAD + row() + row("Pat Lane", date="09/06/2026", status="booked"), by)

    plan_asking(now=NOW)

    assert not Message.objects.exists()
    assert not Booking.objects.filter(event=past, invitations__isnull=False).exists()


def test_live_bookings_hold_places_and_waiting_keeps_its_order(by: User, coming: Event) -> None:
    common = {"event": "neg1-new", "date": "", "course_code": ""}
    rows = row("Olu Hassan", status="confirmed", **common) + row("Pat Lane", status="booked", **common)
    rows += row("Quin Moss", status="waiting list", booked_on="03/05/2026", **common)

    outcome = read(HEAD + rows, by)

    assert said(outcome) == []
    coming.refresh_from_db()
    assert coming.places_held == 2
    waiting = Booking.objects.get(status=Status.WAITLISTED)
    assert waiting.waits_since == datetime.datetime(2026, 5, 3, 11, tzinfo=datetime.UTC)
    assert set(Booking.objects.values_list("origin", flat=True)) == {Origin.BOOKED}


def test_more_than_the_room_is_an_error_of_the_row(by: User, coming: Event) -> None:
    make_booking(coming)
    common = {"event": "NEG1-NEW", "date": "09/06/2026", "status": "booked"}

    outcome = read(HEAD + row("Olu Hassan", **common) + row("Pat Lane", **common), by)

    assert said(outcome) == [
        "Row 3, event: found “NEG1-NEW”, expected a date with room: NEG1-NEW holds 2 and 2 are taken. Raise its room"
        " limit first if more were there."
    ]
    assert Booking.objects.count() == 1


def test_the_same_file_twice_changes_nothing(by: User, past: Event, coming: Event) -> None:
    content = HEAD + row() + row("Pat Lane", date="09/06/2026", status="booked") + row("Quin Moss", date="01/02/2020")
    content += row("Ray Nunn", status="cancelled") + row("Sal Otter", date="09/06/2026", status="waiting")
    assert counted(read(content, by)) == [{"new": 5}]
    before = (
        Booking.objects.count(),
        RegisterMark.objects.count(),
        Achievement.objects.count(),
        Person.objects.count(),
    )

    assert counted(read(content, by)) == [{"unchanged": 5}]
    after = (Booking.objects.count(), RegisterMark.objects.count(), Achievement.objects.count(), Person.objects.count())
    assert before == after


def test_a_day_of_which_there_is_no_date_goes_to_the_record_alone(by: User, course: Course) -> None:
    outcome = read(HEAD + row(date="01/02/2020") + row("Pat Lane", date="01/02/2020", status="absent"), by)

    assert counted(outcome) == [{"new": 1, "unchanged": 1}]
    assert not Booking.objects.exists()
    done = Achievement.objects.get()
    assert (done.origin, done.on) == ("import:NEG1:2020-02-01", datetime.date(2020, 2, 1))
    assert "only attendance could be kept" in outcome.plans[0].lines[1].warnings[0]


def test_newcomers_are_added_once_and_worked_there_since_the_first_row(by: User, past: Event) -> None:
    read(HEAD + row() + row(date="01/02/2020"), by)

    work = Employment.objects.get(person__name="Olu Hassan")
    assert (work.standing, work.first_day) == ("confirmed", datetime.date(2020, 2, 1))
    assert Achievement.objects.filter(person=work.person).count() == 2


def test_same_name_at_another_organisation_is_somebody_else(by: User, past: Event) -> None:
    make_person("Olu Hassan", email="olu@school.example", agency=make_agency())

    read(HEAD + row(), by)

    assert Person.objects.filter(name="Olu Hassan").count() == 2


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"course_code": "NOPE"}, "course_code: found “NOPE”, expected the code of a course that Muster has."),
        ({"event": "NOPE-1"}, "event: found “NOPE-1”, expected the reference of a date that Muster has."),
        ({"status": "maybe"}, "status: found “maybe”, expected one of booked, waiting, attended, apologies, did not"
            " attend, cancelled, cancelled late."),
        ({"status": "booked"}, "status: found “booked”, expected attended, apologies, did not attend or cancelled,"
            " since this date is over."),
        ({"date": "09/06/2026"}, "status: found “attended”, expected booked, waiting or cancelled, since this date is"
            " not over yet."),
        ({"date": "31/02/2026"}, "date: found “31/02/2026”, expected a real date, like 28/02/2020."),
        ({"event": "NEG1-OLD", "date": "02/03/2020"}, "date: found “02/03/2020”, expected the day of NEG1-OLD: Tue 14"
            " Apr, Wed 15 Apr."),
        ({"hours": "many"}, "hours: found “many”, expected a number from 0 to 500."),
        ({"agency": "Nunhead Hil School"}, "agency: found “Nunhead Hil School”, expected an organisation that Muster"
            " knows; the nearest: “Nunhead Hill School”."),
        ({"course_code": ""}, "event: found nothing, expected the code of a course or the reference of a date."),
        ({"email": "olu at school"}, "email: found “olu at school”, expected an e-mail address, like"
            " name@example.org."),
    ],
)  # fmt: skip
def test_one_wrong_row_refuses_the_file(
    by: User, past: Event, coming: Event, cells: dict[str, str], problem: str, time_machine: Any
) -> None:
    time_machine.move_to(NOW)

    assert said(read(HEAD + row("Pat Lane") + row(**cells), by)) == [f"Row 3, {problem}"]
    assert not Booking.objects.exists()


def test_a_person_twice_on_a_date_is_wrong(by: User, past: Event) -> None:
    assert said(read(HEAD + row() + row(status="absent"), by)) == [
        "Row 3, name: found “Olu Hassan”, expected each person once a date: they are in row 2 too."
    ]


def test_a_cancelled_date_has_no_attendance(by: User, past: Event) -> None:
    Event.objects.filter(pk=past.pk).update(standing="cancelled")

    assert said(read(HEAD + row(), by)) == [
        "Row 2, status: found “attended”, expected cancelled, since NEG1-OLD did not take place."
    ]


def workbook(text: str) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Export")
        for number, line in enumerate(text.splitlines()):
            sheet.write_row(number, 0, line.split(","))
    return buffer.getvalue()


@pytest.mark.parametrize("encode", [
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.encode("cp1252"),
    lambda text: text.replace(",", ";").encode(),
    workbook,
])  # fmt: skip
def test_as_spreadsheets_save_it(by: User, past: Event, encode: Any) -> None:
    outcome = read(encode(HEAD + row("Zoë Hassan", email="z@school.example")), by)

    assert counted(outcome) == [{"new": 1}]
    assert Person.objects.get(email="z@school.example").name == "Zoë Hassan"


def test_statements_do_not_grow_with_the_rows(by: User, past: Event) -> None:
    Event.objects.filter(pk=past.pk).update(room_limit=500)
    counts = []
    for size in (3, 60):
        rows = "".join(row(f"P{size} N{number}", email=f"p{size}n{number}@school.example") for number in range(size))
        with CaptureQueriesContext(connection) as queries:
            assert counted(read(HEAD + rows, by)) == [{"new": size}]
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_command(by: User, past: Event, tmp_path: Path) -> None:
    file, out = tmp_path / "export.csv", io.StringIO()
    file.write_text(HEAD + row())

    call_command("import_bookings", str(file), "--dry-run", stdout=out)
    assert out.getvalue().endswith(
        "Bookings: 1 new, 0 changed, 0 unchanged, 0 wrong.\nThis was a trial: nothing was changed.\n"
    )
    assert not Booking.objects.exists()
    call_command("import_bookings", str(file), stdout=out)
    assert Booking.objects.count() == 1
    file.write_text(HEAD + row(status="maybe"))
    with pytest.raises(CommandError, match="Nothing was changed: 1 of 1 rows are wrong"):
        call_command("import_bookings", str(file), stdout=io.StringIO())


def test_page_previews_and_confirms(by: User, past: Event, client_of: ClientOf, settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = []
    client, file = client_of(by), io.BytesIO((HEAD + row()).encode())
    file.name = "export.csv"
    preview = client.post(reverse("bookings:bookings-import"), {"file": file}, follow=True)
    assert "Olu Hassan, NEG1" in preview.content.decode()
    assert not Booking.objects.exists()

    done = client.post(preview.redirect_chain[-1][0], {"agreed": preview.context["agreed"]}, follow=True)

    assert done.status_code == 200
    assert Booking.objects.count() == 1


def test_page_is_the_coordinators(practitioner: User, client_of: ClientOf) -> None:
    assert client_of(practitioner).get(reverse("bookings:bookings-import")).status_code == 403
