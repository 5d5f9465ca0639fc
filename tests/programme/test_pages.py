"""Pages of programmes, amendments, needs and interest: for whom, with rubbish, sent twice, by two at once."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import make_course
from tests.factories_programme import executive, make_priority, make_programme, moved_on, pdl_member
from training.catalogue.models import Course
from training.people.models import Role, User
from training.programme.models import Amendment, DemandSignal, Programme, TrainingNeed

pytestmark = pytest.mark.usefixtures("coordinator")
FORM = "2f1f9c1e-5f5e-4e62-9a52-6a9a4a3d1111"
TODAY = {"held_on_day": "1", "held_on_month": "4", "held_on_year": "2026"}


@pytest.fixture
def course(coordinator: User) -> Course:
    return make_course("Neglect", code="NEG")


@pytest.fixture
def draft(course: Course) -> Programme:
    return make_programme(plan={course: {datetime.date(2027, 4, 1): 1}})


@pytest.fixture
def agreed(draft: Programme) -> Programme:
    return moved_on(draft, "agreed", now=timezone.now())


def test_who_sees_programmes(agreed: Programme, client_of: ClientOf, coordinator: User) -> None:
    paths = ["/programme/", f"/programme/{agreed.reference}/", f"/programme/{agreed.reference}/need/"]
    for path in [*paths, "/programme/needs/"]:
        for user in (coordinator, pdl_member(), executive()):
            assert client_of(user).get(path).status_code == 200
        for user in (make_user(), make_user(role=Role.TRAINER)):
            assert client_of(user).get(path).status_code == 403


def test_a_draft_is_its_planners_until_it_is_offered(draft: Programme, client_of: ClientOf, coordinator: User) -> None:
    path, member = f"/programme/{draft.reference}/", pdl_member()
    assert client_of(member).get(path).status_code == 404
    assert draft.title not in client_of(member).get("/programme/").content.decode()

    client_of(coordinator).post(f"{path}offer/")

    assert client_of(member).get(path).status_code == 200


def test_add_a_programme_twice(client_of: ClientOf, coordinator: User) -> None:
    fields = {"title": "Programme", "first_year": "2030", "years": "3", "envelope": "120000.50", "revision": "1"}
    client = client_of(coordinator)

    addresses = {client.post("/programme/add/", fields)["Location"] for _ in range(2)}

    assert addresses == {f"/programme/{Programme.objects.get().reference}/"}
    assert Programme.objects.get().envelope_pence == 12_000_050


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"title": "\x00", "first_year": "2030", "years": "3"},
        {"title": "P", "first_year": "-1", "years": "3"},
        {"title": "P", "first_year": "2030", "years": "99999999999999999999"},
        {"title": "P", "first_year": "zwanzig", "years": "3", "envelope": "-5"},
        {"title": "‮P", "first_year": "2030", "years": "3", "envelope": "1e400"},
    ],
)
def test_add_a_programme_with_rubbish(fields: dict[str, str], client_of: ClientOf, coordinator: User) -> None:
    assert client_of(coordinator).post("/programme/add/", fields).status_code in (200, 400)
    assert not Programme.objects.exists()


def plan_fields(draft: Programme, **fields: Any) -> dict[str, Any]:
    return {"NEG_20270401": "3", "NEG_20270701": "2", "each": "450", "revision": draft.revision, **fields}


def test_plan_a_course(draft: Programme, client_of: ClientOf, coordinator: User) -> None:
    client_of(coordinator).post(f"/programme/{draft.reference}/plan/NEG/", plan_fields(draft))

    rows = draft.planned.values_list("quarter_starts_on", "events", "pence_each")
    assert list(rows) == [(datetime.date(2027, 4, 1), 3, 45_000), (datetime.date(2027, 7, 1), 2, 45_000)]


def test_two_coordinators_plan_at_once(draft: Programme, client_of: ClientOf, coordinator: User) -> None:
    """The second is told, keeps what they typed, and saves knowingly."""
    path, seen = f"/programme/{draft.reference}/plan/NEG/", plan_fields(draft)
    client_of(coordinator).post(path, {**seen, "NEG_20270401": "7"})
    second = client_of(make_user(role=Role.COORDINATOR))

    page = second.post(path, seen).content.decode()

    assert "Somebody else changed this programme" in page
    assert 'value="2"' in page
    draft.refresh_from_db()
    assert f'name="revision" value="{draft.revision}"' in page
    assert second.post(path, {**seen, "revision": draft.revision}).status_code == 302


@pytest.mark.parametrize("number", ["-1", "100", "1.5", "viele", "9" * 40])
def test_plan_with_rubbish(number: str, draft: Programme, client_of: ClientOf, coordinator: User) -> None:
    fields = plan_fields(draft, NEG_20270401=number)

    page = client_of(coordinator).post(f"/programme/{draft.reference}/plan/NEG/", fields)

    assert page.status_code == 200
    assert draft.planned.get().events == 1


def test_an_agreed_plan_has_no_edit_page(agreed: Programme, client_of: ClientOf, coordinator: User) -> None:
    client = client_of(coordinator)
    for end in ("change/", "priorities/", "plan/", "plan/NEG/"):
        assert client.get(f"/programme/{agreed.reference}/{end}").status_code == 404
        assert client.post(f"/programme/{agreed.reference}/{end}", {}).status_code in (404, 405)


def test_planning_is_not_for_members(draft: Programme, client_of: ClientOf) -> None:
    client = client_of(pdl_member())
    for end in ("change/", "priorities/", "plan/", "plan/NEG/", "offer/", "take-back/", "start/", "close/", "amend/"):
        assert client.post(f"/programme/{draft.reference}/{end}", {}).status_code == 403


def test_priorities_of_each_year(draft: Programme, client_of: ClientOf, coordinator: User) -> None:
    priority = make_priority("Neglect")
    fields = {"year_2028": str(priority.pk), "revision": draft.revision}

    client_of(coordinator).post(f"/programme/{draft.reference}/priorities/", fields)

    assert list(draft.year_priorities.values_list("year", "priority__name")) == [(2028, "Neglect")]


def test_from_offer_to_agreed_by_pages(draft: Programme, client_of: ClientOf, coordinator: User) -> None:
    path = f"/programme/{draft.reference}/"
    pdl, director = pdl_member(), executive()
    for _ in range(2):
        client_of(coordinator).post(f"{path}offer/")
    assert client_of(director).post(f"{path}recommend/", {}).status_code == 403
    assert client_of(coordinator).post(f"{path}agree/", {}).status_code == 403
    for _ in range(2):
        client_of(pdl).post(f"{path}recommend/", {**TODAY, "outcome": "Recommended.", "minute": "5"})
    for _ in range(2):
        client_of(director).post(f"{path}agree/", {**TODAY, "answer": "yes", "outcome": "Agreed.", "minute": "3"})

    draft.refresh_from_db()
    assert draft.standing == "agreed"
    page = client_of(pdl).get(path).content.decode()
    assert "Safeguarding Executive, 1 April 2026" in page
    assert "Agreed. (3)" in page


def test_an_answer_is_needed(draft: Programme, client_of: ClientOf) -> None:
    recommended = moved_on(draft, "recommended", now=timezone.now())

    page = client_of(executive()).post(f"/programme/{recommended.reference}/agree/", {**TODAY, "outcome": "Agreed."})

    assert page.status_code == 200
    recommended.refresh_from_db()
    assert recommended.standing == "recommended"


def test_an_amendment_from_proposal_to_plan(agreed: Programme, client_of: ClientOf, coordinator: User) -> None:
    fields = {"reason": "Asked for", "submission": FORM, "NEG_20270401": "4"}
    path = f"/programme/{agreed.reference}/amend/?course=NEG"
    assert client_of(coordinator).get(f"/programme/{agreed.reference}/amend/").status_code == 200

    for _ in range(2):
        assert client_of(coordinator).post(path, fields).status_code == 302
    amendment = Amendment.objects.get()
    page = f"/programme/amendments/{amendment.reference}/"
    decided = {**TODAY, "answer": "yes", "outcome": "Agreed.", "minute": "7"}
    assert client_of(coordinator).post(page, decided).status_code == 404
    assert client_of(executive()).post(page, decided).status_code == 404
    client_of(pdl_member()).post(page, decided)

    assert agreed.planned.get().events == 4


@pytest.mark.parametrize("code", ["NOPE", "'", "NEG%00", "NEG/../.."])
def test_an_amendment_of_nonsense(code: str, agreed: Programme, client_of: ClientOf, coordinator: User) -> None:
    path = f"/programme/{agreed.reference}/amend/"
    assert client_of(coordinator).get(path, {"course": code}).status_code in (200, 400)


def test_needs_by_pages(client_of: ClientOf, coordinator: User, course: Course) -> None:
    client = client_of(coordinator)
    fields = {"text": "See the child alone", "source": "priority", "submission": FORM}
    refused = client.post("/programme/needs/add/", fields)
    assert "Choose the priority that it comes from" in refused.content.decode()

    fields["priority"] = str(make_priority("Neglect").pk)
    for _ in range(2):
        client.post("/programme/needs/add/", fields)
    need = TrainingNeed.objects.get()
    path = f"/programme/needs/{need.reference}/"
    answer = {"course": "NEG", "on_day": "1", "on_month": "2", "on_year": "2026"}
    for _ in range(2):
        client.post(path, answer)
    assert [row.course for row in need.answers.all()] == [course]
    assert client_of(pdl_member()).post(path, answer).status_code == 404
    client.post(f"{path}close/", {"standing": "met", "reason": "Seen in an audit."})

    need.refresh_from_db()
    assert (need.standing, client.get("/programme/needs/").content.decode().count("See the child alone")) == ("met", 0)


def test_interest_by_page(client_of: ClientOf, course: Course) -> None:
    user, path = make_user(), "/courses/NEG/interest/"
    client = client_of(user)
    assert client.get(path).status_code == 200
    assert not DemandSignal.objects.exists()

    for _ in range(2):
        client.post(path, {"do": "join"})
    assert DemandSignal.objects.waiting().get().person == user.person
    client.post(path, {"do": "leave"})
    assert not DemandSignal.objects.waiting().exists()
    assert client.get("/courses/NOPE/interest/").status_code == 404


def test_the_page_asks_as_often_whatever_the_plan(client_of: ClientOf, coordinator: User) -> None:
    client = client_of(coordinator)

    def queries(courses: int) -> int:
        plan = {make_course(): {datetime.date(2027, 4, 1): 1} for _ in range(courses)}
        programme = make_programme(plan=plan)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/programme/{programme.reference}/").status_code == 200
        return len(captured)

    assert queries(1) == queries(4)


@pytest.mark.parametrize("year", ["2028", "1066", "x", "²⁰²⁸", "9" * 50, "-1"])
def test_a_year_of_nonsense_shows_one_of_its_years(
    year: str, draft: Programme, client_of: ClientOf, coordinator: User
) -> None:
    assert client_of(coordinator).get(f"/programme/{draft.reference}/", {"year": year}).status_code == 200
