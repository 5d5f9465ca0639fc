"""Everything taken out: what the zip holds and what it must not."""

import csv
import datetime
import io
import json
import tracemalloc
import uuid
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from evaluation.models import Response, Snapshot, TakeOut
from evaluation.taking_out.tables import (
    LEFT_OUT,
    fields_of,
    models_taken_out,
)
from evaluation.taking_out.writing import safe_path, write_zip
from tests.factories import make_person
from tests.factories_bookings import make_booking
from tests.factories_catalogue import make_course, make_event, make_version
from training.elearning.models import ElsewhereClaim
from training.people.models import Person, User

NOW = timezone.now()
PAGE = "/partnership/everything/"
pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


def zipped() -> zipfile.ZipFile:
    held = io.BytesIO()
    write_zip(held.write, now=NOW)
    return zipfile.ZipFile(held)


def rows(parcel: zipfile.ZipFile, label: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(parcel.read(f"tables/{label}.csv").decode("utf-8-sig"))))


def test_the_zip_holds_every_table_and_says_what_each_column_is(administrator: User) -> None:
    parcel = zipped()

    wanted = {f"tables/{model._meta.label}.csv" for model in models_taken_out()}
    assert wanted <= set(parcel.namelist())
    assert parcel.testzip() is None
    readme = parcel.read("README.txt").decode()
    for model in models_taken_out():
        assert f"\n{model._meta.label}.csv (" in readme
        for field in fields_of(model):
            assert f"\n  {field.attname}: " in readme
    assert all(f"{label}: {reason}" in readme for label, reason in LEFT_OUT.items())


def test_rows_are_written_as_they_are(administrator: User) -> None:
    booking = make_booking(make_event(make_course("Neglect", code="NEG")))
    evil = make_person("=HYPERLINK(1)")

    parcel = zipped()

    (held,) = rows(parcel, "bookings.Booking")
    assert held["reference"] == booking.reference
    assert held["made_at"] == booking.made_at.astimezone(datetime.UTC).isoformat()
    names = {row["id"]: row["name"] for row in rows(parcel, "people.Person")}
    assert names[str(evil.pk)] == "'=HYPERLINK(1)"
    assert rows(parcel, "people.Employment")[0]["period"].endswith("/")
    assert len(rows(parcel, "bookings.BookingHistory")) == 1


def test_answers_stay_unlinked(administrator: User) -> None:
    booking = make_booking()
    version = apps.get_model("evaluation", "QuestionnaireVersion").objects.filter(is_current=True).first()
    kept = [letter * 64 for letter in "abcde"]
    for key in kept:
        Response.objects.create(version=version, event=booking.event, stage="baseline", pairing_key=key, on=NOW.date())

    first, second = ({row["pairing_key"] for row in rows(zipped(), "evaluation.Response")} for _ in range(2))

    assert len(first | second | set(kept)) == 15
    columns = {model._meta.label: {field.attname for field in fields_of(model)} for model in models_taken_out()}
    assert columns["evaluation.Invitation"] & {"token_hash", "answered_on", "is_spent", "reminded_at"} == set()
    assert columns["evaluation.Comment"] & {"text", "response_id", "event_id"} == set()
    assert columns["evaluation.ManagerConfirmation"] & {"answered_on", "state"} == set()


def test_published_reports_are_json(administrator: User) -> None:
    assert administrator.person is not None
    made = Snapshot.objects.create(
        title="Quarter",
        scope={},
        body='{"title":"Quarter"}',
        section_hashes={},
        made_at=NOW,
        made_by=administrator.person,
    )

    assert json.loads(zipped().read(f"reports/{made.reference}.json")) == {"title": "Quarter"}


def test_files_are_in_the_zip(administrator: User) -> None:
    kept = ElsewhereClaim(person=make_person(), version=make_version(), on=NOW.date(), where="There", made_at=NOW)
    kept.proof, kept.proof_name, kept.submission = b"%PDF-1", "proof.pdf", uuid.uuid4()
    kept.save()

    parcel = zipped()

    (row,) = rows(parcel, "elearning.ElsewhereClaim")
    assert parcel.read(row["proof"]) == b"%PDF-1"
    assert safe_path("../../etc/x\\..\\y") == "etc/x/y"


def test_memory_does_not_grow_with_the_rows(administrator: User) -> None:
    def peak() -> int:
        tracemalloc.start()
        write_zip(lambda _: None, now=NOW)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak()
    few = peak()
    Person.objects.bulk_create(Person(name=f"Person {number}", created_at=NOW) for number in range(12_000))

    assert peak() < few + 6_000_000


def test_the_command_writes_a_file_and_says_who(administrator: User, tmp_path: Path) -> None:
    target, out = tmp_path / "all.zip", io.StringIO()

    call_command("take_out", target, reason="The archive", stdout=out)

    assert zipfile.ZipFile(target).testzip() is None
    assert "rows written to" in out.getvalue()
    assert [step.what for step in TakeOut.objects.get().steps.all()] == ["by command"]
    with pytest.raises(CommandError):  # nothing is written over
        call_command("take_out", target, reason="Again", stdout=out)
