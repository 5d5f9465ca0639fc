"""The licensed platform's list: whose each row is, read in and settled; and the front page of e-learning."""

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bookings.imports.completions import COMPLETIONS
from bookings.models import BookingStep
from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import make_course, make_event
from tests.imports.reading import NOW, counted, said, take
from training.catalogue.models import Course, DeliveryMode
from training.elearning.actions import set_completion_aside, settle_completion
from training.elearning.errors import ElearningError
from training.elearning.models import Completion, PlatformAccount
from training.people.models import User
from training.record.models import Achievement

ON = datetime.date(2026, 4, 14)
HEAD = "course_code,completed_on,name,email,agency,external_id\n"
pytestmark = pytest.mark.usefixtures("partnership")


# --- The platform's list --------------------------------------------------------------------------


def read(rows: str, by: User):
    return take(HEAD + rows, by, kinds=COMPLETIONS)


@pytest.fixture
def course() -> Course:
    return make_course("Basic awareness", code="EL1", usual_mode=DeliveryMode.E_LEARNING)


def test_completions_go_to_whoever_fits(coordinator: User, course: Course) -> None:
    agency = make_agency("St Olave")
    ann = make_person("Ann Bell", email="ann@x.example")
    bob = make_person("Bob Cole", agency=agency)
    cat = make_person("Cat Dunn")
    PlatformAccount.objects.create(external_id="77", person=cat)

    outcome = read(
        "EL1,14/04/2026,ann bell,ANN@x.example,,\nEL1,14/04/2026,Bob Cole,,st olave,\n"
        "EL1,14/04/2026,Catherine D,,,77\nEL1,14/04/2026,Nobody Known,n@x.example,,78\n",
        coordinator,
    )

    assert (said(outcome), counted(outcome)) == ([], [{"new": 4}])
    assert set(Achievement.objects.values_list("person", "source")) == {
        (one.pk, "e_learning") for one in (ann, bob, cat)
    }
    assert Completion.objects.to_settle().get().name == "Nobody Known"


def test_two_who_fit_are_nobody(coordinator: User, course: Course) -> None:
    agency = make_agency("St Olave")
    make_person("Ann Bell", agency=agency)
    make_person("Ann Bell", agency=agency)

    read("EL1,14/04/2026,Ann Bell,,St Olave,\n", coordinator)

    assert Completion.objects.to_settle().count() == 1


def test_completions_twice_and_enrolment(coordinator: User, course: Course) -> None:
    event = make_event(course, mode=DeliveryMode.E_LEARNING, days=[])
    ann = make_person("Ann Bell", email="ann@x.example", agency=make_agency())
    booking = make_booking(event, ann, now=datetime.datetime(2026, 4, 1, 9, tzinfo=datetime.UTC))
    rows = "EL1,14/04/2026,Ann Bell,ann@x.example,,\n"

    assert counted(read(rows, coordinator)) == [{"new": 1}]
    assert counted(read(rows, coordinator)) == [{"unchanged": 1}]

    step = BookingStep.objects.get(booking=booking, code="finished")
    assert step.data == {"on": "2026-04-14"}
    assert Achievement.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "NOPE,14/04/2026,Ann Bell,,,\n",
            "Row 2, course_code: found “NOPE”, expected the code of a course that Muster has.",
        ),
        ("EL1,,Ann Bell,,,\n", "Row 2, completed_on: found nothing, expected a real date, like 28/02/2020."),
        ("EL1,14/04/2030,Ann Bell,,,\n", "Row 2, completed_on: found “14/04/2030”, expected a day that is past."),
        ("EL1,14/04/2026,,,,\n", "Row 2, name: found nothing, expected something: it cannot be empty."),
    ],
)
def test_wrong_rows_refuse_the_file(coordinator: User, course: Course, row: str, problem: str) -> None:
    assert said(read(row, coordinator)) == [problem]
    assert not Completion.objects.exists()


def test_settling_remembers_the_number(coordinator: User, course: Course) -> None:
    read("EL1,14/04/2026,A B,,,78\n", coordinator)
    row, ann = Completion.objects.get(), make_person("Ann Bell")

    settle_completion(completion=row, person=ann, by=coordinator, now=NOW)
    settle_completion(completion=row, person=make_person(), by=coordinator, now=NOW)
    read("EL1,15/04/2026,A B,,,78\n", coordinator)

    assert set(Achievement.objects.values_list("person", flat=True)) == {ann.pk}
    assert Achievement.objects.count() == 2


def test_settling_pages(coordinator: User, course: Course, client_of: ClientOf, settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = []
    read("EL1,14/04/2026,Ann Bell,a@x.example,,\nEL1,14/04/2026,Gone Away,,,9\n", coordinator)
    ann, client = make_person("Ann Bell"), client_of(coordinator)
    first, second = Completion.objects.order_by("name")
    page = reverse("elearning:completion", args=[first.reference])

    assert ann.reference in client.get(page).content.decode()
    assert "Nobody has this reference" in client.post(page, {"reference": "ZZ"}).content.decode()
    assert client.post(page, {"reference": ann.reference}).status_code == 302
    assert client.post(reverse("elearning:completion", args=[second.reference]), {"aside": "yes"}).status_code == 302
    assert Achievement.objects.get().person == ann
    assert not Completion.objects.to_settle().exists()
    assert client_of(make_user()).get(page).status_code == 403


def test_only_a_coordinator_settles(practitioner: User, coordinator: User, course: Course) -> None:
    read("EL1,14/04/2026,A B,,,78\n", coordinator)
    row = Completion.objects.get()

    with pytest.raises(ElearningError, match="Only a coordinator"):
        settle_completion(completion=row, person=practitioner.person, by=practitioner, now=NOW)
    with pytest.raises(ElearningError, match="Only a coordinator"):
        set_completion_aside(completion=row, by=practitioner)


def test_postgresql_refuses_doubled_and_half_set_aside_rows(coordinator: User, course: Course) -> None:
    read("EL1,14/04/2026,A B,,,78\n", coordinator)
    row = Completion.objects.get()

    with pytest.raises(IntegrityError, match="completion_set_aside_is_nobodys"), transaction.atomic():
        Completion.objects.filter(pk=row.pk).update(is_set_aside=True, person=coordinator.person)
    with pytest.raises(IntegrityError, match="platform_account_has_a_number"), transaction.atomic():
        PlatformAccount.objects.create(external_id="", person=coordinator.person)
    row.pk, row.reference = None, "ZZZZZZZZ"
    with pytest.raises(IntegrityError, match="completion_read_once"), transaction.atomic():
        row.save(force_insert=True)


def test_command(coordinator: User, course: Course, tmp_path: Path) -> None:
    file, out = tmp_path / "done.csv", io.StringIO()
    file.write_text(HEAD + "EL1,14/04/2026,A B,,,78\n")

    call_command("import_completions", str(file), "--dry-run", stdout=out)
    assert not Completion.objects.exists()
    call_command("import_completions", str(file), stdout=out)

    assert Completion.objects.count() == 1
    assert "it waits to be settled" in out.getvalue()


# --- The page -------------------------------------------------------------------------------------


def test_front_page_for_everybody(client: Client, client_of: ClientOf, course: Course) -> None:
    event = make_event(course, mode=DeliveryMode.E_LEARNING, days=[])
    user = make_user(agency=make_agency())
    make_booking(event, user.person)

    page, own = client.get("/elearning/"), client_of(user).get("/elearning/")

    assert (page.status_code, own.status_code) == (200, 200)
    assert "Basic awareness" in page.content.decode()
    assert "not finished yet" in own.content.decode()
