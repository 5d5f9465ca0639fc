"""An agency's training lead sees and settles the people of their own organisations, and nobody else's."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import grant_directly, make_agency, make_person
from tests.people.making import make_claimant, make_identity_claim, make_lead, make_leaver
from tests.people.test_every_page import queries_of
from training.people.models import Agency, Employment, Person, Role, User

pytestmark = pytest.mark.usefixtures("no_second_factor", "partnership")


def settle(agency: Agency, person: Person) -> str:
    return reverse("people:agency-settle", args=[agency.reference, person.reference])


def leaving(agency: Agency, person: Person) -> str:
    return reverse("people:agency-leaving", args=[agency.reference, person.reference])


def names_on(response: object) -> list[str]:
    return [employment.person.name for employment in response.context["page"]]  # type: ignore[attr-defined]


def test_new_starters_come_first(client_of: ClientOf) -> None:
    agency = make_agency()
    lead = make_lead(agency, name="Lena Lead")
    make_person("Aaron Old", agency=agency)
    make_person("Zoë New", agency=agency, employment={"period": (timezone.localdate(), None)})

    assert names_on(client_of(lead).get("/agency/")) == ["Zoë New", "Aaron Old", "Lena Lead"]


def test_other_agencies_people_are_nowhere(client_of: ClientOf) -> None:
    lead, other = make_lead(), make_agency("Elsewhere")
    hidden = [
        make_person("Hidden Person", agency=other),
        make_claimant(other, "Hidden Claimant"),
        make_leaver(other, "Hidden Leaver"),
    ]
    client = client_of(lead)

    pages = [
        client.get(address).content.decode()
        for address in ("/agency/", "/agency/?q=Hidden", "/search/?q=Hidden", "/agency/people.csv")
    ]

    assert not any(person.name in page for page in pages for person in hidden)


@pytest.mark.parametrize("address", [settle, leaving])
def test_other_agencies_rows_are_not_found(client_of: ClientOf, address: object) -> None:
    lead, other = make_lead(), make_agency()
    person = make_claimant(other)

    response = client_of(lead).post(address(other, person), {"answer": "yes"})  # type: ignore[operator]

    assert response.status_code == 404
    assert Employment.objects.get(person=person).standing == "claimed"


def test_another_agency_in_the_address_shows_own_people(client_of: ClientOf) -> None:
    lead, other = make_lead(), make_agency()
    make_person("Hidden Person", agency=other)

    assert names_on(client_of(lead).get(f"/agency/?organisation={other.reference}")) == [lead.person.name]


def test_a_leavers_later_details_are_not_shown(client_of: ClientOf) -> None:
    agency = make_agency()
    lead, leaver = make_lead(agency), make_leaver(agency, "Lee Leaver", email="lee@new-job.example")
    Employment.objects.create(
        person=leaver, agency=make_agency("New Job"), period=(timezone.localdate(), None), standing="confirmed"
    )
    client = client_of(lead)

    page, found = client.get("/agency/"), client.get("/search/?q=Lee Leaver")

    assert page.context["leavers"].rows[0][0] == "Lee Leaver"
    assert "new-job" not in page.content.decode()
    assert "New Job" not in page.content.decode()
    assert found.context["hits"] == []
    assert client.get(f"/people/{leaver.reference}/").status_code == 403


def test_a_former_employer_cannot_prolong_what_is_over(client_of: ClientOf) -> None:
    agency, today = make_agency(), timezone.localdate()
    lead, leaver = make_lead(agency), make_leaver(agency)
    before = Employment.objects.get(person=leaver).period
    last = {"last_day_day": 1, "last_day_month": 1, "last_day_year": today.year + 2}

    client_of(lead).post(leaving(agency, leaver), last)

    assert Employment.objects.get(person=leaver).period == before


def test_lead_of_two_sees_both_and_chooses_one(client_of: ClientOf) -> None:
    first, second = make_agency("First"), make_agency("Second")
    lead = make_lead(first, name="Lena Lead")
    grant_directly(lead.person, Role.AGENCY_LEAD, agency=second)  # type: ignore[arg-type]
    make_person("Sam Second", agency=second)
    client = client_of(lead)

    assert names_on(client.get("/agency/")) == ["Lena Lead", "Sam Second"]
    assert names_on(client.get(f"/agency/?organisation={second.reference}")) == ["Sam Second"]


@pytest.mark.parametrize(("answer", "standing"), [("yes", "confirmed"), ("no", "refused")])
def test_agency_settle_answers_once(client_of: ClientOf, answer: str, standing: str) -> None:
    agency = make_agency()
    lead, person = make_lead(agency), make_claimant(agency)
    other_answer = {"yes": "no", "no": "yes"}[answer]
    client = client_of(lead)

    client.post(settle(agency, person), {"answer": answer})
    second = client.post(settle(agency, person), {"answer": other_answer})

    assert second.status_code == 302
    assert Employment.objects.get(person=person).standing == standing


@pytest.mark.parametrize("answer", ["", "maybe", "yes\u202e"])
def test_agency_settle_ignores_rubbish(client_of: ClientOf, answer: str) -> None:
    agency = make_agency()
    lead, person = make_lead(agency), make_claimant(agency)

    assert client_of(lead).post(settle(agency, person), {"answer": answer}).status_code == 302
    assert Employment.objects.get(person=person).standing == "claimed"


def test_agency_leaving_records_the_last_day(client_of: ClientOf) -> None:
    agency, today = make_agency(), timezone.localdate()
    lead, person = make_lead(agency), make_person(agency=agency)
    last = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year}

    client_of(lead).post(leaving(agency, person), last)

    assert Employment.objects.get(person=person).last_day == today


def test_agency_identity_is_settled_by_the_known_persons_lead(client_of: ClientOf) -> None:
    agency = make_agency()
    lead, claim = make_lead(agency), make_identity_claim(make_person(agency=agency))

    client_of(lead).post(reverse("people:agency-identity", args=[claim.reference]), {"answer": "yes"})

    claim.refresh_from_db()
    assert (claim.outcome, claim.newcomer.merged_into) == ("same", claim.known)


@pytest.mark.parametrize("known", ["elsewhere", "left", "claims only", "holds a role"])
def test_agency_identity_is_not_found_for_others(client_of: ClientOf, known: str) -> None:
    agency = make_agency()
    person = {
        "elsewhere": lambda: make_person(agency=make_agency()),
        "left": lambda: make_leaver(agency),
        "claims only": lambda: make_person(agency=agency, employment={"standing": "claimed"}),
        "holds a role": lambda: make_person(agency=agency),
    }[known]()
    if known == "holds a role":
        grant_directly(person, Role.COORDINATOR)
    claim = make_identity_claim(person)

    response = client_of(make_lead(agency)).post(
        reverse("people:agency-identity", args=[claim.reference]), {"answer": "yes"}
    )

    assert response.status_code == 404


def test_agency_file_has_the_employee_number_first_and_no_formulas(client_of: ClientOf) -> None:
    agency = make_agency()
    lead = make_lead(agency)
    make_person("=HYPERLINK(1)", agency=agency, employment={"employee_number": "0042"})

    content = client_of(lead).get("/agency/people.csv").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(content)))
    assert rows[0][:2] == ["Employee number", "Name"]
    assert ["0042", "'=HYPERLINK(1)"] in [row[:2] for row in rows]


def test_agency_file_as_a_spreadsheet(client_of: ClientOf) -> None:
    from python_calamine import CalamineWorkbook

    lead = make_lead(make_agency(), name="Lena Lead")

    content = client_of(lead).get("/agency/people.xlsx").content

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["Name", "Lena Lead"]


def test_agency_file_of_another_kind_is_not_found(client_of: ClientOf) -> None:
    assert client_of(make_lead()).get("/agency/people.exe").status_code == 404


def test_agency_page_asks_as_often_for_three_rows_as_for_one(client_of: ClientOf) -> None:
    agency = make_agency()
    client = client_of(make_lead(agency))

    def rows() -> None:
        make_person(agency=agency)
        make_claimant(agency)
        make_leaver(agency)
        make_identity_claim(make_person(agency=agency), make_person())

    rows()
    client.get("/agency/")
    with_one = queries_of(client, "/agency/")
    rows()
    rows()

    assert queries_of(client, "/agency/") == with_one


def test_home_counts_what_waits_for_a_lead(client_of: ClientOf) -> None:
    agency = make_agency()
    lead: User = make_lead(agency)
    make_claimant(agency)
    make_claimant(make_agency())

    todos = client_of(lead).get("/").context["todos"]

    assert [todo.sentence for todo in todos] == ["1 person says that they work for your organisation."]
