"""Upload → a line per row → confirm: what each step does, and who may not."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories import make_agency, make_user
from tests.factories_catalogue import make_course, make_venue
from tests.imports.reading import DATA, EVENTS
from training.catalogue.models import Event, Venue
from training.people.models import Person, Role, Upload, User
from training.people.tasks import forget_uploads

DATE = EVENTS + "E0500,{code},virtual,15/06/2027 09:30-16:30,,20,6,,\n"


@pytest.fixture(autouse=True)
def no_second_factor(settings) -> None:
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture
def client(coordinator: User, client_of) -> Client:
    return client_of(coordinator)


def send(client: Client, content: str | bytes, name: str = "dates.csv", page: str = "/desk/import/"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(page, {"file": SimpleUploadedFile(name, data)})


def agreed(client: Client, page: str) -> str:
    return client.get(page).context["agreed"]


def test_a_file_is_shown_then_confirmed_then_gone(client: Client) -> None:
    content = DATE.format(code=make_course(code="BSP1").code)

    page = send(client, content).url
    preview = client.get(page)
    assert preview.context["outcome"].plans[0].counts() == {"new": 1, "changed": 0, "unchanged": 0, "wrong": 0}
    assert not Event.objects.exists()  # nothing yet
    answer = client.post(page, {"agreed": agreed(client, page)})

    assert answer.url == page
    assert "1 new, 0 changed" in client.get(page).content.decode()
    assert Event.objects.get().reference == "E0500"
    assert bytes(Upload.objects.get().content) == b""


def test_a_second_click_changes_nothing(client: Client) -> None:
    page = send(client, DATE.format(code=make_course().code)).url
    word = agreed(client, page)

    first, second = client.post(page, {"agreed": word}), client.post(page, {"agreed": word})

    assert first.status_code == 302
    assert "is read in" in second.content.decode()
    assert Event.objects.count() == 1


def test_what_changed_meanwhile_is_shown_again(client: Client) -> None:
    course = make_course()
    page = send(client, DATE.format(code=course.code)).url
    word = agreed(client, page)
    send_again = send(client, DATE.format(code=course.code)).url
    client.post(send_again, {"agreed": agreed(client, send_again)})  # somebody else was quicker

    answer = client.post(page, {"agreed": word})

    assert "Something has changed in Muster since you looked" in answer.content.decode()
    assert answer.context["outcome"].plans[0].counts()["unchanged"] == 1


@pytest.mark.parametrize("word", ["", "nonsense", "\x00"])
def test_nothing_is_read_in_that_was_not_shown(client: Client, word: str) -> None:
    page = send(client, DATE.format(code=make_course().code)).url

    assert client.post(page, {"agreed": word}).status_code in (200, 400)
    assert not Event.objects.exists()


def test_a_wrong_row_refuses_the_file_and_comes_first(client: Client) -> None:
    page = send(client, DATE.format(code="NONE")).url
    preview = client.get(page)
    text = preview.content.decode()

    assert "Row 2, course_code: found “NONE”" in text
    assert "Read it in" not in text
    assert "Rows of this file are wrong" in client.post(page, {"agreed": preview.context["agreed"]}).content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"%PDF-1.7", "This is a PDF, not a table."),
        ("a.xlsx", b"PK\x03\x04", "This workbook is damaged"),
        ("a.csv", b"x,y\n1,2", "none of the lists read here"),
        ("a.csv", b"name\x00", "This file holds signs that no text has"),
        ("a.exe", b"name,x", "The file must be one of these: csv, xlsx, txt"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"name,address,capacity\n" + b"a,b,3\n" * 5_001, "A page reads 5,000 at a time"),
    ],
)
def test_an_upload_that_is_no_list(client: Client, name: str, content: bytes, words: str) -> None:
    answer = send(client, content, name)
    answer = client.get(answer.url, follow=True) if answer.status_code == 302 else answer

    assert words in answer.content.decode()


def test_somebody_else_s_file_is_not_there(client: Client, client_of) -> None:
    page = send(client, DATE.format(code=make_course().code)).url

    assert client_of(make_user(role=Role.COORDINATOR)).get(page).status_code == 404


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PDL_MEMBER, Role.AGENCY_LEAD, None])
@pytest.mark.parametrize("page", ["/desk/import/", "/people/import/", "/desk/import/dates.csv"])
def test_wrong_role(partnership, client_of, role, page: str) -> None:
    agency = make_agency() if role == Role.AGENCY_LEAD else None
    client = client_of(make_user(role=role, agency=agency))

    assert client.get(page).status_code == 403
    assert send(client, DATE, page=page).status_code == 403


def test_uploads_are_forgotten_after_a_day(client: Client) -> None:
    page = send(client, DATE.format(code=make_course().code)).url
    Upload.objects.update(made_at=timezone.now() - datetime.timedelta(days=2), expires_at=timezone.now())

    assert client.get(page).status_code == 404
    assert forget_uploads() == 1


def test_people(client: Client) -> None:
    page = send(client, (DATA / "agencies.csv").read_bytes(), page="/people/import/").url
    client.post(page, {"agreed": agreed(client, page)})
    page = send(client, (DATA / "people.csv").read_bytes(), page="/people/import/").url
    client.post(page, {"agreed": agreed(client, page)})

    assert Person.objects.filter(employments__isnull=False).count() == 420


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["courses", "dates"])
def test_files_to_take_away(client: Client, what: str, kind: str) -> None:
    make_venue("=HYPERLINK(1)")

    assert client.get(f"/desk/import/{what}.{kind}").status_code == 200
    assert client.get(f"/desk/import/{what}.pdf").status_code == 404


def test_a_wrong_file_changes_nothing_of_a_venue(client: Client) -> None:
    page = send(client, "name,address,capacity\nHall,Street,30\nRoom,Street,many\n").url
    client.post(page, {"agreed": agreed(client, page)})

    assert not Venue.objects.exists()
