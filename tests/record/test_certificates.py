"""Certificates: the paper, its public check, and what a corrected register does to it."""

import datetime
import io
import re

import pikepdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.factories_catalogue import make_version
from training.people.models import Person, Role, User
from training.record.actions import achieve, achieve_all, hold_certificates, release_certificates, take_back
from training.record.guessing import MISSES
from training.record.models import Achievement, WithdrawnCertificate
from training.record.serials import new_serial, printed, read_serial

NOW = datetime.datetime(2026, 6, 9, 12, tzinfo=datetime.UTC)
ON = datetime.date(2026, 6, 9)
pytestmark = pytest.mark.usefixtures("partnership")


def done(person: Person, *, source: Achievement.Source = Achievement.Source.ATTENDED, origin: str = "event:E1"):
    version = make_version("Neglect", hours=3)
    return achieve(person=person, version=version, on=ON, source=source, origin=origin, now=NOW)


def check_url(serial: str) -> str:
    return reverse("record:certificate", args=[serial])


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_certificate_is_accessible(practitioner: User, client_of: ClientOf) -> None:
    row = done(practitioner.person)

    answer = client_of(practitioner).get(reverse("record:certificate-pdf", args=[row.serial]))

    pdf = pikepdf.open(io.BytesIO(answer.content))
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert (str(pdf.docinfo.Title), str(pdf.Root.Lang), len(pdf.pages)) == ("Certificate: Neglect", "en-GB", 1)
    assert bool(pdf.Root.MarkInfo.Marked) is True
    figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
    assert [check_url(row.serial) in str(one.Alt) for one in figures] == [True]
    assert answer["Cache-Control"] == "private, no-store"


def test_all_certificates_are_one_file(practitioner: User, client_of: ClientOf) -> None:
    done(practitioner.person)
    done(practitioner.person, origin="event:E2")
    done(practitioner.person, source=Achievement.Source.ELSEWHERE, origin="elsewhere:1")

    answer = client_of(practitioner).get(reverse("record:my-certificates"))

    assert len(pikepdf.open(io.BytesIO(answer.content)).pages) == 2


def test_all_certificates_of_nobody(practitioner: User, client_of: ClientOf) -> None:
    answer = client_of(practitioner).get(reverse("record:my-certificates"), follow=True)

    assert "You have no certificate yet." in text_of(answer)


def test_certificate_of_somebody_else(practitioner: User, client_of: ClientOf) -> None:
    row = done(make_person())

    assert client_of(practitioner).get(reverse("record:certificate-pdf", args=[row.serial])).status_code == 404


def test_certificate_of_what_was_done_elsewhere(practitioner: User, client_of: ClientOf, client: Client) -> None:
    row = done(practitioner.person, source=Achievement.Source.ELSEWHERE)

    assert client_of(practitioner).get(reverse("record:certificate-pdf", args=[row.serial])).status_code == 404
    assert client.get(check_url(row.serial)).status_code == 404


def test_lead_sees_up_to_the_last_day(client_of: ClientOf) -> None:
    agency = make_agency()
    lead = make_user(role=Role.AGENCY_LEAD, agency=agency)
    mover = make_person(agency=agency)
    work = mover.employments.get()
    work.period = type(work.period)(work.period.lower, ON + datetime.timedelta(days=1))
    work.save()
    version = make_version()
    common = {"person": mover, "version": version, "source": Achievement.Source.ATTENDED, "now": NOW}
    there = achieve(on=ON, origin="event:E1", **common)
    achieve(on=ON + datetime.timedelta(days=1), origin="event:E2", **common)

    assert list(Achievement.objects.visible_to(lead)) == [there]


def test_coordinator_opens_a_record_and_it_is_logged(coordinator: User, client_of: ClientOf) -> None:
    row = done(make_person("Ann Bell"))
    client = client_of(coordinator)

    page = client.get(reverse("record:person-record", args=[row.person.reference]))
    client.get(reverse("record:certificate-pdf", args=[row.serial]))

    assert "Get certificate" in text_of(page)
    assert list(row.person.views.order_by("pk").values_list("page", flat=True)) == [
        "record:person-record",
        "record:certificate-pdf",
    ]


def test_check_says_genuine_without_the_name(client: Client) -> None:
    row = done(make_person("Beth Anne O’Hara"))

    page = client.get(check_url(row.serial.lower()))

    sentence = (
        "This certificate is genuine: Bankside Safeguarding Partnership confirms that a person with the initials"
        " B. A. O. attended “Neglect” on Tuesday 9 June 2026."
    )
    assert page.status_code == 200
    assert sentence in text_of(page)
    assert "Hara" not in text_of(page)


@pytest.mark.parametrize(
    ("name", "answer"),
    [(" beth  o'hara ", "The name that you typed is the one"), ("Bob Otter", "The name that you typed is not the one")],
)
def test_check_compares_a_name(client: Client, name: str, answer: str) -> None:
    row = done(make_person("Beth O’Hara"))

    assert answer in text_of(client.post(check_url(row.serial), {"name": name}))
    assert "Enter" in text_of(client.post(check_url(row.serial), {"name": ""}))


