import pytest
from django.urls import reverse

from tests.conftest import ClientOf
from tests.factories import grant_directly, make_agency, make_person, make_user
from tests.people.making import make_claimant, make_identity_claim
from training.outbox.models import Message
from training.people.models import Agency, AgencyGroup, Employment, IdentityClaim, Person, Role, User

pytestmark = pytest.mark.usefixtures("no_second_factor")
AGENCY = {"name": "Little Acorns", "sector": "early_years", "revision": "1"}


def test_everything_to_settle_is_on_one_page(coordinator: User, client_of: ClientOf) -> None:
    known = make_agency("Little Acorns Nursery")
    typed = make_agency("Litle Acorns", standing="provisional")
    make_person(agency=typed, employment={"standing": "claimed"})
    person, claim = make_claimant(known), make_identity_claim()

    context = client_of(coordinator).get("/people/to-settle/").context

    assert [row.person for row in context["employments"]] == [person]
    assert list(context["identities"]) == [claim]
    assert [(row.people, row.suggestions) for row in context["agencies"]] == [
        (1, [{"reference": known.reference, "name": known.name}])
    ]


@pytest.mark.parametrize(("answer", "standing"), [("yes", "confirmed"), ("no", "refused")])
def test_settle_work_first_answer_stands(coordinator: User, client_of: ClientOf, answer: str, standing: str) -> None:
    agency = make_agency()
    person = make_claimant(agency)
    address = reverse("people:settle-work", args=[person.reference, agency.reference])
    client = client_of(coordinator)

    client.post(address, {"answer": answer})
    response = client.post(address, {"answer": {"yes": "no", "no": "yes"}[answer]})

    assert response["Location"] == "/people/to-settle/"
    assert Employment.objects.get(person=person).standing == standing


def test_settle_work_of_oneself_is_refused(coordinator: User, client_of: ClientOf) -> None:
    agency = make_agency()
    Employment.objects.create(person=coordinator.person, agency=agency, period=("2020-01-01", None), standing="claimed")

    client_of(coordinator).post(
        reverse("people:settle-work", args=[coordinator.person.reference, agency.reference]), {"answer": "yes"}
    )

    assert Employment.objects.get(person=coordinator.person).standing == "claimed"


def test_settle_identity_claim_same_joins_and_tells_once(coordinator: User, client_of: ClientOf) -> None:
    claim = make_identity_claim()
    address = reverse("people:settle-identity-claim", args=[claim.reference])
    client = client_of(coordinator)

    client.post(address, {"answer": "yes"})
    client.post(address, {"answer": "no"})

    claim.refresh_from_db()
    assert (claim.outcome, claim.newcomer.merged_into) == ("same", claim.known)
    assert Message.objects.filter(kind="people.identity_settled").count() == 1


def test_settle_identity_claim_other_settles_the_newcomer(coordinator: User, client_of: ClientOf) -> None:
    claim = make_identity_claim()

    client_of(coordinator).post(reverse("people:settle-identity-claim", args=[claim.reference]), {"answer": "no"})

    claim.refresh_from_db()
    assert (claim.outcome, claim.newcomer.standing) == ("other", "active")


def test_agency_replace_moves_people_but_nobody_refused(coordinator: User, client_of: ClientOf) -> None:
    known, typed = make_agency(), make_agency(standing="provisional")
    moving = make_person(agency=typed, employment={"standing": "claimed"})
    refused = make_person(agency=typed, employment={"standing": "refused"})
    address = reverse("people:agency-replace", args=[typed.reference])
    client = client_of(coordinator)

    client.post(address, {"known": known.reference})
    client.post(address, {"known": known.reference})

    moved = Employment.objects.get(person=moving)
    left = Employment.objects.get(person=refused)
    assert (moved.agency, moved.standing) == (known, "confirmed")
    assert (left.agency, left.standing) == (typed, "refused")
    assert Agency.objects.get(pk=typed.pk).standing == "closed"


@pytest.mark.parametrize("known", ["", "ZZZZZZZZ", "\u202e"])
def test_agency_replace_by_nothing_is_not_found(coordinator: User, client_of: ClientOf, known: str) -> None:
    typed = make_agency(standing="provisional")

    response = client_of(coordinator).post(reverse("people:agency-replace", args=[typed.reference]), {"known": known})

    assert response.status_code == 404


def test_agency_add(coordinator: User, client_of: ClientOf) -> None:
    typed = {**AGENCY, "email_domains": "@Acorns.example, nursery.example", "headcount": "12", "new_group": "Oak Trust"}

    client_of(coordinator).post("/agencies/new/", typed)

    agency = Agency.objects.get(name="Little Acorns")
    assert (agency.email_domains, agency.headcount) == (["acorns.example", "nursery.example"], 12)
    assert agency.group == AgencyGroup.objects.get(name="Oak Trust")


def test_agency_add_refuses_a_name_that_is_taken(coordinator: User, client_of: ClientOf) -> None:
    make_agency("LITTLE ACORNS")

    response = client_of(coordinator).post("/agencies/new/", {**AGENCY, "short_name": "Acorns"})

    assert "already an organisation" in str(response.context["form"].non_field_errors())
    assert response.context["form"]["short_name"].value() == "Acorns"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email_domains", "not a domain"),
        ("email_domains", "x" * 900),
        ("headcount", "-1"),
        ("headcount", "9" * 30),
        ("sector", "moon"),
        ("group", "No such group"),
        ("name", "x" * 500),
    ],
)
def test_agency_add_refuses_rubbish(coordinator: User, client_of: ClientOf, field: str, value: str) -> None:
    response = client_of(coordinator).post("/agencies/new/", {**AGENCY, field: value})

    assert list(response.context["form"].errors) == [field]


