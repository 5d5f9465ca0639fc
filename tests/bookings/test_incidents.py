"""Something happened at a date: who is told, who may read it, and that it is chased until it is closed."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bookings.actions.incidents import chase_incidents, close_incident, report_incident
from bookings.desk_todos import booking_todos
from bookings.errors import BookingsError
from bookings.models import Incident
from bookings.models.incident import What
from tests.bookings.registering import AT_DOOR, Door, at, make_door
from tests.conftest import ClientOf
from tests.factories import grant_directly, make_person, make_user
from tests.factories_catalogue import any_coordinator, make_teaching, make_trainer
from training.outbox.models import Message
from training.people.devices import account_key
from training.people.models import Person, Role, User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_door", "partnership")]


@pytest.fixture
def door() -> Door:
    return make_door()


@pytest.fixture
def coordinator() -> User:
    return any_coordinator()


def with_role(name: str, role: Role) -> User:
    return make_user(make_person(name), role=role)


def report(door: Door, what: What = What.UPSET, by: User | None = None, **said: Any) -> Incident:
    said = {"uuid": uuid.uuid4(), "now": AT_DOOR, **said}
    return report_incident(session=door.session, what=what, by=by or door.trainer, **said)


def told(kind: str) -> list[str]:
    rows = Message.objects.filter(kind=f"bookings.{kind}").order_by("to_name")
    return list(rows.values_list("to_name", flat=True))


def page(door: Door) -> str:
    return reverse("bookings:register-happened", args=[door.event.reference, 1])


def test_report_tells_the_coordinators_at_once(door: Door, coordinator: User) -> None:
    with_role("Dita Duty", Role.DUTY)

    incident = report(door, told=" The  desk ", done="Sat with them.", at_time=datetime.time(9, 15))

    assert (incident.happened_at, incident.told, incident.done) == (at(9, 15), "The desk", "Sat with them.")
    assert told("incident_reported") == [coordinator.person.name]  # type: ignore[union-attr]
    assert told("incident_duty") == []
    assert "Sat with them" not in Message.objects.get(kind="bookings.incident_reported").text


@pytest.mark.parametrize("what", [What.AT_RISK, What.COLLEAGUE])
def test_for_somebodys_safety_the_duty_people_are_told_too(what: What, door: Door, coordinator: User) -> None:
    with_role("Dita Duty", Role.DUTY)
    teaching = make_trainer("Theo Teaches")
    make_teaching(door.event, teaching)
    grant_directly(teaching, Role.DUTY)

    report(door, what)

    assert told("incident_duty") == ["Dita Duty"]


def test_the_same_report_twice_is_one(door: Door, coordinator: User) -> None:
    once = uuid.uuid4()

    first, second = (report(door, uuid=once) for _ in range(2))

    assert (first, Incident.objects.count(), len(told("incident_reported"))) == (second, 1, 1)


@pytest.mark.parametrize("who", ["stranger", "other trainer"])
def test_nobody_reports_from_a_date_that_is_not_theirs(who: str, door: Door) -> None:
    user = make_user(make_trainer("Otto Other") if who == "other trainer" else make_person("Sam Strange"))

    with pytest.raises(BookingsError, match="Only the trainers of this date"):
        report(door, by=user)


@pytest.mark.parametrize(
    ("who", "what", "sees"),
    [
        ("coordinator", What.UPSET, True),
        ("reporter", What.UPSET, True),
        ("duty", What.AT_RISK, True),
        ("duty", What.UPSET, False),
        ("duty who teaches", What.AT_RISK, False),
        ("other trainer of the date", What.AT_RISK, False),
        ("provider's manager", What.AT_RISK, False),
        ("PDL", What.AT_RISK, False),
        ("booked", What.AT_RISK, False),
    ],
)
def test_who_may_see_it(
    who: str, what: What, sees: bool, door: Door, coordinator: User, client_of: ClientOf
) -> None:  # fmt: skip
    incident = report(door, what, done="A thing")
    user = _somebody(who, door, coordinator)

    answer = client_of(user).get(reverse("bookings:incident", args=[incident.reference]))
    listed = client_of(user).get(reverse("bookings:incidents")).content.decode()

    assert answer.status_code == (200 if sees else 404)
    assert (incident.reference in listed) is sees


def _somebody(who: str, door: Door, coordinator: User) -> User:
    roles = {"duty": Role.DUTY, "provider's manager": Role.PROVIDER_MANAGER, "PDL": Role.PDL_MEMBER}
    if who in roles:
        return with_role("Rae Role", roles[who])
    if who in ("duty who teaches", "other trainer of the date"):
        person: Person = make_trainer("Toni Two")
        make_teaching(door.event, person)
        if who.startswith("duty"):
            grant_directly(person, Role.DUTY)
        return make_user(person)
    return {"coordinator": coordinator, "reporter": door.trainer}.get(who) or make_user(door.bookings[0].person)


def test_it_stays_on_the_desk_until_closed(door: Door, coordinator: User) -> None:
    incident = report(door, What.AT_RISK)
    rows = [todo.url for todo in booking_todos(coordinator, AT_DOOR)]

    close_incident(incident=incident, outcome="Referred at 10:00.", by=coordinator, now=at(11))
    close_incident(incident=incident, outcome="Something else", by=coordinator, now=at(12))

    assert rows == [reverse("bookings:incident", args=[incident.reference])]
    assert list(booking_todos(coordinator, AT_DOOR)) == []
    incident.refresh_from_db()
    assert (incident.outcome, incident.closed_at) == ("Referred at 10:00.", at(11))


def test_the_reporter_does_not_close_it(door: Door, coordinator: User, client_of: ClientOf) -> None:
    incident = report(door)

    answer = client_of(door.trainer).post(
        reverse("bookings:incident-close", args=[incident.reference]), {"outcome": "x"}
    )

    incident.refresh_from_db()
    assert (answer.status_code, incident.closed_at) == (200, None)


def test_it_is_chased_on_the_next_working_day_and_once(door: Door, coordinator: User) -> None:
    report(door)

    counts = [chase_incidents(now=moment) for moment in (at(15), at(9, days=1), at(10, days=1), at(9, days=2))]

    # The Saturday after: nobody is at the desk.
    assert (counts, chase_incidents(now=at(9, days=4))) == ([0, 1, 0, 1], 0)
    assert len(told("incident_open")) == 2


def test_closed_it_is_not_chased(door: Door, coordinator: User) -> None:
    close_incident(incident=report(door), outcome="Done.", by=coordinator, now=at(11))

    assert chase_incidents(now=at(9, days=1)) == 0


def test_the_page_says_what_to_do_and_reports_once(door: Door, coordinator: User, client_of: ClientOf) -> None:
    client, typed = client_of(door.trainer), {"what": "accident", "at_time": "9:10", "submission": str(uuid.uuid4())}
    shown = client.get(page(door)).content.decode()

    for _ in range(2):
        assert client.post(page(door), typed).status_code == 302

    assert ("Ring 999" in shown, "The car park" in shown) == (True, True)
    assert Incident.objects.get().happened_at == at(9, 10)


@pytest.mark.parametrize("typed", [{}, {"what": "dance"}, {"what": "upset", "at_time": "25:99"}])
def test_rubbish_reports_nothing(typed: dict[str, str], door: Door, client_of: ClientOf) -> None:
    answer = client_of(door.trainer).post(page(door), {"submission": str(uuid.uuid4()), **typed})

    assert (answer.status_code, Incident.objects.count()) == (200, 0)


def test_somebody_elses_date_is_not_found(door: Door, client_of: ClientOf) -> None:
    assert client_of(make_user(make_trainer("Otto Other"))).get(page(door)).status_code == 404


def test_reported_without_a_signal(door: Door, coordinator: User, client_of: ClientOf) -> None:
    tap = {"uuid": str(uuid.uuid4()), "kind": "incident", "made_at": at(9, 5).isoformat(), "what": "at_risk"}
    client: Client = client_of(door.trainer)
    url = reverse("bookings:register-taps", args=[door.event.reference, 1])
    body = {"account": account_key(door.trainer), "taps": [tap, tap, {**tap, "uuid": str(uuid.uuid4()), "what": ""}]}

    answer = client.post(url, json.dumps(body), content_type="application/json")

    assert [one["refusal"] for one in answer.json()["receipts"]] == ["", "", "Choose what happened."]
    assert (Incident.objects.get().happened_at, len(told("incident_reported"))) == (at(9, 5), 1)


@pytest.mark.parametrize("wrong", [{"what": "dance"}, {"closed_at": AT_DOOR}, {"outcome": "Done"}])
def test_the_database_refuses(wrong: dict[str, Any], door: Door, coordinator: User) -> None:
    incident = report(door)

    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(**wrong)
