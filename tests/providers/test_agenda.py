"""Options of contracts on the agenda of the body that is to decide them."""

import datetime

import pytest
from django.utils import timezone

from providers.actions.options import decide_option, set_decision_time
from providers.models import Contract
from providers.terms import months_later, next_option
from tests.conftest import ClientOf
from tests.factories_catalogue import any_coordinator
from tests.factories_programme import make_meeting, pdl_member
from tests.factories_providers import make_contract, make_provider
from training.config import parts
from training.governance.models import Body

pytestmark = pytest.mark.django_db
START = datetime.date(2027, 4, 1)  # so that 1 June 2029 is the last safe day
PDL, EXECUTIVE = [Body.Kind.PDL], [Body.Kind.EXECUTIVE]
NEAR = datetime.date(2029, 1, 15)


def on_agendas(day: datetime.date) -> list[str]:
    """The kinds of body on whose agenda a contract stands on that day."""
    return [kind for kind in Body.Kind.values if points(kind, day)]


def points(kind: str, day: datetime.date) -> list[parts.AgendaPoint]:
    return parts.agenda(kind, datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC))


@pytest.mark.parametrize(
    ("day", "kinds"),
    [
        (datetime.date(2028, 11, 30), []),
        (datetime.date(2028, 12, 1), PDL),
        (datetime.date(2029, 6, 1), PDL),
        (datetime.date(2029, 6, 2), EXECUTIVE),
        (datetime.date(2030, 3, 31), EXECUTIVE),
        (datetime.date(2030, 4, 1), []),
    ],
)
def test_option_stands_on_one_agenda_from_six_months_before(day: datetime.date, kinds: list[str]) -> None:
    make_contract(starts_on=START)

    assert on_agendas(day) == kinds


def test_point_says_what_is_asked_and_where() -> None:
    make_contract(make_provider("Beacon"), starts_on=START, reference="BSP-7")

    (point,) = points(Body.Kind.PDL, NEAR)
    (late,) = points(Body.Kind.EXECUTIVE, datetime.date(2029, 7, 1))

    assert (point.subject, point.url) == ("Contract BSP-7 with Beacon", "/contracts/BSP-7/")
    assert (point.asked, point.due_on) == (
        "Extend it by 12 months? It ends on Sunday 31 March 2030.",
        datetime.date(2029, 6, 1),
    )
    assert late.asked == f"{point.asked} The last safe day to decide has gone by."


@pytest.mark.parametrize("is_taken", [True, False])
def test_decided_option_leaves_the_agenda(is_taken: bool) -> None:
    option = next_option(make_contract(starts_on=START))
    assert on_agendas(NEAR) == PDL

    decide_option(option=option, is_taken=is_taken, reason="As agreed", by=any_coordinator(), now=timezone.now())

    assert on_agendas(NEAR) == []


def test_more_notice_brings_it_to_the_agenda_earlier() -> None:
    contract = make_contract(starts_on=START)
    day = datetime.date(2028, 10, 1)
    before = on_agendas(day)

    set_decision_time(contract=contract, notice_months=6, rebuying_months=10, revision=1, by=any_coordinator())

    assert (before, on_agendas(day)) == ([], PDL)


@pytest.mark.parametrize("kind", Body.Kind.values)
def test_what_no_option_is_left_for_asks_no_meeting(kind: str) -> None:
    make_contract(starts_on=START, option_months=[])
    make_contract(starts_on=START, lot_number=1)
    make_contract(starts_on=months_later(START, 36), lot_number=1)

    assert points(kind, NEAR) == []


def test_member_reads_it_on_the_meetings_page_and_opens_the_contract(client_of: ClientOf) -> None:
    today = timezone.localdate()
    contract = make_contract(starts_on=months_later(today, -26))
    client = client_of(pdl_member())

    page = client.get(f"/meetings/{make_meeting(days=7, now=timezone.now()).reference}/").content.decode()

    assert Contract.objects.count() == 1
    assert f'href="/contracts/{contract}/"' in page
    assert client.get(f"/contracts/{contract}/").status_code == 200
