"""The pages of orders: typed in, sent after a look, refused in words."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.catalogue.making import typed_in
from tests.catalogue.test_orders import make_order, told
from tests.conftest import ClientOf
from tests.factories_catalogue import in_days, make_event
from training.catalogue.models import Order
from training.people.models import User


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


def test_pages_add_change_and_step_an_order(desk: Client) -> None:
    event = make_event()
    url = f"/desk/dates/{event}/orders/add/"
    data = {**typed_in(desk, url), "kind": "caterer", "supplier": "Thyme", "cost_pence": "£1,234.50"}

    places = [desk.post(url, {**data, "supplier_email": "t@food.example"})["Location"] for _ in range(2)]

    order = Order.objects.get()
    assert places == [f"/desk/orders/{order.reference}/"] * 2
    assert (order.cost_pence, order.numbers) == (123450, 18)
    page = desk.get(places[0]).content.decode()
    assert "The message" in page
    assert f"Order {order.reference}: food and drink" in page
    desk.post(f"{places[0]}place/", {"sends": "on"})
    desk.post(f"{places[0]}numbers/", {"numbers": "17", "sends": "on"})
    order.refresh_from_db()
    assert (order.status, order.numbers, told()) == ("confirmed", 17, ["order_placed", "order_numbers"])
    assert "Thyme" in desk.get(f"/desk/dates/{event}/").content.decode()


def test_page_of_a_change_tells_the_second_what_the_first_did_and_keeps_what_was_typed(desk: Client) -> None:
    order = make_order(make_event())
    url = f"/desk/orders/{order.reference}/change/"
    first = second = typed_in(desk, url)

    desk.post(url, {**first, "supplier": "Salt"})
    page = desk.post(url, {**second, "what": "Cake"})

    text = page.content.decode()
    assert "Supplier: was “Thyme”, is now “Salt”." in text
    assert page.context["form"]["what"].value() == "Cake"
    assert Order.objects.get().supplier == "Salt"


@pytest.mark.parametrize(
    ("verb", "data", "status"),
    [("numbers", {"numbers": "x"}, 200), ("numbers", {}, 200), ("cancel", {"reason": ""}, 200), ("eat", {}, 404)],
)
def test_a_step_with_rubbish_is_told_so(desk: Client, verb: str, data: dict[str, str], status: int) -> None:
    order = make_order(status="ordered")

    response = desk.post(f"/desk/orders/{order.reference}/{verb}/", data)

    assert response.status_code == status
    assert Order.objects.get().status == "ordered"


def test_the_list_is_as_many_queries_for_many(desk: Client) -> None:
    counts = []
    for _ in range(2):
        make_order(make_event(days=[in_days(3)]), order_by=in_days(1))
        with CaptureQueriesContext(connection) as queries:
            desk.get("/desk/orders/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_list_says_what_is_overdue(desk: Client) -> None:
    make_order(make_event(days=[in_days(9)]), order_by=in_days(-1))
    make_order(make_event(days=[in_days(9)]), order_by=in_days(2))

    page = desk.get("/desk/orders/").content.decode()

    assert (page.count("To order, was due"), page.count("To order, by"), page.count("Overdue")) == (1, 1, 1)
