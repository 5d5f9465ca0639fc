"""Accept and minute, and what is written down to the providers."""

import datetime
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from bookings.models import Mark
from evaluation.actions.assessing import assess_providers, assess_providers_by_hand, assess_settled_quarter
from evaluation.actions.publishing import accept_report
from evaluation.agenda import agenda
from evaluation.errors import EvaluationError
from evaluation.models import Snapshot
from evaluation.reports.building import build_report
from evaluation.reports.canonical import digest, section_hashes
from evaluation.reports.scopes import Scope, find_scope
from providers.models import KpiAssessment, Provider
from tests.conftest import ClientOf
from tests.evaluation.making import DAY, book, invite, make_ran, rate, send_registers
from tests.factories import make_user
from tests.factories_providers import make_contract, make_order, make_provider
from training.catalogue.models import Event
from training.governance.models import Body, Decision
from training.people.models import Partnership, Role, User
from training.web.periods import quarter_before, quarter_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


@pytest.fixture
def body(db: None) -> Body:
    return Body.objects.create(name="PDL subgroup", kind=Body.Kind.PDL)


def scope_of(event: Event) -> Scope:
    scope = find_scope("event", event.reference, partnership=Partnership.objects.get(), today=timezone.localdate())
    assert scope is not None
    return scope


def accept(event: Event, by: User, body: Body, **fields: Any) -> Snapshot:
    scope, now = scope_of(event), timezone.now()
    seen = fields.pop("seen", None) or digest(build_report(scope, partnership=Partnership.objects.get(), now=now))
    fields = {"held_on": timezone.localdate(), "outcome": "Accepted.", "minute": "4", **fields}
    return accept_report(scope=scope, seen=seen, body=body, by=by, now=now, **fields)


