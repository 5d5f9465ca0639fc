import pytest
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.people.making import make_claimant, make_leaver
from training.people.models import Agency, Employment, User

PAGE = "/my/where-i-work/"
JOB = {
    "job_title": "Health visitor",
    "kind": "employee",
    "manager_name": "Ola Sands",
    "manager_email": "ola@nhs.example",
}


def newcomer(address: str = "ann@nhs.example") -> User:
    return make_user(make_person("Ann Ashe", email=address))


def add(agency: Agency) -> str:
    return reverse("people:work-add", args=[agency.reference])


def test_own_family_is_offered_before_anything_is_typed(partnership: object, client_of: ClientOf) -> None:
    trust = make_agency("St Olave’s Hospital", email_domains=["nhs.example"])
    make_agency("Borough Council", email_domains=["council.example"])

    response = client_of(newcomer()).get(PAGE)

    assert response.context["choices"] == [(trust, True)]


def test_family_comes_first_among_what_was_found(partnership: object, client_of: ClientOf) -> None:
    other = make_agency("Olave Road School")
    trust = make_agency("Hospital of St Olave", email_domains=["nhs.example"])

    response = client_of(newcomer()).get(PAGE, {"q": "olave"})

    assert response.context["choices"] == [(trust, True), (other, False)]


@pytest.mark.parametrize("typed", ["St Olaves", "st ólave", "olave hospitl"])
def test_search_forgives_spelling(partnership: object, client_of: ClientOf, typed: str) -> None:
    trust = make_agency("St Olave’s Hospital")

    response = client_of(newcomer()).get(PAGE, {"q": typed})

    assert [agency for agency, _ in response.context["choices"]] == [trust]


def test_typed_and_closed_organisations_are_not_offered(partnership: object, client_of: ClientOf) -> None:
    make_agency("Little Acorns", standing="provisional")
    make_agency("Little Acorns Nursery", standing="closed")

    response = client_of(newcomer()).get(PAGE, {"q": "little acorns"})

    assert response.context["choices"] == []


def test_choosing_goes_to_the_job(partnership: object, client_of: ClientOf) -> None:
    agency = make_agency()

    response = client_of(newcomer()).get(f"{PAGE}choose/", {"agency": agency.reference})

    assert response["Location"] == add(agency)


def test_choosing_nothing_comes_back_with_what_was_typed(partnership: object, client_of: ClientOf) -> None:
    response = client_of(newcomer()).get(f"{PAGE}choose/", {"q": "acorns"})

    assert response["Location"] == f"{PAGE}?q=acorns"


def test_choosing_not_in_the_list_takes_the_name_along(partnership: object, client_of: ClientOf) -> None:
    response = client_of(newcomer()).get(f"{PAGE}choose/", {"agency": "unlisted", "q": "Acorns"})

    assert response["Location"] == f"{PAGE}not-listed/?name=Acorns"


@pytest.mark.parametrize(("domains", "standing"), [(["nhs.example"], "recognised"), ([], "claimed")])
def test_work_add_is_recognised_by_the_family_alone(
    partnership: object, client_of: ClientOf, domains: list[str], standing: str
) -> None:
    agency, user = make_agency(email_domains=domains), newcomer()

    response = client_of(user).post(add(agency), JOB)

    assert response["Location"] == PAGE
    held = Employment.objects.get(person=user.person)
    assert (held.agency, held.standing, held.manager_email) == (agency, standing, "ola@nhs.example")


def test_work_add_second_click_changes_nothing(partnership: object, client_of: ClientOf) -> None:
    agency, client = make_agency(), client_of(newcomer())

    client.post(add(agency), JOB)
    client.post(add(agency), JOB)

    assert Employment.objects.count() == 1


def test_work_add_without_a_manager(partnership: object, client_of: ClientOf) -> None:
    user = newcomer()

    client_of(user).post(
        add(make_agency()), {"job_title": "Childminder", "kind": "self_employed", "has_no_manager": "on"}
    )

    assert Employment.objects.get(person=user.person).manager_email == ""


def test_work_add_keeps_what_was_typed(partnership: object, client_of: ClientOf) -> None:
    response = client_of(newcomer()).post(add(make_agency()), {**JOB, "manager_email": "not an address"})

    assert response.status_code == 200
    assert response.context["form"]["job_title"].value() == "Health visitor"
    assert list(response.context["form"].errors) == ["manager_email"]


def test_work_add_asks_for_the_manager_or_the_tick(partnership: object, client_of: ClientOf) -> None:
    response = client_of(newcomer()).post(add(make_agency()), {"job_title": "Nurse", "kind": "employee"})

    assert list(response.context["form"].errors) == ["manager_name", "manager_email"]


def test_work_add_refuses_oneself_as_manager(partnership: object, client_of: ClientOf) -> None:
    response = client_of(newcomer()).post(add(make_agency()), {**JOB, "manager_email": "ANN@nhs.example"})

    assert "not your own" in str(response.context["form"].non_field_errors())
    assert not Employment.objects.exists()