def test_corrected_name_keeps_the_serial(client: Client) -> None:
    row = done(make_person("Beth Ohara"))
    Person.objects.filter(pk=row.person_id).update(name="Cara Dunn")

    assert "initials C. D." in text_of(client.get(check_url(row.serial)))


@pytest.mark.parametrize("serial", ["x", "2" * 400, "' OR 1=1 --", "\u202egnp", "ÀÉ", "7KM2QXPA3VNE8TRD"])
def test_check_of_an_unknown_serial(client: Client, serial: str) -> None:
    page = client.get(check_url(serial))

    assert page.status_code == 404
    assert "We do not know this number" in text_of(page)


def test_guesses_are_limited_and_hits_are_not_counted(client: Client) -> None:
    row = done(make_person())
    for _ in range(MISSES - 1):
        client.get(check_url(new_serial()))
    assert client.get(check_url(row.serial)).status_code == 200
    client.post(check_url(row.serial), {"name": "Somebody else"})

    page = client.get(check_url(row.serial))

    assert page.status_code == 429
    assert page["Retry-After"] == "3600"


def test_typing_the_number_leads_to_its_page(client: Client) -> None:
    serial = new_serial()

    answer = client.get(reverse("record:certificates"), {"serial": printed(serial).lower()})
    wrong = client.get(reverse("record:certificates"), {"serial": "0O"})

    assert answer["Location"] == check_url(serial)
    assert "16 letters and digits, like" in text_of(wrong)
    assert read_serial("7km2-qxpa 3vne 8trd") == "7KM2QXPA3VNE8TRD"


def test_corrected_register_withdraws_and_gives_back(client: Client) -> None:
    row = done(make_person("Ann Bell"))

    take_back(origin="event:E1", except_ids=[], now=NOW)

    page = text_of(client.get(check_url(row.serial)))
    assert (
        "withdrew it on Tuesday 9 June 2026, when its record of “Neglect” on Tuesday 9 June 2026 was corrected" in page
    )
    achieve_all(
        person_ids=[row.person_id], version=row.version, on=ON, source=Achievement.Source.ATTENDED, origin="event:E1",
        now=NOW,
    )  # fmt: skip
    assert Achievement.objects.get().serial == row.serial
    assert not WithdrawnCertificate.objects.exists()
    assert "This certificate is genuine" in text_of(client.get(check_url(row.serial)))


def test_certificate_waits_for_the_form_and_the_record_does_not(practitioner: User, client_of: ClientOf) -> None:
    row = done(practitioner.person)
    today = timezone.localdate()
    hold_certificates(person_ids=[practitioner.person_id], origin="event:E1", until=today)
    client, url = client_of(practitioner), reverse("record:certificate-pdf", args=[row.serial])

    waiting = client.get(url, follow=True)
    record = text_of(client.get(reverse("record:my-record")))
    later = Achievement.objects.with_waiting(today + datetime.timedelta(days=1)).get()
    release_certificates(answered=[(practitioner.person_id, "event:E1")])

    assert "the morning after the form" in text_of(waiting)
    assert "After you have answered the form" in record
    assert later.is_waiting is False  # at most until the form closes
    assert client.get(url)["Content-Type"] == "application/pdf"


def test_get_certificate_is_the_button_of_the_moment(practitioner: User, client_of: ClientOf) -> None:
    version = make_version("Neglect")
    common = {"person": practitioner.person, "version": version, "on": ON, "source": Achievement.Source.ATTENDED}
    achieve(**common, origin="event:old", now=timezone.now() - datetime.timedelta(days=9))
    client = client_of(practitioner)
    before = text_of(client.get(reverse("people:my")))

    achieve(**common, origin="event:new", now=timezone.now())

    assert "Your certificate is ready" not in before
    assert "Your certificate is ready" in text_of(client.get(reverse("people:my")))


def test_postgresql_refuses_a_short_serial() -> None:
    row = done(make_person())

    with pytest.raises(IntegrityError, match="achievement_serial_is_long"), transaction.atomic():
        Achievement.objects.filter(pk=row.pk).update(serial="7KM2QXPA")


def test_postgresql_refuses_a_second_wait_and_a_second_withdrawal() -> None:
    from training.record.models import CertificateWait

    row = done(make_person())
    take_back(origin="event:E1", except_ids=[], now=NOW)
    hold_certificates(person_ids=[row.person_id], origin="event:E1", until=ON)

    with pytest.raises(IntegrityError, match="certificate_waits_once"), transaction.atomic():
        CertificateWait.objects.create(person=row.person, origin="event:E1", until=ON)
    with pytest.raises(IntegrityError, match="withdrawn_once_an_origin"), transaction.atomic():
        WithdrawnCertificate.objects.create(
            serial=new_serial(), person=row.person, version=row.version, on=ON, origin="event:E1", withdrawn_at=NOW
        )


def test_record_list_asks_the_same_for_one_and_three(practitioner: User, client_of: ClientOf) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counted = client_of(practitioner), []
    for number in (1, 2, 3):
        done(practitioner.person, origin=f"event:{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("record:my-record"))
        counted.append(len(queries))

    assert counted[0] == counted[2]