def test_accept_keeps_a_copy_with_its_decision(pdl: User, body: Body) -> None:
    event = make_ran(people=6)

    copy = accept(event, pdl, body)

    report = json.loads(copy.body)
    assert copy.decision is not None
    assert (copy.decision.outcome, copy.decision.minute, copy.decision.meeting.body) == ("Accepted.", "4", body)
    assert report["sections"]["delivery"]["counts"]["attended"] == 6
    assert copy.section_hashes == section_hashes(report)
    assert copy.body == json.dumps(report, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_accept_twice_is_one_copy(pdl: User, body: Body) -> None:
    event = make_ran(people=6)

    copies = {accept(event, pdl, body).pk, accept(event, pdl, body).pk}

    assert len(copies) == 1
    assert Decision.objects.count() == 1


def test_accept_refuses_figures_that_moved(pdl: User, body: Body) -> None:
    event = make_ran(people=6)
    seen = digest(build_report(scope_of(event), partnership=Partnership.objects.get(), now=timezone.now()))
    book(event, 1)

    with pytest.raises(EvaluationError, match="Figures of this report have changed since you opened it"):
        accept(event, pdl, body, seen=seen)

    assert (Snapshot.objects.count(), Decision.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", [None, Role.EXECUTIVE, Role.TRAINER])
def test_accept_by_another_role_is_refused(role: Role | None, partnership: Partnership, body: Body) -> None:
    with pytest.raises(EvaluationError, match="Only a PDL member or a coordinator"):
        accept(make_ran(), make_user(role=role), body)


def test_accept_before_the_meeting_is_refused(pdl: User, body: Body) -> None:
    with pytest.raises(EvaluationError, match="a meeting that has taken place"):
        accept(make_ran(), pdl, body, held_on=timezone.localdate() + DAY)


def test_copy_does_not_move_when_figures_do(pdl: User, body: Body, client_of: ClientOf) -> None:
    event = make_ran(people=6)
    copy, browser = accept(event, pdl, body), client_of(pdl)
    before = browser.get(f"/reports/published/{copy.reference}/csv/").content
    book(event, 9, Mark.DID_NOT_ATTEND)

    page = browser.get(f"/reports/published/{copy.reference}/").content.decode()

    assert "6 of 6 booked people came" in page
    assert browser.get(f"/reports/published/{copy.reference}/csv/").content == before
    assert browser.get(f"/reports/published/{copy.reference}/pdf/").content.startswith(b"%PDF")
    assert "6 of 15 booked people came" in browser.get(f"/reports/event/{event.reference}/").content.decode()


def test_postgresql_refuses_to_change_a_copy(pdl: User, body: Body) -> None:
    copy = accept(make_ran(), pdl, body)

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evaluation_snapshot SET body = '{}' WHERE id = %s", [copy.pk])


def test_accept_by_the_page(pdl: User, body: Body, client_of: ClientOf) -> None:
    event, browser, today = make_ran(people=6), client_of(pdl), timezone.localdate()
    address = f"/reports/event/{event.reference}/accept/"
    seen = browser.get(address).context["form"]["seen"].value()
    given = {"body": body.pk, "outcome": "Accepted.", "minute": "", "seen": seen}
    given |= {"held_on_day": today.day, "held_on_month": today.month, "held_on_year": today.year}

    answers = [browser.post(address, given) for _ in range(2)]

    assert Snapshot.objects.count() == 1
    assert [one["Location"] for one in answers] == [f"/reports/published/{Snapshot.objects.get().reference}/"] * 2
    assert "As published on" in browser.get(f"/reports/event/{event.reference}/").content.decode()


def test_accept_by_the_page_with_nonsense_says_why(pdl: User, body: Body, client_of: ClientOf) -> None:
    event, browser = make_ran(), client_of(pdl)
    given = {"body": "999", "outcome": "", "held_on_day": "31", "held_on_month": "2", "held_on_year": "x", "seen": "z"}

    page = browser.post(f"/reports/event/{event.reference}/accept/", given)

    assert page.status_code == 200
    assert Snapshot.objects.count() == 0


def test_executive_reads_and_does_not_accept(partnership: Partnership, client_of: ClientOf) -> None:
    event, browser = make_ran(), client_of(make_user(role=Role.EXECUTIVE))

    assert "Accept and minute" not in browser.get(f"/reports/event/{event.reference}/").content.decode()
    assert browser.get(f"/reports/event/{event.reference}/accept/").status_code == 404


# --- Providers -----------------------------------------------------------------------------------


def make_delivered(**fields: Any) -> tuple[Event, Provider]:
    event, provider = make_ran(**fields), make_provider()
    contract = make_contract(provider, starts_on=timezone.localdate(event.starts_at) - 30 * DAY)
    make_order(event, contract)
    bookings = book(event, 8)
    book(event, 2, Mark.DID_NOT_ATTEND)
    invite(bookings)
    send_registers(event)
    rate(event, [5, 4, 4, 5, 5])
    return event, provider


def rows_of(provider: Provider) -> dict[str, tuple[Any, ...]]:
    rows = KpiAssessment.objects.filter(provider=provider)
    return {row.measure: (row.numerator, row.denominator, row.value, row.n, row.is_withheld) for row in rows}


def test_assess_writes_each_measure_with_what_it_rests_on(partnership: Partnership) -> None:
    event, provider = make_delivered()

    assess_providers(period=quarter_of(timezone.localdate(event.starts_at), 4), now=timezone.now())

    assert rows_of(provider) == {
        "delivered": (1, 1, 1, 1, False),
        "provider_cancelled": (0, 1, 0, 1, False),
        "complaints_upheld": (0, 1, 0, 1, False),
        "relevance": (None, None, Decimal("4.6"), 5, False),
        "attendance": (8, 10, Decimal("0.8"), 10, False),
        "response": (5, 8, Decimal("0.625"), 8, False),
        "register_in_time": (1, 1, 1, 1, False),
    }


def test_assess_withholds_the_answers_of_few(partnership: Partnership) -> None:
    event, provider = make_ran(people=4), make_provider()
    make_order(event, make_contract(provider, starts_on=timezone.localdate(event.starts_at) - 30 * DAY))
    rate(event, [1, 1, 1, 1])

    assess_providers(period=quarter_of(timezone.localdate(event.starts_at), 4), now=timezone.now())

    assert rows_of(provider)["relevance"] == (None, None, None, None, True)


def test_assess_again_changes_nothing(partnership: Partnership) -> None:
    event, _ = make_delivered()
    period, now = quarter_of(timezone.localdate(event.starts_at), 4), timezone.now()
    assess_providers(period=period, now=now)
    before = list(KpiAssessment.objects.order_by("pk").values())

    assess_providers(period=period, now=now + DAY)

    assert list(KpiAssessment.objects.order_by("pk").values()) == before


def test_assess_by_the_clock_once_the_forms_are_closed(partnership: Partnership) -> None:
    event, provider = make_delivered(days_ago=400)
    ends_on = quarter_of(timezone.localdate(event.starts_at), 4).ends_on
    noon = datetime.time(12, tzinfo=datetime.UTC)

    found = [
        assess_settled_quarter(now=datetime.datetime.combine(ends_on + days * DAY, noon)) for days in (1, 48, 49, 50)
    ]

    assert found == [0, 0, 7, 0]
    assert len(rows_of(provider)) == 7


def test_assess_by_hand_wants_a_coordinator_and_a_quarter_that_is_over(
    coordinator: User, pdl: User, client_of: ClientOf
) -> None:
    event, provider = make_delivered()
    period = quarter_of(timezone.localdate(event.starts_at), 4)
    with pytest.raises(EvaluationError, match="Only a coordinator"):
        assess_providers_by_hand(period=period, by=pdl, now=timezone.now())
    with pytest.raises(EvaluationError, match="The quarter is not over"):
        assess_providers_by_hand(period=quarter_of(timezone.localdate(), 4), by=coordinator, now=timezone.now())

    client_of(coordinator).post(f"/reports/quarter/{period.key}/providers/")

    assert len(rows_of(provider)) == 7


def test_a_quarter_stands_on_the_subgroups_agenda_until_it_is_accepted(pdl: User, body: Body) -> None:
    now, partnership = timezone.now(), Partnership.objects.get()
    quarter = quarter_before(quarter_of(timezone.localdate(), partnership.financial_year_starts_month))
    scope = find_scope("quarter", quarter.key, partnership=partnership, today=timezone.localdate())
    assert scope is not None
    assert [point.url for point in agenda(Body.Kind.PDL, now)] == [f"/reports/quarter/{quarter.key}/"]
    assert agenda(Body.Kind.EXECUTIVE, now) == []

    seen = digest(build_report(scope, partnership=partnership, now=now))
    accept_report(
        scope=scope,
        seen=seen,
        body=body,
        held_on=timezone.localdate(),
        outcome="Accepted.",
        minute="4",
        by=pdl,
        now=now,
    )

    assert agenda(Body.Kind.PDL, now) == []