@pytest.mark.parametrize("standing", ["provisional", "closed"])
def test_work_add_at_what_is_not_in_the_list_is_not_found(
    partnership: object, client_of: ClientOf, standing: str
) -> None:
    agency = make_agency(standing=standing)

    assert client_of(newcomer()).post(add(agency), JOB).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "pirate"), ("job_title", "x" * 5000), ("manager_email", "a@b\r\nBcc: c@d.example")]
)
def test_work_add_refuses_rubbish(partnership: object, client_of: ClientOf, field: str, value: str) -> None:
    response = client_of(newcomer()).post(add(make_agency()), {**JOB, field: value})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]


def test_work_add_takes_turning_characters_out(partnership: object, client_of: ClientOf) -> None:
    user = newcomer()

    client_of(user).post(add(make_agency()), {**JOB, "job_title": "Nurse\u202e"})

    assert Employment.objects.get(person=user.person).job_title == "Nurse"


def test_work_unlisted_keeps_the_organisation_for_a_coordinator(partnership: object, client_of: ClientOf) -> None:
    user = newcomer()

    client_of(user).post(f"{PAGE}not-listed/", {**JOB, "organisation": "  Little   Acorns "})
    client_of(user).post(f"{PAGE}not-listed/", {**JOB, "organisation": "little acorns"})

    held = Employment.objects.get(person=user.person)
    assert (held.agency.name, held.agency.standing, held.standing) == ("Little Acorns", "provisional", "claimed")


def test_work_unlisted_finds_what_is_in_the_list_after_all(partnership: object, client_of: ClientOf) -> None:
    agency, user = make_agency("Little Acorns"), newcomer()

    client_of(user).post(f"{PAGE}not-listed/", {**JOB, "organisation": "LITTLE ACORNS"})

    assert Employment.objects.get(person=user.person).agency == agency


def test_work_unlisted_refuses_a_closed_one(partnership: object, client_of: ClientOf) -> None:
    make_agency("Little Acorns", standing="closed")

    response = client_of(newcomer()).post(f"{PAGE}not-listed/", {**JOB, "organisation": "Little Acorns"})

    assert "is closed" in str(response.context["form"].non_field_errors())


def test_work_leave_ends_it(partnership: object, client_of: ClientOf) -> None:
    agency, today = make_agency(), timezone.localdate()
    user = make_user(make_person(agency=agency))
    last = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year}

    first = client_of(user).post(f"{PAGE}{agency.reference}/leave/", last)
    second = client_of(user).post(f"{PAGE}{agency.reference}/leave/", last)

    assert (first["Location"], second["Location"]) == (PAGE, PAGE)
    assert Employment.objects.get(person=user.person).last_day == today


@pytest.mark.parametrize(
    ("day", "month", "year"), [("31", "2", "2027"), ("1", "1", "1999"), ("9" * 30, "1", "2027"), ("1", "1", "2190")]
)
def test_work_leave_refuses_impossible_days(
    partnership: object, client_of: ClientOf, day: str, month: str, year: str
) -> None:
    agency = make_agency()
    user = make_user(make_person(agency=agency))
    typed = {"last_day_day": day, "last_day_month": month, "last_day_year": year}

    response = client_of(user).post(f"{PAGE}{agency.reference}/leave/", typed)

    assert list(response.context["form"].errors) == ["last_day"]
    assert Employment.objects.get(person=user.person).last_day is None


def test_work_leave_cannot_reach_back_into_what_is_over(partnership: object, client_of: ClientOf) -> None:
    agency, today = make_agency(), timezone.localdate()
    user = make_user(make_leaver(agency))
    before = Employment.objects.get(person=user.person).last_day
    last = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year + 1}

    response = client_of(user).post(f"{PAGE}{agency.reference}/leave/", last)

    assert "ended already" in str(response.context["form"].errors)
    assert Employment.objects.get(person=user.person).last_day == before


def test_work_leave_of_somebody_else_is_not_found(partnership: object, client_of: ClientOf) -> None:
    agency = make_agency()
    make_person(agency=agency)

    assert client_of(newcomer()).get(f"{PAGE}{agency.reference}/leave/").status_code == 404


def test_statuses_are_in_plain_words(partnership: object, client_of: ClientOf) -> None:
    agency = make_agency("Acorns")
    person = make_claimant(agency)

    response = client_of(person.user).get(PAGE)

    assert "Waiting for Acorns or the training team to confirm" in response.content.decode()


def test_somebody_on_the_way_to_a_booking_goes_on_with_it(partnership: object, client_of: ClientOf) -> None:
    agency, client = make_agency(), client_of(newcomer())
    client.get(PAGE, {"next": "/courses/"})

    first = client.post(add(agency), JOB)
    second = client.post(add(agency), JOB)

    assert (first["Location"], second["Location"]) == ("/courses/", PAGE)


def test_nobody_is_sent_to_another_site(partnership: object, client_of: ClientOf) -> None:
    agency, client = make_agency(), client_of(newcomer())
    client.get(PAGE, {"next": "https://elsewhere.example/"})

    response = client.post(add(agency), JOB)

    assert response["Location"] == PAGE
