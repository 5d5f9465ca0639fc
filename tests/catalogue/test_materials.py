"""Materials: versions, what a file is, who confirms."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from tests.conftest import ClientOf
from tests.factories import make_person, make_user
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event, make_teaching, make_trainer
from tests.people.making import make_lead
from training.catalogue.actions.materials import (
    Content,
    add_material,
    add_version,
    change_audience,
    confirm_materials,
    use_material,
)
from training.catalogue.errors import CatalogueError
from training.catalogue.materials import reasons_of_materials, unconfirmed
from training.catalogue.models import Course, Event, Material, MaterialConfirmation, MaterialVersion
from training.catalogue.parts import export_person, move_person, todos
from training.outbox.models import Message
from training.people.models import Person, Role, User
from training.web.words import day

PDF = b"%PDF-1.4 slides"
NEXT = datetime.date(2027, 5, 20)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def course(coordinator: User) -> Course:
    return make_course("Neglect", code="NEG")


def pdf(more: str = "") -> Content:
    return Content(PDF + more.encode(), "slides.pdf")


def add(course: Course, now: datetime.datetime, **fields: Any) -> MaterialVersion:
    given = {"title": "Slides", "kind": "slides", "audience": "trainers", "content": pdf(), "by": any_coordinator()}
    return add_material(course=course, now=now, **{**given, **fields})


def next_of(version: MaterialVersion, now: datetime.datetime, **fields: Any) -> MaterialVersion:
    given = {"content": pdf(" two"), "what_changed": "New numbers", "confirm_by": NEXT, "by": any_coordinator()}
    return add_version(material=version.material, now=now, **{**given, **fields})


def taught(course: Course, dana: Person, now: datetime.datetime, days: int = 20) -> Event:
    event = make_event(course, days=[in_days(days, now=now)], now=now)
    make_teaching(event, dana, now=now)
    return event


def test_add_version_makes_the_next_one_current(course: Course, now: datetime.datetime) -> None:
    first = add(course, now)
    second, again = next_of(first, now), next_of(first, now)

    rows = Material.objects.get().versions.order_by("number").values_list("number", "is_current", "what_changed")
    assert list(rows) == [(1, False, ""), (2, True, "New numbers")]
    with second.file.open() as file:
        assert (again.pk, file.read()) == (second.pk, PDF + b" two")


def test_add_material_twice_is_one(course: Course, now: datetime.datetime) -> None:
    assert add(course, now).pk == add(course, now).pk
    with pytest.raises(CatalogueError, match="has “Slides” already"):
        add(course, now, content=pdf("else"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "notes", "audience": "booked"}, "notes are for trainers only"),
        ({"kind": "link"}, "Enter an address for a link"),
        ({"kind": "link", "content": Content(link="javascript:alert(1)")}, "begins with https"),
        ({"title": "  "}, "Enter what it is"),
        ({"confirm_by": datetime.date(2027, 5, 10)}, "Enter a day after today"),
    ],
)
def test_add_material_refuses(course: Course, now: datetime.datetime, fields: Any, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        add(course, now, **fields)


def test_a_refused_file_leaves_nothing(course: Course, now: datetime.datetime, settings: Any) -> None:
    with pytest.raises(CatalogueError):
        add(course, now, content=Content(b"MZ", "a.pdf"))

    assert (Material.objects.count(), list(settings.MEDIA_ROOT.rglob("*.*"))) == (0, [])


def test_a_new_version_asks_the_trainers_of_dates_to_come(course: Course, now: datetime.datetime) -> None:
    dana, sam = make_trainer("Dana Whitlock"), make_trainer("Sam Okoro")
    event = taught(course, dana, now)
    make_teaching(make_event(days=[in_days(20, now=now)], now=now), sam, now=now)

    version = next_of(add(course, now), now)

    told = Message.objects.filter(kind="catalogue.confirm_materials").values_list("person_reference", flat=True)
    assert list(told) == [dana.reference]
    loaded = Event.objects.with_details().get(pk=event.pk)
    assert [str(reason) for reason in reasons_of_materials(loaded, now)] == [
        "Dana Whitlock has not confirmed the current materials (Slides, version 2). They are asked to by "
        f"{day(NEXT)}. Ring them, and confirm for them."
    ]
    user = make_user(dana)
    assert "Confirm that you teach Neglect from the current materials." in [row.sentence for row in todos(user, now)]

    for _ in range(2):
        confirm_materials(course=course, person=dana, by=user, now=now)

    assert (unconfirmed(now), reasons_of_materials(loaded, now)) == ([], [])
    assert MaterialConfirmation.objects.get().version == version
    assert next_of(version, now, content=pdf(" three")).number == 3
    assert [one.person for one in unconfirmed(now)] == [dana]


def test_coordinator_sees_who_has_not_once_it_presses(course: Course, now: datetime.datetime) -> None:
    dana = make_trainer("Dana Whitlock")
    taught(course, dana, now)
    next_of(add(course, now), now)
    sentence = "Dana Whitlock has not confirmed the current materials of Neglect."

    assert sentence not in [row.sentence for row in todos(any_coordinator(), now)]
    assert sentence in [row.sentence for row in todos(any_coordinator(), now + datetime.timedelta(days=11))]


def test_confirm_materials_is_the_trainers_or_the_coordinators(course: Course, now: datetime.datetime) -> None:
    dana, other = make_trainer("Dana"), make_user()
    taught(course, dana, now)
    next_of(add(course, now), now)
    assert other.person is not None

    with pytest.raises(CatalogueError, match="Only the trainer or a coordinator"):
        confirm_materials(course=course, person=dana, by=other, now=now)
    with pytest.raises(CatalogueError, match="teaches no date"):
        confirm_materials(course=course, person=other.person, by=other, now=now)
    assert confirm_materials(course=course, person=dana, by=any_coordinator(), now=now) == 1


def test_materials_are_the_coordinators_to_write(course: Course, now: datetime.datetime) -> None:
    version, other = add(course, now), make_user(role=Role.TRAINER)

    for action in (
        lambda: add(course, now, by=other),
        lambda: next_of(version, now, by=other),
        lambda: use_material(material=version.material, is_used=False, by=other),
    ):
        with pytest.raises(CatalogueError, match="Only a coordinator"):
            action()


def test_out_of_use_asks_nobody_and_takes_no_version(course: Course, now: datetime.datetime) -> None:
    taught(course, make_trainer(), now)
    version = next_of(add(course, now), now)
    for _ in range(2):
        use_material(material=version.material, is_used=False, by=any_coordinator())

    assert unconfirmed(now) == []
    with pytest.raises(CatalogueError, match="no longer used"):
        next_of(version, now, content=pdf("x"))
    assert use_material(material=version.material, is_used=True, by=any_coordinator()).is_retired is False


def test_postgresql_refuses_what_is_no_material(course: Course, now: datetime.datetime) -> None:
    version, person = add(course, now), make_person()
    material = version.material
    MaterialConfirmation.objects.create(version=version, person=person, at=now, by=person)
    new = {"material": material, "number": 2, "is_current": False, "digest": "d", "at": now, "by": person}
    refused = {
        "material_title_once_a_course": lambda: Material.objects.create(
            course=course, title="Slides", kind="slides", audience="booked"
        ),
        "material_has_a_title": lambda: Material.objects.create(
            course=course, title="", kind="slides", audience="booked"
        ),
        "material_is_of_a_kind": lambda: Material.objects.create(
            course=course, title="A", kind="film", audience="booked"
        ),
        "material_notes_are_for_trainers": lambda: Material.objects.create(
            course=course, title="B", kind="notes", audience="came"
        ),
        "material_version_number_once": lambda: MaterialVersion.objects.create(
            **{**new, "number": 1}, link="https://a.b"
        ),
        "material_has_one_current_version": lambda: MaterialVersion.objects.create(
            **{**new, "is_current": True}, link="https://a.b"
        ),
        "material_version_is_a_file_or_a_link": lambda: MaterialVersion.objects.create(**new),
        "material_confirmed_once": lambda: MaterialConfirmation.objects.create(
            version=version, person=person, at=now, by=person
        ),
    }

    for name, write in refused.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()


def test_joining_two_records_keeps_one_confirmation(course: Course, now: datetime.datetime) -> None:
    version, one, two = add(course, now), make_person(), make_person()
    for person in (one, two):
        MaterialConfirmation.objects.create(version=version, person=person, at=now, by=person)

    move_person(one, two, by=any_coordinator(), now=now)

    assert MaterialConfirmation.objects.get().person == two
    assert export_person(two)["materials_confirmed"] == [
        {"course": "NEG", "what": "Slides, version 1", "confirmed_at": "2027-05-10T09:00:00+00:00"}
    ]


def test_desk_pages_add_and_say_what_is_wrong(course: Course, client_of: ClientOf) -> None:
    desk = client_of(any_coordinator())
    typed = {"title": "Slides", "kind": "slides", "audience": "trainers"}
    upload = {"file": SimpleUploadedFile("a.pdf", b"MZ not a pdf")}

    lying = desk.post("/desk/courses/NEG/materials/", {**typed, **upload})
    neither = desk.post("/desk/courses/NEG/materials/", typed)
    wrong_name = desk.post("/desk/courses/NEG/materials/", {**typed, "file": SimpleUploadedFile("a.exe", PDF)})
    done = desk.post("/desk/courses/NEG/materials/", {**typed, "file": SimpleUploadedFile("a.pdf", PDF)}, follow=True)
    reference = Material.objects.get().reference
    newer = desk.post(
        f"/desk/courses/NEG/materials/{reference}/",
        {"what_changed": "Law", "file": SimpleUploadedFile("b.pdf", PDF + b"2")},
        follow=True,
    )

    assert "not a file that can be opened everywhere" in lying.content.decode()
    assert neither.context["form"].errors["file"] == ["Choose a file or enter an address: one of the two"]
    assert "The file must be one of these" in wrong_name.context["form"].errors["file"][0]
    assert ("Slides: added." in done.content.decode(), "version 2 is the current" in newer.content.decode()) == (
        True,
        True,
    )
    assert desk.get("/desk/courses/NEG/materials/NONE/").status_code == 404


def test_desk_pages_are_closed_to_others(
    course: Course, now: datetime.datetime, client: Client, client_of: ClientOf
) -> None:
    lead, reference = client_of(make_lead()), add(course, now).material.reference
    paths = ["", f"{reference}/", f"{reference}/use/", "confirm/X/"]

    assert [lead.post(f"/desk/courses/NEG/materials/{path}").status_code for path in paths] == [403] * 4
    assert [client.post(f"/desk/courses/NEG/materials/{path}").status_code for path in paths] == [302] * 4


def test_change_audience_is_the_coordinators_and_notes_stay_the_trainers(
    course: Course, now: datetime.datetime, client_of: ClientOf
) -> None:
    material = add(course, now).material
    notes = add(course, now, title="Notes", kind="notes", content=pdf(" notes")).material
    for _ in range(2):
        assert change_audience(material=material, audience="booked", by=any_coordinator()).audience == "booked"

    with pytest.raises(CatalogueError, match="for trainers only"):
        change_audience(material=notes, audience="came", by=any_coordinator())
    with pytest.raises(CatalogueError, match="Choose who"):
        change_audience(material=material, audience="cats", by=any_coordinator())
    with pytest.raises(CatalogueError):
        change_audience(material=material, audience="came", by=make_user())
    path = f"/desk/courses/NEG/materials/{material.reference}/"
    client = client_of(any_coordinator())
    for given, kept in (("came", "came"), ("", "came"), ("x" * 99, "came")):
        assert client.post(f"{path}audience/", {"who-audience": given})["Location"] == path
        material.refresh_from_db()
        assert material.audience == kept
    assert "Who may have it" in client.get(path).content.decode()
    assert client_of(make_user()).post(f"{path}audience/", {"who-audience": "booked"}).status_code == 403
