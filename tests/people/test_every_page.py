"""Every page of this app: who may open it, and what it does with nonsense."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.people.making import make_identity_claim, make_lead, make_message
from training.people.models import Person, Role, User

pytestmark = pytest.mark.usefixtures("no_second_factor")

NONSENSE = ("ZZZZZZZZ", "9" * 400, "\u202egnp.exe", "-1", "' OR 1=1 --", "ÀÉ", "a" * 2000)
COORDINATORS = ("persons", "to-settle", "agencies", "agency-add", "outbox")
ADMINISTRATORS = ("roles", "partnership", "partnership-history")
OWN = ("my", "my-details", "my-data", "my-messages", "where-i-work", "work-unlisted", "search")
ABOUT_A_PERSON = ("person", "person-correct", "person-join", "role-grant", "person-history")
ABOUT_AN_AGENCY = ("agency-edit", "agency-replace")


def page(name: str, *args: str) -> str:
    return reverse(f"people:{name}", args=args)


@pytest.mark.parametrize("name", [*OWN, *COORDINATORS, *ADMINISTRATORS, "agency"])
def test_signed_out_goes_to_the_sign_in_page(partnership: object, client: Client, name: str) -> None:
    response = client.get(page(name))

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={page(name)}"


@pytest.mark.parametrize("name", OWN)
def test_own_pages_open(practitioner: User, client_of: ClientOf, name: str) -> None:
    assert client_of(practitioner).get(page(name)).status_code == 200


@pytest.mark.parametrize("name", [*COORDINATORS, *ADMINISTRATORS, "agency"])
def test_practitioner_is_refused(practitioner: User, client_of: ClientOf, name: str) -> None:
    assert client_of(practitioner).get(page(name)).status_code == 403


@pytest.mark.parametrize("name", [*COORDINATORS, *ADMINISTRATORS])
def test_lead_is_refused(partnership: object, client_of: ClientOf, name: str) -> None:
    assert client_of(make_lead()).get(page(name)).status_code == 403


@pytest.mark.parametrize("name", COORDINATORS)
def test_coordinators_pages_open(coordinator: User, client_of: ClientOf, name: str) -> None:
    assert client_of(coordinator).get(page(name)).status_code == 200


@pytest.mark.parametrize("name", [*ADMINISTRATORS, "agency"])
def test_coordinator_is_refused_elsewhere(coordinator: User, client_of: ClientOf, name: str) -> None:
    assert client_of(coordinator).get(page(name)).status_code == 403


@pytest.mark.parametrize("name", ABOUT_A_PERSON)
def test_administrators_open_pages_about_a_person(administrator: User, client_of: ClientOf, name: str) -> None:
    assert client_of(administrator).get(page(name, make_person().reference)).status_code == 200


@pytest.mark.parametrize("name", ABOUT_A_PERSON)
def test_pages_about_a_person_are_refused_to_leads(partnership: object, client_of: ClientOf, name: str) -> None:
    agency = make_agency()
    colleague = make_person(agency=agency)

    assert client_of(make_lead(agency)).get(page(name, colleague.reference)).status_code == 403


@pytest.mark.parametrize("reference", NONSENSE)
@pytest.mark.parametrize(
    "address",
    [
        "/people/{}/",
        "/people/{}/correct/",
        "/people/{}/join/",
        "/people/{}/history/",
        "/people/{}/roles/",
        "/agencies/{}/",
        "/agencies/{}/replace/",
        "/outbox/{}/",
        "/outbox/{}/as-sent/",
        "/my/messages/{}/",
        "/my/where-i-work/{}/",
        "/my/where-i-work/{}/leave/",
    ],
)
def test_nonsense_reference_is_not_found(
    administrator: User, client_of: ClientOf, address: str, reference: str
) -> None:
    assert client_of(administrator).get(address.format(reference)).status_code == 404


@pytest.mark.parametrize("name", ["persons", "agencies", "outbox", "roles", "search", "where-i-work"])
@pytest.mark.parametrize(
    "query",
    [
        "q=\u202e%F0%9F%98%80",
        "q=" + "x" * 5000,
        "q=%25_%27%22",
        "page=-1",
        "page=" + "9" * 500,
        "page=two&q=a",
        "state=x&kind=y",
    ],
)
def test_nonsense_query_is_answered(administrator: User, client_of: ClientOf, name: str, query: str) -> None:
    assert client_of(administrator).get(f"{page(name)}?{query}").status_code == 200


@pytest.mark.parametrize("name", ["persons", "search", "outbox", "where-i-work"])
def test_nul_in_a_query_is_refused_plainly(administrator: User, client_of: ClientOf, name: str) -> None:
    assert client_of(administrator).get(f"{page(name)}?q=a%00b").status_code == 400


@pytest.mark.parametrize("name", ["person-correct", "role-grant", "person-reset-second-factor"])
def test_forms_have_a_way_out(administrator: User, client_of: ClientOf, name: str) -> None:
    reference = make_user().person.reference

    content = client_of(administrator).get(page(name, reference)).content.decode()

    assert f'<a class="govuk-link" href="{page("person", reference)}">Cancel</a>' in content


def test_no_link_of_a_refused_join_is_dead(administrator: User, client_of: ClientOf) -> None:
    one = make_person()

    content = client_of(administrator).get(page("person-join-preview", one.reference, one.reference)).content.decode()

    assert 'href=""' not in content


@pytest.mark.parametrize("role", list(Role))
def test_home_of_every_role_opens(partnership: object, client_of: ClientOf, role: Role) -> None:
    agency = make_agency() if role == Role.AGENCY_LEAD else None
    user = make_user(role=role, agency=agency)

    response = client_of(user).get("/")

    assert response.status_code == 200
    assert [block.links for block in response.context["blocks"]] != []


def test_changes_are_refused_to_a_get(administrator: User, client_of: ClientOf) -> None:
    person, claim, message = make_person(), make_identity_claim(), make_message()
    addresses = [
        page("settle-identity-claim", claim.reference),
        page("settle-work", person.reference, make_agency().reference),
        page("role-end", person.reference),
        page("outbox-resend", message.reference),
    ]

    assert [client_of(administrator).get(address).status_code for address in addresses] == [405] * 4


Rows = Callable[[], object]


def queries_of(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def three(make: Rows) -> None:
    make()
    make()


def employed() -> Person:
    return make_person(agency=make_agency())


def signed_up() -> Person:
    person = employed()
    make_user(person)
    return person


def claims_work() -> None:
    person = make_person(agency=make_agency(email_domains=["a.example"]), employment={"standing": "claimed"})
    make_user(person)


def claims_identity() -> None:
    known, newcomer = make_person(), make_person()
    make_identity_claim(known, newcomer)


def typed_agency() -> None:
    make_agency(standing="provisional")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("persons", employed),
        ("persons", signed_up),
        ("to-settle", claims_work),
        ("to-settle", claims_identity),
        ("to-settle", typed_agency),
        ("agencies", employed),
        ("roles", lambda: make_user(role=Role.TRAINER)),
        ("outbox", make_message),
        ("home", claims_work),
    ],
)
def test_list_asks_as_often_for_three_rows_as_for_one(
    administrator: User, client_of: ClientOf, name: str, make: Rows
) -> None:
    client = client_of(administrator)
    make()
    client.get(page(name))
    with_one = queries_of(client, page(name))

    three(make)

    assert queries_of(client, page(name)) == with_one
