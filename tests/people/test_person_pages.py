import pytest
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.people.making import make_claimant, make_leaver, make_message
from training.people.models import Employment, Person, PersonView, Role, RoleGrant, User

pytestmark = pytest.mark.usefixtures("no_second_factor")
DETAILS = {"name": "Ann Ashe", "email": "ann@new.example", "mobile": "+44 7700 900982", "revision": "1"}
DETAILS["reason"] = "She rang"
GRANT = {
    "role": "trainer",
    "from_day_day": "1",
    "from_day_month": "4",
    "from_day_year": "2030",
    "reason": "Asked by PDL",
}


@pytest.mark.parametrize("typed", ["natarjan", "PRIYA NATARAJAN", "prìya", "priya@", "natarajan priya"])
def test_persons_are_found_by_what_somebody_remembers(coordinator: User, client_of: ClientOf, typed: str) -> None:
    wanted = make_person("Priya Natarajan", email="priya@x.example")
    make_person("Boris Olufemi")

    assert list(client_of(coordinator).get("/people/", {"q": typed}).context["page"]) == [wanted]


def test_persons_are_found_by_reference(coordinator: User, client_of: ClientOf) -> None:
    wanted = make_person()

    assert list(client_of(coordinator).get(f"/people/?q={wanted.reference.lower()}").context["page"]) == [wanted]


def test_person_page_logs_the_look_and_the_person_sees_it(coordinator: User, client_of: ClientOf) -> None:
    user = make_user(make_person(agency=make_agency()))

    client_of(coordinator).get(f"/people/{user.person.reference}/")

    look = PersonView.objects.get()
    assert (look.person, look.viewer, look.page) == (user.person, coordinator.person, "people:person")
    assert client_of(user).get("/my/").context["looks"] == [(coordinator.person.name, look.at, "your record", "")]


def test_looking_at_oneself_is_not_logged(coordinator: User, client_of: ClientOf) -> None:
    client_of(coordinator).get(f"/people/{coordinator.person.reference}/")

    assert not PersonView.objects.exists()


def test_person_page_shows_their_messages_alone(coordinator: User, client_of: ClientOf) -> None:
    person = make_person()
    message = make_message(person)
    make_message(make_person())

    assert list(client_of(coordinator).get(f"/people/{person.reference}/").context["messages_sent"]) == [message]


def test_person_correct_saves(coordinator: User, client_of: ClientOf) -> None:
    person = make_person()

    client_of(coordinator).post(f"/people/{person.reference}/correct/", DETAILS)

    person.refresh_from_db()
    assert (person.name, person.email, person.mobile) == ("Ann Ashe", "ann@new.example", "07700 900982")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 500),
        ("name", "\u202e\u200b"),
        ("email", "ann@"),
        ("mobile", "call me"),
        ("mobile", "1"),
    ],
)
def test_person_correct_refuses_rubbish_and_keeps_the_rest(
    coordinator: User, client_of: ClientOf, field: str, value: str
) -> None:
    person = make_person("Before")

    response = client_of(coordinator).post(f"/people/{person.reference}/correct/", {**DETAILS, field: value})

    form = response.context["form"]
    assert list(form.errors) == [field]
    assert [form[name].value() for name in ("name", "email") if name != field] == [
        DETAILS[name] for name in ("name", "email") if name != field
    ]
    assert Person.objects.get(pk=person.pk).name == "Before"


def test_person_correct_by_two_people_at_once(coordinator: User, client_of: ClientOf) -> None:
    person = make_person()
    address, client = f"/people/{person.reference}/correct/", client_of(coordinator)
    client.post(address, {**DETAILS, "name": "First"})

    second = client.post(address, {**DETAILS, "name": "Second"})

    form = second.context["form"]
    assert "Somebody else changed" in str(form.non_field_errors())
    assert (form["name"].value(), form["revision"].value()) == ("Second", "2")
    assert Person.objects.get(pk=person.pk).name == "First"


def test_my_details_change_oneself_alone(practitioner: User, client_of: ClientOf) -> None:
    client_of(practitioner).post("/my/details/", DETAILS)

    practitioner.person.refresh_from_db()
    assert practitioner.person.name == "Ann Ashe"


def test_person_history_shows_who_did_what(administrator: User, client_of: ClientOf) -> None:
    person = make_person("Before")
    client = client_of(administrator)
    client.post(f"/people/{person.reference}/correct/", DETAILS)

    page = client.get(f"/people/{person.reference}/history/").context["page"]

    latest = page[0]
    assert (latest.what, latest.who, latest.page) == (
        "Details: changed",
        administrator.person.name,
        "people:person-correct",
    )
    assert "name: Ann Ashe" in latest.values


def test_person_leaving_a_coordinator_may_correct_what_is_over(coordinator: User, client_of: ClientOf) -> None:
    agency, today = make_agency(), timezone.localdate()
    person = make_leaver(agency)
    last = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year}

    client_of(coordinator).post(f"/people/{person.reference}/leaving/{agency.reference}/", last)

    assert Employment.objects.get(person=person).last_day == today


# --- Roles --------------------------------------------------------------------------------------------


def test_role_grant_tells_the_person_once(administrator: User, client_of: ClientOf) -> None:
    person = make_person()
    client = client_of(administrator)

    client.post(f"/people/{person.reference}/roles/", GRANT)
    second = client.post(f"/people/{person.reference}/roles/", GRANT)

    assert "already holds this role" in str(second.context["form"].non_field_errors())
    assert RoleGrant.objects.get(person=person).reason == "Asked by PDL"


