"""Run or pull: decided once, with its reason, and told."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from bookings.errors import BookingsError
from bookings.pulling import pull_date
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import ensure_policy, make_booking, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_teaching, make_trainer
from training.catalogue.actions.orders import OrderPlan, add_order
from training.catalogue.actions.running import decide_to_run
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, RunDecision
from training.outbox.models import Message
from training.people.models import User

pytestmark = pytest.mark.django_db


def thin(**fields: Any) -> Event:
    """Two booked, six needed, one trainer."""
    event = make_event(days=[in_days(12)], **fields)
    make_teaching(event, make_trainer("Dana Whitlock"))
    for _ in range(2):
        make_booking(event)
    return Event.objects.get(pk=event.pk)


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def test_decide_to_run_is_kept_and_its_trainers_are_told_once() -> None:
    event, by = thin(), any_coordinator()

    for _ in range(2):
        decide_to_run(event=event, reason=" It is  the last one. ", by=by, now=timezone.now())

    decision = RunDecision.objects.get()
    assert (decision.outcome, decision.reason, decision.booked, decision.needed) == ("run", "It is the last one.", 2, 6)
    assert Event.objects.get(pk=event.pk).minimum == 2
    assert told("catalogue.confirmed_to_run") == 1


def test_fewer_later_ask_again() -> None:
    event, by = thin(), any_coordinator()
    decide_to_run(event=event, by=by, now=timezone.now())
    Event.objects.filter(pk=event.pk).update(minimum=3)

    decide_to_run(event=event, by=by, now=timezone.now())

    assert RunDecision.objects.count() == 2


def test_pull_date_cancels_tells_and_is_kept_once() -> None:
    event, by = thin(), any_coordinator()

    for _ in range(2):
        pull_date(event=event, reason="Too few", by=by, now=timezone.now())

    decision = RunDecision.objects.get()
    assert (decision.outcome, decision.booked, decision.needed) == ("pull", 2, 6)
    assert Event.objects.get(pk=event.pk).standing == "cancelled"
    assert (told("bookings.event_cancelled"), told("catalogue.date_cancelled")) == (2, 1)


def test_neither_without_right_or_reason_nor_when_over() -> None:
    event, by, now = thin(), any_coordinator(), timezone.now()
    nobody, later = make_user(make_employee()), now + datetime.timedelta(days=30)

    with pytest.raises(BookingsError, match="Enter why"):
        pull_date(event=event, reason=" ", by=by, now=now)
    with pytest.raises(BookingsError, match="Only a coordinator"):
        pull_date(event=event, reason="x", by=nobody, now=now)
    with pytest.raises(BookingsError, match="has begun"):
        pull_date(event=event, reason="x", by=by, now=later)
    with pytest.raises(CatalogueError, match="Only a coordinator"):
        decide_to_run(event=event, by=nobody, now=now)
    with pytest.raises(CatalogueError, match="is over"):
        decide_to_run(event=event, by=by, now=later)
    with pytest.raises(CatalogueError, match="nothing to decide"):
        decide_to_run(event=make_event(is_published=False), by=by, now=now)

    assert not RunDecision.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("run_decision_is_known", {"outcome": "wait"}),
        ("run_decision_to_pull_says_why", {"outcome": "pull"}),
        ("run_decision_pulled_once", {"outcome": "pull", "reason": "x"}),
    ],
)
def test_postgresql_refuses(constraint: str, fields: dict[str, str]) -> None:
    event, by = make_event(), any_coordinator().person
    given = {"event": event, "by": by, "at": timezone.now(), "booked": 0, "needed": 1}
    RunDecision.objects.create(**given, outcome="pull", reason="x")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RunDecision.objects.create(**given, **fields)


# --- The page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(coordinator: User, client_of: ClientOf) -> Client:
    ensure_policy()
    return client_of(coordinator)


def test_page_runs_it_and_everybody_sees_that(desk: Client) -> None:
    event = thin()
    url = f"/desk/dates/{event}/run-or-pull/"
    assert "2 people booked, 6 needed" in desk.get(url).content.decode()

    pages = [desk.post(url, {"do": "run", "reason": ""}) for _ in range(2)]

    assert [page["Location"] for page in pages] == [f"/desk/dates/{event}/"] * 2
    assert "confirmed to run" in Client().get(f"/events/{event}/").content.decode()


def test_page_pulls_it(desk: Client) -> None:
    event = thin()
    url = f"/desk/dates/{event}/run-or-pull/"

    wrong = desk.post(url, {"do": "pull", "reason": "", "seen": "on"})
    pages = [desk.post(url, {"do": "pull", "reason": "Too few", "seen": "on"}) for _ in range(2)]

    assert wrong.context["pull"].errors["reason"] == ["Enter why it is pulled"]
    assert [page.status_code for page in pages] == [302, 302]
    assert RunDecision.objects.get().outcome == "pull"
    assert "This date is cancelled" in desk.get(url).content.decode()


def test_page_pulls_nothing_before_it_is_ticked_who_is_told(desk: Client) -> None:
    event = thin()
    add_order(event=event, plan=OrderPlan("kit"), by=any_coordinator(), now=timezone.now())
    url = f"/desk/dates/{event}/run-or-pull/"

    pages = [desk.post(url, {"do": "pull", "reason": "Too few came"}) for _ in range(2)]

    for page in pages:
        assert page.context["pull"].errors == {"seen": ["Tick that you have seen who is told"]}
        assert 'value="Too few came"' in page.content.decode()
        assert "I have seen who is told: 2 people, 1 trainer, 1 other order" in page.content.decode()
    assert Event.objects.get(pk=event.pk).standing == "published"
    assert (RunDecision.objects.count(), told("bookings.event_cancelled")) == (0, 0)


@pytest.mark.parametrize("data", [{}, {"do": "dance"}, {"do": "pull", "reason": "x" * 301}])
def test_page_bears_rubbish(desk: Client, data: dict[str, str]) -> None:
    event = thin()

    assert desk.post(f"/desk/dates/{event}/run-or-pull/", data).status_code == 200
    assert not RunDecision.objects.exists()


def test_page_is_closed_to_others(client_of: ClientOf) -> None:
    url = f"/desk/dates/{thin()}/run-or-pull/"

    assert client_of(make_user(make_employee())).post(url, {"do": "run"}).status_code == 403
    assert Client().post(url, {"do": "run"}).status_code == 302
