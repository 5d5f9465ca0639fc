"""The money page: what is ordered, delivered, left and forecast; exceptions in words; for whom; the files."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from providers.models import Commission, Contract
from providers.money import ContractMoney, Spend, forecast_of, money_of
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import make_course, make_event
from tests.factories_programme import executive, make_programme, moved_on, pdl_member
from tests.factories_providers import make_contract, make_order, make_provider, make_provider_manager
from training.catalogue.models import Event
from training.people.models import Role, User
from training.web.periods import year_of

pytestmark = pytest.mark.usefixtures("coordinator")
NOW = timezone.now()
SOON = timezone.localdate(NOW) + datetime.timedelta(days=30)
YEAR = year_of(SOON, 4)


def shown(user: User) -> list[ContractMoney]:
    return list(money_of(user, YEAR, NOW, 4).contracts)


def only(user: User) -> ContractMoney:
    (found,) = shown(user)
    return found


def delivered(order: Commission) -> None:
    Commission.objects.filter(pk=order.pk).update(status="delivered")


@pytest.fixture
def contract(coordinator: User) -> Contract:
    return make_contract(value_pence=100_000)


def test_ordered_delivered_left_and_forecast(contract: Contract, coordinator: User) -> None:
    delivered(make_order(contract=contract, fee_pence=30_000))
    make_order(contract=contract, fee_pence=20_000)
    Commission.objects.create(event=make_event(), contract=contract, status="proposed")

    money = only(coordinator)

    assert money.in_year == money.total == Spend(delivered=30_000, committed=20_000, dates=2, unpriced=1)
    assert (money.left, money.forecast) == (50_000, 75_000)
    assert money.exceptions == []


def test_a_cancelled_order_costs_nothing(contract: Contract, coordinator: User) -> None:
    order = make_order(contract=contract)
    Commission.objects.filter(pk=order.pk).update(status="cancelled")

    assert only(coordinator).total == Spend()


def test_more_ordered_than_the_value_is_said(contract: Contract, coordinator: User) -> None:
    make_order(contract=contract, fee_pence=100_050)

    assert only(coordinator).exceptions == ["Ordered £0.50 more than its value of £1,000."]


def test_what_is_likely_to_pass_the_value_is_said(contract: Contract, coordinator: User) -> None:
    make_order(contract=contract, fee_pence=60_000)
    Commission.objects.create(event=make_event(), contract=contract, status="proposed")

    assert only(coordinator).exceptions == ["With 1 date still without a fee it is likely to pass its value."]


def test_orders_without_a_value_are_said(coordinator: User) -> None:
    make_order(contract=make_contract(), fee_pence=45_000)

    assert only(coordinator).exceptions == ["Orders of £450 and no agreed value to hold them against."]


def test_a_date_that_is_over_and_one_cancelled_are_said(contract: Contract, coordinator: User) -> None:
    over, cancelled = make_order(contract=contract), make_order(contract=contract)
    Event.objects.filter(pk=over.event_id).update(ends_at=NOW - datetime.timedelta(days=1))
    Event.objects.filter(pk=cancelled.event_id).update(standing="cancelled")

    assert only(coordinator).exceptions == [
        "1 date is over and its order is not marked as delivered.",
        "1 cancelled date is still on order.",
    ]


def test_a_contract_that_ended_with_money_left_is_said(coordinator: User) -> None:
    started = timezone.localdate(NOW) - datetime.timedelta(days=200)
    make_contract(starts_on=started, initial_months=6, option_months=[], value_pence=500_00)

    found = [one for row in shown(coordinator) for one in row.exceptions]

    assert [one.endswith("with £500 not ordered.") for one in found] in ([True], [])  # none in a year it does not touch


def test_forecast_of_nothing_ordered_is_nothing() -> None:
    assert forecast_of(Spend(unpriced=3)) == 0


def test_the_programme_holds_orders_and_what_is_planned(contract: Contract, coordinator: User) -> None:
    course = make_course()
    later = year_of(SOON, 4).starts_on.year
    plan = {course: {datetime.date(later + 1, 1, 1): 2}}
    moved_on(make_programme(plan=plan, first_year=later, envelope_pence=300_000, pence_each=50_000), "agreed", now=NOW)
    make_order(contract=contract, fee_pence=40_000)

    money = money_of(coordinator, YEAR, NOW, 4).programme

    assert money is not None
    assert (money.contract_value, money.spend.ordered, money.left) == (100_000, 40_000, 260_000)
    assert money.forecast == 40_000 + money.to_order
    assert money.to_order == 100_000


def test_who_sees_the_money(contract: Contract, client_of: ClientOf, coordinator: User) -> None:
    manager = make_provider_manager(contract.provider)
    for path in ("/providers/money/", "/providers/money.csv", "/providers/money.xlsx"):
        for user in (coordinator, pdl_member(), executive()):
            assert client_of(user).get(path).status_code == 200
        for user in (make_user(), make_user(role=Role.TRAINER), manager):
            assert client_of(user).get(path).status_code == 403
        assert client_of(coordinator).post(path).status_code == 405
    assert client_of(coordinator).get("/providers/money.doc").status_code == 404


@pytest.mark.parametrize("year", ["x", "2026-29", "99999", "٢٠٢٦", "1999", "-1"])
def test_rubbish_shows_this_year(year: str, client_of: ClientOf, coordinator: User) -> None:
    assert client_of(coordinator).get("/providers/money/", {"year": year}).status_code == 200


def test_the_file_holds_numbers_and_no_formula(client_of: ClientOf, coordinator: User) -> None:
    contract = make_contract(make_provider("=HYPERLINK(1)"), reference="C-1", value_pence=100_000)
    make_order(contract=contract, fee_pence=45_050)

    text = client_of(coordinator).get(f"/providers/money.csv?year={YEAR.key}").content.decode("utf-8-sig")

    row = text.splitlines()[1].split(",")
    assert row[1:4] == ["C-1", "'=HYPERLINK(1)", ""]
    assert (row[6], row[8], row[12]) == ("1000.0", "450.5", "549.5")


def test_the_same_queries_for_one_contract_and_three(client_of: ClientOf, coordinator: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client_of(coordinator).get("/providers/money/").status_code == 200
        return len(queries)

    make_order()
    first = asked()
    make_order()
    make_order()

    assert asked() == first