def test_agency_edit_settles_what_was_typed(coordinator: User, client_of: ClientOf) -> None:
    typed = make_agency("Litle Acorns", standing="provisional")

    client_of(coordinator).post(f"/agencies/{typed.reference}/", AGENCY)

    typed.refresh_from_db()
    assert (typed.name, typed.standing, typed.revision) == ("Little Acorns", "settled", 2)


def test_agency_edit_by_two_people_at_once(coordinator: User, client_of: ClientOf) -> None:
    agency = make_agency("Acorns")
    client = client_of(coordinator)
    client.post(f"/agencies/{agency.reference}/", {**AGENCY, "name": "First"})

    second = client.post(f"/agencies/{agency.reference}/", {**AGENCY, "name": "Second"})

    form = second.context["form"]
    assert "Somebody else changed" in str(form.non_field_errors())
    assert (form["name"].value(), form["revision"].value()) == ("Second", "2")
    assert "What is kept now: First" in second.content.decode()
    third = client.post(
        f"/agencies/{agency.reference}/", {**AGENCY, "name": "Second", "revision": form["revision"].value()}
    )
    assert third.status_code == 302
    assert Agency.objects.get(pk=agency.pk).name == "Second"


def test_agencies_are_found_by_sector_and_name(coordinator: User, client_of: ClientOf) -> None:
    wanted = make_agency("Acorns Nursery", sector="early_years")
    make_agency("Acorns School", sector="education")

    page = client_of(coordinator).get("/agencies/?q=acorn&sector=early_years").context["page"]

    assert list(page) == [wanted]


@pytest.mark.parametrize("role", [None, Role.PDL_MEMBER, Role.TRAINER])
def test_wrong_role_settles_nothing(partnership: object, client_of: ClientOf, role: Role | None) -> None:
    claim, typed = make_identity_claim(), make_agency(standing="provisional")
    client = client_of(make_user(role=role))

    answers = [
        client.post(reverse("people:settle-identity-claim", args=[claim.reference]), {"answer": "yes"}),
        client.post(reverse("people:agency-replace", args=[typed.reference]), {"known": make_agency().reference}),
        client.post("/agencies/new/", AGENCY),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert IdentityClaim.objects.open().count() == 1


def test_home_of_a_coordinator_leads_to_what_waits(coordinator: User, client_of: ClientOf) -> None:
    make_claimant(make_agency())
    make_identity_claim()
    make_agency(standing="provisional")

    todos = client_of(coordinator).get("/").context["todos"]

    assert [(todo.url, todo.weight) for todo in todos] == [
        ("/people/to-settle/#identities", 10),
        ("/my/where-i-work/", 20),
        ("/people/to-settle/#workplaces", 20),
        ("/people/to-settle/#organisations", 20),
    ]


# --- Joining two records ---------------------------------------------------------------------------


def join(source: Person, target: Person) -> str:
    return reverse("people:person-join-preview", args=[source.reference, target.reference])


def test_person_join_offers_similar_names(coordinator: User, client_of: ClientOf) -> None:
    source, other = make_person("Amina Yusuf"), make_person("Amina Yusuff")
    make_person("Peter Brown")

    others = client_of(coordinator).get(f"/people/{source.reference}/join/").context["others"]

    assert list(others) == [other]


def test_preview_changes_nothing(coordinator: User, client_of: ClientOf) -> None:
    source, target = make_person(agency=make_agency()), make_person()

    response = client_of(coordinator).get(join(source, target))

    assert [row.person for row in response.context["moving"]] == [source]
    assert Person.objects.get(pk=source.pk).standing == "active"


def test_person_join_moves_everything_once(coordinator: User, client_of: ClientOf) -> None:
    agency = make_agency()
    source, target = make_person(agency=agency), make_person()
    user = make_user(source)
    client = client_of(coordinator)

    client.post(join(source, target))
    second = client.post(join(source, target))

    assert second["Location"] == f"/people/{target.reference}/"
    user.refresh_from_db()
    assert (user.person, list(target.employments.values_list("agency", flat=True))) == (target, [agency.pk])
    assert client.get(f"/people/{source.reference}/")["Location"] == f"/people/{target.reference}/"


@pytest.mark.parametrize("case", ["own record", "two logins", "an administrator", "itself"])
def test_person_join_is_refused(coordinator: User, client_of: ClientOf, case: str) -> None:
    source, target = make_person(), make_person()
    if case == "own record":
        target = coordinator.person
    if case == "two logins":
        make_user(source)
        make_user(target)
    if case == "an administrator":
        grant_directly(source, Role.ADMINISTRATOR)
    if case == "itself":
        target = source

    response = client_of(coordinator).post(join(source, target))

    assert response.status_code == 200
    assert response.context["reason_not"] != ""
    assert Person.objects.filter(standing="merged").count() == 0


def test_person_join_settles_open_claims(coordinator: User, client_of: ClientOf) -> None:
    claim = make_identity_claim()

    client_of(coordinator).post(join(claim.newcomer, claim.known))

    claim.refresh_from_db()
    assert (claim.outcome, claim.settled_by) == ("same", coordinator.person)


def test_person_join_moves_other_claims_along(coordinator: User, client_of: ClientOf) -> None:
    claim, third = make_identity_claim(), make_person()

    client_of(coordinator).post(join(claim.known, third))

    claim.refresh_from_db()
    assert (claim.known, claim.outcome) == (third, "")