def test_role_grant_of_a_lead_needs_an_organisation(administrator: User, client_of: ClientOf) -> None:
    person, agency = make_person(), make_agency()
    client = client_of(administrator)

    without = client.post(f"/people/{person.reference}/roles/", {**GRANT, "role": "agency_lead"})
    client.post(f"/people/{person.reference}/roles/", {**GRANT, "role": "agency_lead", "agency": agency.reference})

    assert "Choose the organisation" in str(without.context["form"].non_field_errors())
    assert RoleGrant.objects.get(person=person).agency == agency


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "emperor"),
        ("agency", "ZZZZZZZZ"),
        ("from_day_year", "9" * 30),
        ("from_day_day", "\u0663"),
        ("reason", ""),
    ],
)
def test_role_grant_refuses_rubbish(administrator: User, client_of: ClientOf, field: str, value: str) -> None:
    person = make_person()

    response = client_of(administrator).post(f"/people/{person.reference}/roles/", {**GRANT, field: value})

    assert list(response.context["form"].errors) == [
        field.removesuffix("_year").removesuffix("_day") if "from_day_" not in field else "from_day"
    ]
    assert not RoleGrant.objects.filter(person=person).exists()


def test_role_grant_to_oneself_is_refused(administrator: User, client_of: ClientOf) -> None:
    response = client_of(administrator).post(f"/people/{administrator.person.reference}/roles/", GRANT)

    assert "Another administrator" in str(response.context["form"].non_field_errors())


def test_role_end_by_a_coordinator_is_refused(coordinator: User, client_of: ClientOf) -> None:
    trainer = make_user(role=Role.TRAINER)

    response = client_of(coordinator).post(f"/people/{trainer.person.reference}/roles/end/", {"role": "trainer"})

    assert response.status_code == 403


def test_role_end_second_click_changes_nothing(administrator: User, client_of: ClientOf) -> None:
    trainer = make_user(role=Role.TRAINER)
    grant = RoleGrant.objects.get(person=trainer.person)
    named = {"role": "trainer", "since": grant.first_day.isoformat()}
    client = client_of(administrator)

    answers = [client.post(f"/people/{trainer.person.reference}/roles/end/", named) for _ in range(2)]

    grant.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert not RoleGrant.objects.filter(person=trainer.person).on(timezone.localdate()).exists()


@pytest.mark.parametrize("since", ["", "tomorrow", "99999-01-01", "0000-00-00"])
def test_role_end_by_nonsense_is_not_found(administrator: User, client_of: ClientOf, since: str) -> None:
    trainer = make_user(role=Role.TRAINER)

    response = client_of(administrator).post(
        f"/people/{trainer.person.reference}/roles/end/", {"role": "trainer", "since": since}
    )

    assert response.status_code == 404


def test_roles_are_listed_by_role(administrator: User, client_of: ClientOf) -> None:
    trainer = make_user(role=Role.TRAINER)

    page = client_of(administrator).get("/roles/?role=trainer").context["page"]

    assert [grant.person for grant in page] == [trainer.person]


def test_reset_second_factor_of_somebody_without_one(administrator: User, client_of: ClientOf) -> None:
    user = make_user()

    response = client_of(administrator).post(
        f"/people/{user.person.reference}/reset-second-factor/", {"reason": "Rang me, I know the voice"}, follow=True
    )

    assert "had no second step to take away" in response.content.decode()


# --- One's own data and search -------------------------------------------------------------------------


def test_my_data_holds_everything_and_nobody_else(practitioner: User, client_of: ClientOf) -> None:
    person = practitioner.person
    Employment.objects.create(
        person=person, agency=make_agency("Acorns"), period=("2020-01-01", None), standing="claimed"
    )
    make_message(person, subject="For me")
    make_message(make_person(), subject="For others")

    response = client_of(practitioner).get("/my/data.json")

    data = response.json()
    assert response["Content-Disposition"] == f'attachment; filename="my-data-{person.reference}.json"'
    assert data["details"]["name"] == person.name
    assert [row["organisation"] for row in data["where_i_work"]] == ["Acorns"]
    assert [row["subject"] for row in data["messages_to_me"]] == ["For me"]


def test_search_finds_persons_and_organisations_for_coordinators(coordinator: User, client_of: ClientOf) -> None:
    person, agency = make_person("Olave Tryggvason"), make_agency("St Olave")

    hits = client_of(coordinator).get("/search/?q=olave").context["hits"]

    assert [(hit.kind, hit.url) for hit in hits] == [
        ("Person", f"/people/{person.reference}/"),
        ("Organisation", f"/agencies/{agency.reference}/"),
    ]


def test_search_of_a_practitioner_finds_oneself_alone(practitioner: User, client_of: ClientOf) -> None:
    make_person(practitioner.person.name)
    make_claimant(make_agency(practitioner.person.name), practitioner.person.name)

    hits = client_of(practitioner).get("/search/", {"q": practitioner.person.name}).context["hits"]

    assert [(hit.kind, hit.url) for hit in hits] == [("You", "/my/")]


def test_home_asks_for_a_workplace_first(practitioner: User, client_of: ClientOf) -> None:
    assert [todo.url for todo in client_of(practitioner).get("/").context["todos"]] == ["/my/where-i-work/"]


def test_home_has_no_dead_links(administrator: User, client_of: ClientOf) -> None:
    client = client_of(administrator)
    blocks = client.get("/").context["blocks"]

    assert [client.get(link.url).status_code for block in blocks for link in block.links] == [200] * 5


def test_front_page_says_whom_to_turn_to(partnership: object, client_of: ClientOf) -> None:
    from django.test import Client

    from training.people.models import Partnership

    Partnership.objects.update(safety_contact="Ring the hub on 020 7946 0112")

    assert "Ring the hub on 020 7946 0112" in Client().get("/").content.decode()
