"""Who may open which material."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import ensure_policy, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_teaching, make_trainer, make_version
from tests.people.making import make_lead
from training.catalogue.actions.materials import Content, add_material, add_version
from training.catalogue.actions.standing import cancel_event
from training.catalogue.models import Event, MaterialConfirmation, MaterialVersion
from training.people.models import Person, User
from training.record.actions import achieve
from training.record.models import Achievement

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 slides"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def event(partnership: object) -> Event:
    ensure_policy()
    return make_event(make_version("Neglect", code="NEG"), days=[in_days(30)])


@pytest.fixture
def three(event: Event) -> dict[str, MaterialVersion]:
    """One for each audience, the slides in a second version."""
    made = {}
    for audience in ("trainers", "booked", "came"):
        made[audience] = add_material(
            course=event.version.course,
            title=audience,
            kind="slides",
            audience=audience,
            content=Content(PDF + audience.encode(), "a.pdf"),
            by=any_coordinator(),
            now=timezone.now(),
            confirm_by=timezone.localdate() + datetime.timedelta(days=9) if audience == "trainers" else None,
        )
    return made


def opened(client: Client, three: dict[str, MaterialVersion]) -> list[str]:
    return [
        audience
        for audience, version in three.items()
        if client.get(f"/materials/{version.material.reference}/1/").status_code == 200
    ]


def came(person: Person, event: Event) -> None:
    achieve(
        person=person,
        version=event.version,
        on=datetime.date(2026, 1, 5),
        source=Achievement.Source.ATTENDED,
        origin="t",
        now=timezone.now(),
    )


def test_each_opens_what_is_theirs(event: Event, three: dict[str, MaterialVersion], client_of: ClientOf) -> None:
    trainer, booked, there, nobody, waiting = (make_employee() for _ in range(5))
    dana = make_trainer("Dana")
    make_teaching(event, dana, is_confirmed=False)
    make_booking(event, booked)
    came(there, event)
    who: dict[str, User] = {
        "trainer": make_user(dana),
        "booked": make_user(booked),
        "came": make_user(there),
        "nobody": make_user(nobody),
        "lead": make_lead(),
        "coordinator": any_coordinator(),
    }

    assert {name: opened(client_of(user), three) for name, user in who.items()} == {
        "trainer": ["trainers", "booked", "came"],
        "booked": ["booked"],
        "came": ["booked", "came"],
        "nobody": [],
        "lead": [],
        "coordinator": ["trainers", "booked", "came"],
    }
    assert (trainer, waiting) != (None, None)


def test_signed_out_is_asked_to_sign_in(three: dict[str, MaterialVersion], client: Client) -> None:
    assert opened(client, three) == []
    assert client.get("/my/materials/").status_code == 302


def test_a_trainer_of_a_cancelled_date_or_who_said_no_opens_nothing(
    event: Event, three: dict[str, MaterialVersion], client_of: ClientOf
) -> None:
    dana = make_trainer("Dana")
    make_teaching(event, dana)
    client = client_of(make_user(dana))
    assert opened(client, three) == ["trainers", "booked", "came"]

    cancel_event(event=event, by=any_coordinator(), now=timezone.now(), reason="Flood")

    assert opened(client, three) == []


def test_only_the_coordinator_opens_an_old_version(
    event: Event, three: dict[str, MaterialVersion], client_of: ClientOf
) -> None:
    booked = make_employee()
    make_booking(event, booked)
    add_version(
        material=three["booked"].material, content=Content(PDF + b"2", "a.pdf"), what_changed="x", confirm_by=None,
        by=any_coordinator(), now=timezone.now(),
    )  # fmt: skip
    client, reference = client_of(make_user(booked)), three["booked"].material.reference

    assert client.get(f"/materials/{reference}/1/").status_code == 404
    assert client.get(f"/materials/{reference}/2/").status_code == 200
    assert client_of(any_coordinator()).get(f"/materials/{reference}/1/").status_code == 200


def test_a_download_is_saved_and_runs_nothing(
    event: Event, three: dict[str, MaterialVersion], client_of: ClientOf, settings: Any
) -> None:
    client, version = client_of(any_coordinator()), three["booked"]

    response = client.get(f"/materials/{version.material.reference}/1/")

    assert (response.content, response["Content-Type"]) == (PDF + b"booked", "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="NEG-booked-v1.pdf"'
    assert (response["X-Content-Type-Options"], response["Content-Security-Policy"]) == (
        "nosniff",
        "default-src 'none'; sandbox",
    )
    version.file.delete(save=False)
    assert client.get(f"/materials/{version.material.reference}/1/").status_code == 404


def test_a_trainer_confirms_on_their_page_twice(
    event: Event, three: dict[str, MaterialVersion], client_of: ClientOf
) -> None:
    dana = make_trainer("Dana")
    make_teaching(event, dana)
    client = client_of(make_user(dana))
    assert "Please confirm by" in client.get("/my/materials/").content.decode()

    for _ in range(2):
        page = client.post("/my/materials/confirm/NEG/", follow=True)

    assert "you use the current materials" in page.content.decode()
    assert MaterialConfirmation.objects.count() == 1
    assert "Please confirm by" not in client.get("/my/materials/").content.decode()


def test_somebody_else_confirms_nothing(event: Event, three: dict[str, MaterialVersion], client_of: ClientOf) -> None:
    client = client_of(make_user(make_employee()))

    page = client.post("/my/materials/confirm/NEG/", follow=True)

    assert "teaches no date of this course" in page.content.decode()
    assert client.post("/my/materials/confirm/NONE/").status_code == 404
    assert MaterialConfirmation.objects.count() == 0
