"""Who sees which provider, and the coordinator's pages."""

from decimal import Decimal

import pytest
from django.utils import timezone

from providers.actions.assessments import Assessed, record_assessment
from providers.models import Commission, Contract, Engagement, Provider
from tests.factories import make_user
from tests.factories_catalogue import make_event, make_trainer
from tests.factories_providers import make_contract, make_order, make_provider, make_provider_manager
from training.people.models import Role

pytestmark = pytest.mark.django_db


def page_of(provider: Provider) -> str:
    return f"/providers/{provider.reference}/"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PDL_MEMBER, Role.EXECUTIVE])
def test_readers_see_list_and_provider(role, client_of) -> None:
    contract = make_contract()
    client = client_of(make_user(role=role))

    assert client.get("/providers/").status_code == 200
    assert client.get(page_of(contract.provider)).status_code == 200


def test_manager_sees_own_provider_only(client_of) -> None:
    own, other = make_provider(), make_provider()
    client = client_of(make_provider_manager(own))

    assert client.get(page_of(own)).status_code == 200
    assert client.get(page_of(other)).status_code == 404
    assert client.get("/providers/").status_code == 403


def test_own_provider_leads_a_manager_to_their_page(client_of) -> None:
    own, _other = make_provider(), make_provider()

    answer = client_of(make_provider_manager(own)).get("/providers/own/")

    assert (answer.status_code, answer.url) == (302, page_of(own))


def test_own_provider_of_nobody_says_so(client_of) -> None:
    manager, other = make_user(role=Role.PROVIDER_MANAGER), make_user()

    assert client_of(manager).get("/providers/own/").status_code == 200
    assert client_of(other).get("/providers/own/").status_code == 403


def test_others_see_nothing(client_of) -> None:
    provider = make_provider()
    client = client_of(make_user())

    assert client.get(page_of(provider)).status_code == 404
    assert client.get("/providers/").status_code == 403
    assert client.get("/providers/add/").status_code == 403


@pytest.mark.parametrize("role", [Role.PDL_MEMBER, Role.EXECUTIVE, Role.PROVIDER_MANAGER, Role.TRAINER])
def test_readers_change_nothing(role, client_of) -> None:
    order = make_order()
    client = client_of(make_user(role=role))
    provider = order.contract.provider

    for page in ("change/", "contracts/add/", "people/"):
        assert client.post(page_of(provider) + page, {"name": "Taken over"}).status_code == 403
    assert client.post(f"/desk/dates/{order.event.reference}/order/cancel/", {"reason": "x"}).status_code == 403
    assert Provider.objects.get(pk=provider.pk).name == provider.name


def test_signed_out_goes_to_sign_in(client) -> None:
    assert client.get("/providers/").status_code == 302


def test_a_coordinator_adds_provider_contract_and_person(coordinator, client_of) -> None:
    client, trainer = client_of(coordinator), make_trainer("Dana Whitlock")

    client.post("/providers/add/", {"name": "Beacon  CIC", "contact_email": "a@b.example", "revision": "1"})
    provider = Provider.objects.get()
    fields = {"reference": "BSP-1", "starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2026"}
    fields |= {"initial_months": "36", "options": "12+12", "value": "96000.50"}
    client.post(page_of(provider) + "contracts/add/", fields)
    client.post(page_of(provider) + "people/", {"person": trainer.reference})
    page = client.get(page_of(provider)).content.decode()

    assert provider.name == "Beacon CIC"
    assert Contract.objects.get().value_pence == 9_600_050
    assert Engagement.objects.get().person == trainer
    assert "31 March 2031" in page  # five years, the last possible end
    assert "Dana Whitlock" in page


def test_an_order_is_placed_and_cancelled_on_its_page(coordinator, client_of) -> None:
    client, event, contract = client_of(coordinator), make_event(), make_contract()
    page = f"/desk/dates/{event.reference}/order/"

    assert client.get(page).status_code == 200
    client.post(page, {"contract": contract.reference, "fee": "450.50"})
    order = Commission.objects.get()
    assert (order.status, order.fee_pence) == ("ordered", 45050)
    assert order.reference in client.get(page).content.decode()
    client.post(page + "cancel/", {"reason": "The venue burnt down."})
    assert Commission.objects.get().status == "cancelled"
    assert client.post(page + "cancel/", {"reason": "Again."}).status_code == 302


@pytest.mark.parametrize("fee", ["", "ten", "-1", "99999999999", "NaN", "\x00"])
def test_rubbish_fees_are_refused_with_a_sentence(fee, coordinator, client_of) -> None:
    event, contract = make_event(), make_contract()

    answer = client_of(coordinator).post(
        f"/desk/dates/{event.reference}/order/", {"contract": contract.reference, "fee": fee}
    )

    assert answer.status_code in (200, 400)
    assert not Commission.objects.exists()


def test_assessments_show_what_they_rest_on(coordinator, client_of) -> None:
    contract = make_contract()
    day = timezone.localdate().replace(day=1, month=1)
    period = {
        "period_starts_on": day,
        "period_ends_on": day.replace(month=4),
        "definition_version": 1,
        "now": timezone.now(),
    }
    shown = Assessed(Decimal(17), Decimal(20), Decimal("0.85"), Decimal("0.64"), Decimal("0.95"), 20)
    record_assessment(provider=contract.provider, measure="Registers in two days", figure=shown, **period)
    withheld = Assessed(Decimal(3), Decimal(4), n=4, is_withheld=True)
    record_assessment(provider=contract.provider, measure="Confidence", figure=withheld, **period)

    page = client_of(coordinator).get(page_of(contract.provider)).content.decode()

    assert "17 of 20" in page
    assert "0.64 and 0.95" in page
    assert "hidden: too few answers" in page
    assert "3 of 4" not in page


def test_list_has_the_same_queries_for_one_and_three(coordinator, client_of, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(coordinator)
    make_order()
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/providers/")
    provider = make_order().contract.provider
    make_order(contract=make_contract(provider))
    with CaptureQueriesContext(connection) as three:
        client.get("/providers/")

    assert len(three) == len(one)
