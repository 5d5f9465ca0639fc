"""What the partnership goes by: changed by administrators, one at a time, each change kept."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.test import Client

from tests.conftest import ClientOf
from tests.factories import make_user
from training.people.actions.partnership import Particulars, change_partnership
from training.people.errors import PeopleError
from training.people.models import Partnership, Role, User

pytestmark = pytest.mark.usefixtures("no_second_factor", "partnership")
PAGE = "/partnership/"
TYPED = {
    "name": "Riverside Safeguarding Partnership",
    "short_name": "Riverside",
    "boards": "Children’s partnership\n\n  Adults  board \nAdults board",
    "contact_email": "training@riverside.example",
    "contact_phone": "020 7946 0158",
    "safety_contact": "Worried about a child: ring 020 7946 0112.",
    "financial_year_starts_month": "9",
    "withhold_below": "6",
    "certificates_wait_for_form": "on",
    "payment_page": "riverside.example/pay",
    "charges_from_day": "1",
    "charges_from_month": "4",
    "charges_from_year": "2027",
    "revision": "1",
}
PARTICULARS = Particulars(
    name="Riverside",
    short_name="Riverside",
    boards=[],
    contact_email="training@riverside.example",
    contact_phone="",
    safety_contact="Ring us",
    financial_year_starts_month=4,
    withhold_below=5,
    certificates_wait_for_form=False,
)


@pytest.fixture
def office(administrator: User, client_of: ClientOf) -> Client:
    return client_of(administrator)


def history() -> Any:
    return apps.get_model("people", "PartnershipHistory").objects.order_by("pgh_id")


def test_administrator_changes_all_of_it(office: Client, administrator: User) -> None:
    response = office.post(PAGE, TYPED)

    held = Partnership.objects.get()
    assert response["Location"] == PAGE
    assert (held.name, held.boards) == (TYPED["name"], ["Children’s partnership", "Adults board"])
    assert (held.financial_year_starts_month, held.withhold_below, held.revision) == (9, 6, 2)
    assert held.certificates_wait_for_form is True
    assert (held.payment_page, held.charges_from) == ("https://riverside.example/pay", datetime.date(2027, 4, 1))
    assert "– Riverside</title>" in office.get("/").content.decode()
    assert history().last().pgh_context.metadata == {"user": administrator.pk, "page": "people:partnership"}


def test_second_click_changes_nothing(office: Client) -> None:
    answers = [office.post(PAGE, TYPED).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Partnership.objects.get().revision == 2
    assert history().filter(pgh_label="update", revision=2).count() == 1


def test_two_administrators_at_once_are_told(office: Client, client_of: ClientOf) -> None:
    client_of(make_user(role=Role.ADMINISTRATOR)).post(PAGE, {**TYPED, "contact_phone": "020 7946 0999"})

    refused = office.post(PAGE, TYPED)
    again = office.post(PAGE, {**TYPED, "revision": refused.context["form"].data["revision"]})

    assert "Somebody else changed this" in refused.content.decode()
    assert [(row.label, row.value) for row in refused.context["kept"]] == [
        ("Telephone number of the training team", "020 7946 0999")
    ]
    assert again.status_code == 302
    assert Partnership.objects.get().contact_phone == TYPED["contact_phone"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 121),
        ("short_name", ""),
        ("boards", "x" * 601),
        ("contact_email", "training at riverside"),
        ("contact_phone", "9" * 41),
        ("safety_contact", "\n \n"),
        ("financial_year_starts_month", "13"),
        ("financial_year_starts_month", "April"),
        ("withhold_below", "2"),
        ("withhold_below", "21"),
        ("withhold_below", "9" * 400),
        ("revision", "-1"),
        ("revision", ""),
    ],
)
def test_rubbish_is_refused_and_what_was_typed_stays(office: Client, field: str, value: str) -> None:
    response = office.post(PAGE, {**TYPED, field: value})

    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert TYPED["contact_email" if field == "name" else "name"] in page
    assert Partnership.objects.get().revision == 1


def test_no_way_to_reach_the_team_is_refused_in_a_sentence(office: Client) -> None:
    response = office.post(PAGE, {**TYPED, "contact_email": "", "contact_phone": ""})

    assert "People who are stuck need one of them." in response.content.decode()
    assert Partnership.objects.get().revision == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Enter the partnership’s name"),
        ({"safety_contact": ""}, "worried about a child"),
        ({"contact_email": ""}, "e-mail address or a telephone number"),
        ({"withhold_below": 2}, "fewer than 3 to 20"),
    ],
)
def test_action_refuses_in_a_sentence(administrator: User, changes: dict[str, Any], sentence: str) -> None:
    wanted = Particulars(**{**vars(PARTICULARS), **changes})

    with pytest.raises(PeopleError, match=sentence):
        change_partnership(particulars=wanted, revision=1, by=administrator)


@pytest.mark.parametrize(
    "someone",
    [lambda: make_user(role=Role.COORDINATOR), lambda: make_user(role=Role.EXECUTIVE), make_user],
    ids=["coordinator", "executive", "practitioner"],
)
def test_nobody_else_changes_it(client_of: ClientOf, someone: Callable[[], User]) -> None:
    user = someone()

    answers = [client_of(user).get(PAGE).status_code, client_of(user).post(PAGE, TYPED).status_code]

    assert answers == [403, 403]
    with pytest.raises(PeopleError, match="Only an administrator"):
        change_partnership(particulars=PARTICULARS, revision=1, by=user)
    assert Partnership.objects.get().revision == 1


def test_history_shows_what_became_different_and_by_whom(office: Client, administrator: User) -> None:
    office.post(PAGE, TYPED)
    office.post(PAGE, {**TYPED, "withhold_below": "7", "boards": "", "revision": "2"})

    rows = office.get(f"{PAGE}history/").context["page"].object_list

    assert rows[0].values == "boards: nothing, withhold below: 7"
    assert rows[0].who == administrator.person.name
    assert "Riverside" in rows[1].values


@pytest.mark.parametrize("change", ["update", "delete"])
def test_database_refuses_to_change_the_history(office: Client, change: str) -> None:
    office.post(PAGE, TYPED)

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        history().update(name="Another") if change == "update" else history().all().delete()


def test_administrators_home_leads_there(office: Client) -> None:
    assert office.get("/").content.decode().count(f'href="{PAGE}"') == 1
    assert f'href="{PAGE}"' in office.get("/roles/").content.decode()
