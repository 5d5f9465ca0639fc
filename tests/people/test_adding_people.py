"""A coordinator adds somebody by hand: whom we know already is said before anything is saved."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.people.making import make_lead
from training.people.actions.adding import add_person, alike
from training.people.errors import PeopleError
from training.people.models import Agency, Employment, Person, User

pytestmark = pytest.mark.usefixtures("no_second_factor")
ADD = "/people/add/"


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def typed(agency: Agency | None = None, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    first = {"from_day_day": today.day, "from_day_month": today.month, "from_day_year": today.year}
    return {"name": "Ada Okafor", "agency": agency.reference if agency else "", "kind": "volunteer", **first, **changes}


def press_again(client: Client, response: HttpResponse, data: dict[str, Any]) -> HttpResponse:
    return client.post(ADD, {**data, "seen": response.context["form"]["seen"].value()})


def test_somebody_without_an_address_is_added_with_where_they_work(desk: Client) -> None:
    agency = make_agency("St Olave’s Nursery")

    response = desk.post(ADD, typed(agency, job_title="Trustee"))

    person = Person.objects.get(name="Ada Okafor")
    work = person.employments.get()
    assert response["Location"] == f"/people/{person.reference}/"
    assert (person.email, work.agency, work.kind, work.job_title) == ("", agency, "volunteer", "Trustee")
    assert (work.standing, work.first_day) == ("confirmed", timezone.localdate())


def test_somebody_who_works_nowhere_is_added(desk: Client) -> None:
    desk.post(ADD, typed(email="ada@bankside.example", mobile="07700 900982"))

    person = Person.objects.get(name="Ada Okafor")
    assert (person.email, person.employments.count()) == ("ada@bankside.example", 0)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"name": "ada okafor", "agency": True}, "Same name, also at Bankside Council"),
        ({"name": "Bo Lind", "email": "team@bankside.example"}, "Same e-mail address"),
        ({"name": "Ada Okaffor"}, "Similar name"),
        ({"name": "Ada OKAFOR"}, "Same name"),
    ],
)
def test_who_is_alike_is_shown_before_saving(desk: Client, known: dict[str, Any], why: str) -> None:
    agency = make_agency("Bankside Council")
    other = make_person(known.pop("name"), **{**known, **({"agency": agency} if "agency" in known else {})})
    data = typed(agency, email="team@bankside.example")

    first = desk.post(ADD, data)
    number = Person.objects.count()
    second = press_again(desk, first, data)

    content = first.content.decode()
    assert "Do we know them already?" in content
    assert why in content
    assert f"/people/{other.reference}/" in content
    assert second.status_code == 302
    assert Person.objects.count() == number + 1


def test_somebody_alike_who_came_in_between_is_shown_first(desk: Client) -> None:
    make_person("Ada Okafor")
    data = typed()
    first = desk.post(ADD, data)
    make_person("Ada Okafor")

    assert press_again(desk, first, data).status_code == 200
    assert Person.objects.filter(name="Ada Okafor").count() == 2


def test_second_click_shows_whom_the_first_has_added(desk: Client) -> None:
    data = typed()

    desk.post(ADD, data)
    again = desk.post(ADD, data)

    assert "Do we know them already?" in again.content.decode()
    assert Person.objects.filter(name="Ada Okafor").count() == 1


def test_joined_and_closed_records_are_not_alike(partnership: object) -> None:
    Person.objects.filter(pk=make_person("Ada Okafor").pk).update(standing="closed")

    assert alike(name="Ada Okafor", email="", agency=None) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"name": "7"},
        {"email": "x"},
        {"mobile": "12"},
        {"kind": ""},
        {"kind": "x"},
        {"from_day_day": "40"},
    ],
)
def test_rubbish_is_refused_and_kept(desk: Client, changes: dict[str, Any]) -> None:
    before = Person.objects.count()

    response = desk.post(ADD, typed(**{"job_title": "Nurse", **changes}))

    assert response.status_code == 200
    assert response.context["form"]["job_title"].value() == "Nurse"
    assert Person.objects.count() == before


def test_only_coordinators_add(partnership: object, client_of: ClientOf, practitioner: User) -> None:
    assert client_of(make_lead()).post(ADD, typed()).status_code == 403
    with pytest.raises(PeopleError, match="Only a coordinator"):
        add_person(
            name="Ada",
            email="",
            mobile="",
            agency=None,
            from_day=timezone.localdate(),
            kind=Employment.Kind.EMPLOYEE,
            job_title="",
            by=practitioner,
            now=timezone.now(),
        )


def test_correction_keeps_its_reason_in_the_history(desk: Client, administrator: User, client_of: ClientOf) -> None:
    person = make_person("Ada Okafor")
    details = {"name": "Ada Lind", "email": person.email, "mobile": "", "revision": "1"}

    refused = desk.post(f"/people/{person.reference}/correct/", details)
    desk.post(f"/people/{person.reference}/correct/", {**details, "reason": "Married name, rang on Monday"})
    history = client_of(administrator).get(f"/people/{person.reference}/history/").content.decode()

    assert "There is a problem" in refused.content.decode()
    assert Person.objects.get(pk=person.pk).name == "Ada Lind"
    assert "Why: Married name, rang on Monday" in history


def test_own_details_need_no_reason(practitioner: User, client_of: ClientOf) -> None:
    typed_in = {"name": "New Name", "email": practitioner.email, "mobile": "", "revision": "1"}

    assert client_of(practitioner).post("/my/details/", typed_in).status_code == 302


def test_list_of_people_leads_to_adding(desk: Client, client_of: ClientOf) -> None:
    assert ADD in desk.get("/people/").content.decode()
    assert client_of(make_user()).get(ADD).status_code == 403
