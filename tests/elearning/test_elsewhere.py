"""Done elsewhere: what somebody says, and what it takes to count."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.factories_catalogue import make_version
from tests.imports.reading import NOW
from training.elearning.actions import claim_elsewhere, settle_claim
from training.elearning.errors import ElearningError
from training.elearning.models import ElsewhereClaim
from training.people.actions.identity import join_records
from training.people.models import Agency, Person, Role, User
from training.record.models import Achievement

ON = datetime.date(2026, 4, 14)
HEAD = "course_code,completed_on,name,email,agency,external_id\n"
pytestmark = pytest.mark.usefixtures("partnership")


def make_claim(user: User, **fields: Any) -> ElsewhereClaim:
    facts = {
        "version": make_version("Neglect"), "on": ON, "where": "The Trust", "what_proves_it": "In my staff file",
        "proof": b"", "proof_name": "", "submission": uuid.uuid4(), **fields,
    }  # fmt: skip
    return claim_elsewhere(by=user, now=NOW, **facts)


def lead_of(agency: Agency) -> User:
    return make_user(role=Role.AGENCY_LEAD, agency=agency)


def test_claim_counts_only_once_confirmed() -> None:
    agency = make_agency()
    user, lead = make_user(agency=agency), lead_of(agency)
    claim = make_claim(user)
    assert not Achievement.objects.exists()

    settle_claim(claim=claim, is_confirmed=True, answer="", by=lead, now=NOW)
    settle_claim(claim=claim, is_confirmed=False, answer="Second thoughts", by=lead, now=NOW)

    done = Achievement.objects.get()
    assert (done.person, done.source, done.on) == (user.person, "elsewhere", ON)
    claim.refresh_from_db()
    assert (claim.outcome, claim.settled_by) == ("confirmed", lead.person)


def test_claim_twice_is_one(practitioner: User) -> None:
    form, version = uuid.uuid4(), make_version()
    first = make_claim(practitioner, submission=form, version=version)

    assert make_claim(practitioner, submission=form, where="Again") == first
    assert make_claim(practitioner, version=version) == first


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"on": datetime.date(2027, 1, 1)}, "cannot be in the future"),
        ({"what_proves_it": " "}, "say in words what proves it"),
    ],
)
def test_claim_is_refused(practitioner: User, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ElearningError, match=sentence):
        make_claim(practitioner, **fields)


def test_refusing_needs_a_reason_and_leaves_no_record(practitioner: User, coordinator: User) -> None:
    claim = make_claim(practitioner)
    with pytest.raises(ElearningError, match="Say why"):
        settle_claim(claim=claim, is_confirmed=False, answer="", by=coordinator, now=NOW)

    settle_claim(claim=claim, is_confirmed=False, answer="The file is empty", by=coordinator, now=NOW)

    assert not Achievement.objects.exists()


def test_who_may_not_answer(coordinator: User) -> None:
    claim = make_claim(make_user(agency=make_agency()))
    own = make_claim(coordinator)

    for by, one in ((lead_of(make_agency()), claim), (make_user(), claim), (coordinator, own)):
        with pytest.raises(ElearningError, match="Only the training lead"):
            settle_claim(claim=one, is_confirmed=True, answer="", by=by, now=NOW)


def test_pages_of_a_claim(client_of: ClientOf) -> None:
    agency = make_agency()
    user, lead, version = make_user(agency=agency), lead_of(agency), make_version("Neglect")
    mine, theirs, stranger = client_of(user), client_of(lead), client_of(make_user())
    data = {
        "course": version.pk, "on_day": 14, "on_month": 4, "on_year": 2026, "where": "The Trust", "what_proves_it": "",
        "proof": SimpleUploadedFile("my paper.pdf", b"%PDF-1.7 x"), "submission": str(uuid.uuid4()),
    }  # fmt: skip

    sent = mine.post(reverse("elearning:elsewhere"), data, follow=True)
    claim = ElsewhereClaim.objects.get()
    page = reverse("elearning:claim", args=[claim.reference])

    assert "Waiting for an answer" in sent.content.decode()
    assert user.person.name in theirs.get(reverse("elearning:claims")).content.decode()
    proof = theirs.get(reverse("elearning:claim-proof", args=[claim.reference]))
    assert (proof.content, proof["Content-Type"]) == (b"%PDF-1.7 x", "application/octet-stream")
    assert [stranger.get(page).status_code, mine.post(page, {"is_confirmed": "yes"}).status_code] == [404, 200]
    assert ElsewhereClaim.objects.open().exists()  # nobody confirms their own
    assert theirs.post(page, {"is_confirmed": "perhaps"}).status_code == 200
    assert theirs.post(page, {"is_confirmed": "yes"}).status_code == 302
    assert Achievement.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("my paper.pdf", b"MZ\x90\x00"),
        ("my paper.pdf", b"<html>%PDF-"),
        ("photo.png", b"%PDF-1.7 x"),
        ("photo.jpg", b"\x00"),
    ],
)
def test_a_proof_that_is_not_what_its_name_says_is_refused(
    practitioner: User, client_of: ClientOf, name: str, content: bytes
) -> None:
    data = {
        "course": make_version().pk, "on_day": 14, "on_month": 4, "on_year": 2026, "where": "The Trust",
        "proof": SimpleUploadedFile(name, content), "submission": str(uuid.uuid4()),
    }  # fmt: skip

    page = client_of(practitioner).post(reverse("elearning:elsewhere"), data).content.decode()

    assert "not the PDF or picture that its name says" in page
    assert 'value="The Trust"' in page
    assert not ElsewhereClaim.objects.exists()


def test_form_without_any_proof_keeps_what_was_typed(practitioner: User, client_of: ClientOf) -> None:
    version = make_version()
    data = {
        "course": version.pk,
        "on_day": 14,
        "on_month": 4,
        "on_year": 2026,
        "where": "The Trust",
        "submission": str(uuid.uuid4()),
    }

    page = client_of(practitioner).post(reverse("elearning:elsewhere"), data).content.decode()

    assert "Add the certificate as a file" in page
    assert 'value="The Trust"' in page


def test_a_claim_without_proof_or_with_half_an_answer_is_refused_by_postgresql(practitioner: User) -> None:
    claim = make_claim(practitioner)
    rows = ElsewhereClaim.objects.filter(pk=claim.pk)

    with pytest.raises(IntegrityError, match="elsewhere_claim_is_proved_somehow"), transaction.atomic():
        rows.update(what_proves_it="")
    with pytest.raises(IntegrityError, match="elsewhere_claim_settled_who_and_when"), transaction.atomic():
        rows.update(outcome="confirmed")
    claim.pk, claim.reference, claim.submission = None, "ZZZZZZZZ", uuid.uuid4()
    with pytest.raises(IntegrityError, match="elsewhere_claim_once"), transaction.atomic():
        claim.save(force_insert=True)


def test_joined_records_share_claims_and_completions(coordinator: User) -> None:
    version = make_version()
    user, target = make_user(), make_person()
    make_claim(user, version=version)
    ElsewhereClaim.objects.create(
        person=target, version=version, on=ON, where="x", what_proves_it="x", submission=uuid.uuid4(), made_at=NOW
    )
    other = make_claim(user, version=make_version())

    join_records(source=user.person, target=target, by=coordinator, now=NOW)

    assert Person.objects.get(pk=target.pk).elsewhere_claims.count() == 2
    other.refresh_from_db()
    assert other.person == target
