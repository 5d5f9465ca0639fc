"""The signed sheet: beside the register, for its trainers and the office alone, and not for ever."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from bookings.actions.sheets import AT_MOST, attach_sheet, forget_sheets, take_sheet_away
from bookings.errors import BookingsError
from bookings.models import SignedSheet
from tests.bookings.registering import AT_DOOR, DAY, Door, at, make_door
from tests.bookings.test_sheet_files import exif, jpeg, png, segment
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_trainer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]
PHOTO = jpeg(segment(0xE1, exif(1)))


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def door() -> Door:
    return make_door()


def url(door: Door, name: str = "register-sheets", *more: str) -> str:
    return reverse(f"bookings:{name}", args=[door.event.reference, 1, *more])


def upload(data: bytes = PHOTO, name: str = "IMG_0042.jpg") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data, "text/html")}


def attach(door: Door, data: bytes = PHOTO) -> SignedSheet:
    return attach_sheet(session=door.session, data=data, by=door.trainer, now=AT_DOOR)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_photo_is_kept_once_without_its_traces(door: Door, client_of: ClientOf, folder: Path) -> None:
    client = client_of(door.trainer)

    for _ in range(2):
        assert client.post(url(door), upload()).status_code == 302

    (path,), sheet = files(folder), SignedSheet.objects.get()
    assert (path.read_bytes(), sheet.by, sheet.kind) == (jpeg(), door.trainer.person, "jpg")
    assert (path.name == "IMG_0042.jpg", len(path.stem), path.stat().st_mode & 0o777) == (False, 32, 0o600)


def test_it_is_saved_and_never_run(door: Door, client_of: ClientOf) -> None:
    sheet = attach(door, b"%PDF-1.7\n<script>")

    answer = client_of(any_coordinator()).get(url(door, "register-sheet", sheet.reference))

    assert b"".join(answer) == b"%PDF-1.7\n<script>"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="signed-sheet-{door.event.reference}-day-1-{sheet.reference}.pdf"'
    )
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (upload(b"<html>"), "This file is not a photo (JPEG or PNG) and not a PDF."),
        (upload(png(), "sheet.html"), "The file must be one of these"),
        (upload(jpeg()[:-2]), "This file is damaged."),
        (upload(b"\xff\xd8\xff" + b"x" * 10 * 1024 * 1024), "The file must be smaller than 10 MB"),
        (upload(b""), "empty"),
        ({}, "There is a problem"),
        ({"file": "words"}, "There is a problem"),
    ],
)
def test_rubbish_is_refused_in_words(
    sent: dict[str, Any], sentence: str, door: Door, client_of: ClientOf, folder: Path
) -> None:
    answer = client_of(door.trainer).post(url(door), sent)

    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    assert (SignedSheet.objects.count(), files(folder)) == (0, [])


def test_somebody_elses_is_not_there(door: Door, client_of: ClientOf) -> None:
    sheet, other = attach(door), make_user(make_trainer("Otto Other"))
    pages = [url(door), url(door, "register-sheet", sheet.reference)]

    assert [client_of(other).get(page).status_code for page in pages] == [404, 404]
    assert client_of(other).post(pages[0], upload()).status_code == 404
    assert client_of(other).post(url(door, "register-sheet-take-away", sheet.reference)).status_code == 404
    assert (list(SignedSheet.objects.visible_to(other)), SignedSheet.objects.count()) == ([], 1)
    with pytest.raises(BookingsError, match="Only the trainers of this date"):
        attach_sheet(session=door.session, data=PHOTO, by=other, now=AT_DOOR)


def test_another_day_has_not_the_same_files(client_of: ClientOf) -> None:
    door = make_door(days=2)
    sheet = attach(door)

    page = reverse("bookings:register-sheet", args=[door.event.reference, 2, sheet.reference])
    assert client_of(door.trainer).get(page).status_code == 404


def test_the_wrong_photo_is_taken_away(door: Door, client_of: ClientOf, folder: Path) -> None:
    sheet, client = attach(door), client_of(door.trainer)

    for _ in range(2):
        assert client.post(url(door, "register-sheet-take-away", sheet.reference)).status_code == 302

    assert (SignedSheet.objects.count(), files(folder)) == (0, [])


def test_what_a_colleague_attached_only_they_and_the_office_take_away(door: Door) -> None:
    office = any_coordinator()
    sheet = attach_sheet(session=door.session, data=PHOTO, by=office, now=AT_DOOR)

    with pytest.raises(BookingsError, match="Only whoever attached it"):
        take_sheet_away(sheet=sheet, by=door.trainer, now=AT_DOOR)
    take_sheet_away(sheet=sheet, by=office, now=AT_DOOR)

    assert SignedSheet.objects.count() == 0


def test_once_closed_a_trainer_reads_and_the_office_still_attaches(
    door: Door, client_of: ClientOf, time_machine: Any
) -> None:
    attach(door)
    time_machine.move_to(at(9, days=12), tick=False)

    shown = client_of(door.trainer).get(url(door)).content.decode()

    assert ("Save file 1" in shown, "Delete file 1" in shown, "The photo or scan" in shown) == (True, False, False)
    assert (
        "This register was closed" in client_of(door.trainer).post(url(door), upload(png(), "a.png")).content.decode()
    )
    assert client_of(any_coordinator()).post(url(door), upload(png(), "a.png")).status_code == 302


def test_there_is_an_end_to_files(door: Door) -> None:
    for number in range(AT_MOST):
        attach(door, b"%PDF-" + bytes([number]))

    with pytest.raises(BookingsError, match="Take one away first"):
        attach(door)


def test_they_are_deleted_after_their_months(door: Door, settings: Any, folder: Path) -> None:
    settings.SIGNED_SHEET_MONTHS = 3
    attach(door)
    last = datetime.date(2026, 9, DAY.day)

    assert (forget_sheets(today=last), len(files(folder))) == (0, 1)
    assert (forget_sheets(today=last + datetime.timedelta(days=1)), files(folder)) == (1, [])
    assert forget_sheets(today=last + datetime.timedelta(days=1)) == 0


def test_a_file_that_is_gone_is_a_page_not_found(door: Door, client_of: ClientOf, folder: Path) -> None:
    sheet = attach(door)
    for path in files(folder):
        path.unlink()

    assert client_of(door.trainer).get(url(door, "register-sheet", sheet.reference)).status_code == 404
    take_sheet_away(sheet=sheet, by=door.trainer, now=AT_DOOR)
    assert SignedSheet.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"kind": "gif"}, {"file": ""}, {"size_bytes": 0}])
def test_the_database_refuses(wrong: dict[str, Any], door: Door) -> None:
    attach(door)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignedSheet.objects.update(**wrong)


def test_the_database_refuses_a_file_twice(door: Door) -> None:
    sheet = attach(door)
    sheet.pk, sheet.reference = None, "OTHERREF"

    with pytest.raises(IntegrityError), transaction.atomic():
        sheet.save()


def test_the_register_leads_there(door: Door, client_of: ClientOf) -> None:
    assert url(door) in client_of(door.trainer).get(url(door, "register-day")).content.decode()
