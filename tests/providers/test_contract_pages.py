"""A contract's page: its options decided, its end and value varied, and what PostgreSQL refuses."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from providers.actions.options import Change, decide_option, set_decision_time, vary_contract
from providers.errors import ProvidersError, StaleError
from providers.models import Contract, ContractVariation, ExtensionOption
from providers.terms import last_safe_decision, months_later, next_option, time_of
from providers.waiting import todos
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.factories_providers import make_contract, make_order, make_provider, make_provider_manager
from training.governance.models import Body, Decision
from training.people.models import Role, User

pytestmark = pytest.mark.django_db
START = datetime.date(2027, 4, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def vary(contract: Contract, *, revision: int = 1, by: User | None = None, **changes: Any) -> ContractVariation:
    change = Change(**{"agreed_on": START, "reason": "More demand", **changes})
    by = by or any_coordinator()
    return vary_contract(contract=contract, change=change, revision=revision, by=by, now=timezone.now(), decision=None)


def at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)


def deciding(**changes: str) -> dict[str, str]:
    day = timezone.localdate() - 10 * DAY
    meeting = {"held_on_day": str(day.day), "held_on_month": str(day.month), "held_on_year": str(day.year)}
    return {"outcome": "taken", "reason": "It went well", "position": "1", "minute": "4", **meeting, **changes}


def test_option_is_taken_up_by_a_meeting(desk: Client, coordinator: User) -> None:
    body, contract = Body.objects.create(name="Executive", kind="executive"), make_contract()
    before = time_of(contract).ends_on

    response = desk.post(f"/contracts/{contract}/decide/", deciding(body=body.name))

    option = contract.options.get(position=1)
    assert response["Location"] == f"/contracts/{contract}/"
    assert (option.outcome, option.reason, option.decided_by) == ("taken", "It went well", coordinator.person)
    assert (option.decision.meeting.body, option.decision.minute) == (body, "4")
    assert time_of(Contract.objects.get()).ends_on == months_later(before + DAY, 12) - DAY
    assert "It went well" in desk.get(f"/contracts/{contract}/").content.decode()


def test_second_click_does_not_take_up_the_next_option(desk: Client) -> None:
    body, contract = Body.objects.create(name="Executive", kind="executive"), make_contract()

    for _ in range(2):
        desk.post(f"/contracts/{contract}/decide/", deciding(body=body.name))

    assert list(contract.options.values_list("outcome", flat=True)) == ["taken", "open"]
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""},
        {"outcome": "perhaps"},
        {"body": "Nobody"},
        {"body": ""},
        {"held_on_year": "2999", "body": "Executive"},
        {"body": "Executive", "held_on_day": "", "held_on_month": "", "held_on_year": ""},
    ],
)
def test_decision_that_says_too_little_is_refused(desk: Client, changes: dict[str, str]) -> None:
    Body.objects.create(name="Executive", kind="executive")
    contract = make_contract()

    response = desk.post(f"/contracts/{contract}/decide/", deciding(**changes))

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert contract.options.filter(outcome="open").count() == 2
    assert Decision.objects.count() == 0


def test_last_safe_decision_is_the_end_less_notice_and_buying_again() -> None:
    contract = make_contract(starts_on=START)
    assert last_safe_decision(contract) == datetime.date(2029, 6, 1)

    set_decision_time(contract=contract, notice_months=3, rebuying_months=12, revision=1, by=any_coordinator())

    contract = Contract.objects.get()
    assert last_safe_decision(contract) == datetime.date(2029, 1, 1)
    assert [option.decide_by for option in contract.options.all()] == [
        datetime.date(2029, 1, 1),
        datetime.date(2030, 1, 1),
    ]
    with pytest.raises(StaleError):
        set_decision_time(contract=contract, notice_months=1, rebuying_months=1, revision=1, by=any_coordinator())


@pytest.mark.parametrize(
    ("day", "weights"),
    [
        (datetime.date(2028, 11, 30), []),
        (datetime.date(2028, 12, 1), [30]),
        (datetime.date(2029, 3, 1), [20]),
        (datetime.date(2029, 6, 2), [10]),
        (datetime.date(2030, 4, 1), []),
    ],
)
def test_desk_warns_six_and_three_months_before(coordinator: User, day: datetime.date, weights: list[int]) -> None:
    make_contract(starts_on=START)

    assert [todo.weight for todo in todos(coordinator, at(day))] == weights


def test_desk_is_silent_once_the_lot_is_bought_again(coordinator: User) -> None:
    make_contract(starts_on=START, lot_number=1, option_months=[])
    day = at(datetime.date(2029, 6, 2))
    before = [todo.sentence for todo in todos(coordinator, day)]
    make_contract(starts_on=months_later(START, 36), lot_number=1)

    assert ["no option is left" in sentence for sentence in before] == [True]
    assert todos(coordinator, day) == []


def test_desk_asks_the_database_as_often_for_three_contracts(
    coordinator: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        make_contract(starts_on=START)

    with django_assert_max_num_queries(8):
        assert len(todos(coordinator, at(datetime.date(2029, 6, 2)))) == 3


def test_variation_goes_past_the_last_option_and_keeps_what_was() -> None:
    contract = make_contract(starts_on=START, option_months=[], value_pence=10_000_00)

    row = vary(contract, new_end=datetime.date(2030, 9, 30), new_value_pence=12_000_00)

    held = Contract.objects.get()
    assert (time_of(held).ends_on, held.value_pence) == (datetime.date(2030, 9, 30), 12_000_00)
    assert (row.old_end, row.old_value_pence) == (datetime.date(2030, 3, 31), 10_000_00)
    assert list(held.terms.order_by("period").values_list("kind", flat=True)) == ["initial", "variation"]


def test_variation_ends_a_contract_early_and_moves_the_decision() -> None:
    contract = make_contract(starts_on=START)

    vary(contract, new_end=datetime.date(2028, 3, 31))

    held = Contract.objects.get()
    assert time_of(held).ends_on == datetime.date(2028, 3, 31)
    assert next_option(held).decide_by == datetime.date(2027, 6, 1)


def test_variation_does_not_leave_an_order_outside() -> None:
    contract = make_contract()
    order = make_order(make_event(), contract)

    with pytest.raises(ProvidersError, match=f"{order.event.reference} is ordered"):
        vary(contract, new_end=timezone.localdate())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "what changes"),
        ({"scope": "More", "reason": " "}, "Say why"),
        ({"new_end": START - DAY}, "begins on"),
        ({"new_end": datetime.date(2030, 3, 31)}, "what changes"),
    ],
)
def test_variation_is_refused(changes: dict[str, Any], sentence: str) -> None:
    contract = make_contract(starts_on=START)

    with pytest.raises(ProvidersError, match=sentence):
        vary(contract, **changes)


def test_variation_by_two_people_at_once_is_told(desk: Client) -> None:
    contract = make_contract(starts_on=START)
    vary(contract, scope="Also level 2")
    today = timezone.localdate()
    agreed = {"agreed_on_day": str(today.day), "agreed_on_month": str(today.month), "agreed_on_year": str(today.year)}
    typed = {**agreed, "scope": "Also level 3", "reason": "Demand", "revision": "1"}

    first = desk.post(f"/contracts/{contract}/vary/", typed)
    again = desk.post(f"/contracts/{contract}/vary/", {**typed, "revision": first.context["form"].data["revision"]})

    assert "Somebody else changed this contract" in first.content.decode()
    assert again.status_code == 302
    assert ContractVariation.objects.count() == 2


def test_contract_page_is_for_those_who_see_the_provider(client_of: ClientOf) -> None:
    contract = make_contract()
    page = f"/contracts/{contract}/"
    own, other = make_provider_manager(contract.provider), make_provider_manager(make_provider())

    answers = [
        client_of(user).get(page).status_code for user in (own, other, make_user(), make_user(role=Role.PDL_MEMBER))
    ]

    assert answers == [200, 404, 404, 200]
    shown = client_of(own).get(page).content.decode()
    assert [word in shown for word in ("Record", "Last safe day", "Decide by")] == [False] * 3


@pytest.mark.parametrize("page", ["decide/", "vary/", "time/"])
def test_only_coordinators_decide(client_of: ClientOf, page: str) -> None:
    contract = make_contract()

    for user in (make_provider_manager(contract.provider), make_user(role=Role.EXECUTIVE)):
        assert client_of(user).post(f"/contracts/{contract}/{page}", deciding()).status_code == 403
    assert contract.options.filter(outcome="open").count() == 2


@pytest.mark.parametrize("page", ["", "decide/", "vary/", "time/"])
def test_unknown_contract_is_not_found(desk: Client, page: str) -> None:
    assert desk.get(f"/contracts/NO-SUCH/{page}").status_code == 404


def test_database_wants_who_when_and_why_together() -> None:
    option = make_contract().options.first()

    with pytest.raises(IntegrityError, match="extension_option_decided_who_when_and_why"), transaction.atomic():
        ExtensionOption.objects.filter(pk=option.pk).update(decided_at=timezone.now())


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"reason": "x"}, "contract_variation_changes_something"),
        ({"scope": "x", "reason": ""}, "contract_variation_has_a_reason"),
        ({"new_value_pence": -1, "reason": "x"}, "contract_variation_value_is_not_negative"),
    ],
)
def test_database_refuses_an_empty_variation(fields: dict[str, Any], name: str) -> None:
    made = {"contract": make_contract(), "agreed_on": START, "recorded_by": any_coordinator().person}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ContractVariation.objects.create(**made, recorded_at=timezone.now(), **fields)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_database_refuses_to_change_a_variation(change: str) -> None:
    vary(make_contract(starts_on=START), scope="Also level 2")
    rows = ContractVariation.objects.all()

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(reason="Another") if change == "update" else rows.delete()


def test_option_cannot_be_decided_without_a_reason() -> None:
    option = make_contract().options.first()

    with pytest.raises(ProvidersError, match="Say why"):
        decide_option(option=option, is_taken=True, reason=" ", by=any_coordinator(), now=timezone.now())


def test_order_of_a_cancelled_date_does_not_hold_the_end() -> None:
    contract = make_contract()

    assert vary(contract, new_end=in_days(5)).new_end == in_days(5)
