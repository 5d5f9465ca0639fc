"""Complaints and observations: recorded once, decided once, by the training team alone."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.actions.quality import decide_complaint, record_complaint, record_observation
from providers.errors import ProvidersError
from providers.models import Complaint, Observation
from tests.conftest import ClientOf
from tests.factories import make_person
from tests.factories_catalogue import any_coordinator, in_days, make_event
from tests.factories_programme import pdl_member
from tests.factories_providers import make_contract, make_engagement, make_order, make_provider
from training.catalogue.models import Event
from training.people.models import User

pytestmark = pytest.mark.usefixtures("partnership")
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


def complain(**fields: Any) -> Complaint:
    given = {"provider": None, "event": None, "received_on": TODAY() - DAY, "about": "Old slides", "submission": None}
    return record_complaint(**{"by": any_coordinator(), **given, **fields}, now=timezone.now())


def decide(complaint: Complaint, **fields: Any) -> Complaint:
    given = {"standing": "upheld", "decided_on": TODAY(), "outcome": "Slides mended.", "by": any_coordinator()}
    return decide_complaint(complaint=complaint, **{**given, **fields}, now=timezone.now())


def observe(event: Event, **fields: Any) -> Observation:
    given = {"who": "Ada Okafor", "verdict": "met", "what_was_seen": "Clear.", "submission": None}
    return record_observation(event=event, **{"by": any_coordinator(), **given, **fields}, now=timezone.now())


def make_delivered() -> Event:
    event = make_event(days=[in_days(-9)])
    make_order(event, make_contract(make_provider("Harbour")))
    return event


def test_complaint_about_a_date_is_about_who_has_its_order() -> None:
    form, event = uuid.uuid4(), make_delivered()

    first, again = complain(event=event, submission=form), complain(event=event, submission=form)

    assert (first, str(first.provider), first.standing) == (again, "Harbour", "open")


def test_complaint_is_decided_once() -> None:
    complaint = complain()

    first, again = decide(complaint), decide(complaint, standing="not_upheld", outcome="No.")

    assert (first.standing, again.standing, again.outcome) == ("upheld", "upheld", "Slides mended.")
    with pytest.raises(ValueError, match="cannot become"):
        again.move_to("taken_back", on=TODAY(), outcome="x", by=any_coordinator().person)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"received_on": TODAY() + DAY}, "not one to come"), ({"about": " "}, "Say what it is about")],
)
def test_complaint_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ProvidersError, match=message):
        complain(**fields)


def test_complaint_about_another_providers_date_is_refused() -> None:
    with pytest.raises(ProvidersError, match="is not ordered from"):
        complain(event=make_delivered(), provider=make_provider("Other"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"decided_on": TODAY() + DAY}, "Enter the day of the decision"),
        ({"decided_on": TODAY() - 9 * DAY}, "Enter the day of the decision"),
        ({"outcome": ""}, "Enter what came of it"),
    ],
)
def test_decision_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ProvidersError, match=message):
        decide(complain(), **fields)


def test_observation_is_of_the_provider_and_written_once() -> None:
    event, form = make_delivered(), uuid.uuid4()

    first, again = observe(event, submission=form), observe(event, submission=form)

    assert (first, str(first.provider)) == (again, "Harbour")


def test_observation_of_a_date_to_come_or_by_its_own_people_is_refused() -> None:
    event = make_delivered()
    provider = event.commissions.get().contract.provider
    make_engagement(make_person(name="Ben Own"), provider)

    with pytest.raises(ProvidersError, match="works for Harbour"):
        observe(event, who="ben own")
    with pytest.raises(ProvidersError, match="has not run"):
        observe(make_event(days=[in_days(9)]))


def test_others_record_and_decide_nothing() -> None:
    for attempt in (
        lambda: complain(by=pdl_member()),
        lambda: decide(complain(), by=pdl_member()),
        lambda: observe(make_delivered(), by=pdl_member()),
    ):
        with pytest.raises(ProvidersError, match="Only a coordinator"):
            attempt()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"about": ""}, "complaint_says_what_about"),
        ({"standing": "upheld"}, "complaint_is_decided_with_who_when_and_outcome"),
        ({"outcome": "Early"}, "complaint_is_decided_with_who_when_and_outcome"),
    ],
)
def test_postgresql_refuses_a_complaint(change: dict[str, Any], name: str) -> None:
    complaint = complain()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(**change)


def test_postgresql_refuses_a_decision_before_the_complaint() -> None:
    complaint = decide(complain())

    with pytest.raises(IntegrityError, match="complaint_is_decided_after_it_came"), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(decided_on=TODAY() - 9 * DAY)


@pytest.mark.parametrize(
    ("change", "name"),
    [({"who": ""}, "observation_says_who_saw_what"), ({"verdict": "fine"}, "observation_verdict_is_known")],
)
def test_postgresql_refuses_an_observation(change: dict[str, Any], name: str) -> None:
    observation = observe(make_delivered())

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(**change)


def test_pages(coordinator: User, client_of: ClientOf) -> None:
    client, day = client_of(coordinator), TODAY() - DAY
    sent = {
        "event": make_delivered().reference.lower(), "about": "Old slides", "submission": str(uuid.uuid4()),
        **{f"received_on_{part}": str(getattr(day, part)) for part in ("day", "month", "year")},
    }  # fmt: skip
    for _ in range(2):
        client.post("/providers/quality/complaints/add/", sent)
    complaint = Complaint.objects.get()

    page = client.get("/providers/quality/").content.decode()

    assert f"/providers/quality/complaints/{complaint.reference}/decide/" in page
    for rubbish in ("NOPE", "9" * 300, "-1"):
        refused = client.post("/providers/quality/observations/add/", {"event": rubbish})
        assert "event" in refused.context["form"].errors
    reader = client_of(pdl_member())
    assert "Old slides" in reader.get("/providers/quality/").content.decode()
    for path in ("complaints/add/", f"complaints/{complaint.reference}/decide/", "observations/add/"):
        assert reader.post(f"/providers/quality/{path}", sent).status_code == 403
    assert client.get("/providers/quality/complaints/NOPE/decide/").status_code == 404
