"""The pages of the booking rules: the coordinator's alone; a version is previewed, then written."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.forms.policies import WHO, VersionForm, initial_of
from bookings.models import BookingPolicy, BookingPolicyVersion
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import ensure_policy
from tests.factories_catalogue import any_coordinator, in_days, make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(partnership: object) -> BookingPolicy:
    return ensure_policy().policy


@pytest.fixture
def client(standard: BookingPolicy, client_of: ClientOf) -> Client:
    return client_of(any_coordinator())


def url(name: str, policy: BookingPolicy, *more: int) -> str:
    return reverse(f"bookings:{name}", args=[policy.reference, *more])


def filled_in(**changed: Any) -> dict[str, Any]:
    """The form as the page hands it out, with a day and a reason."""
    day = timezone.localdate() + datetime.timedelta(days=5)
    form = VersionForm(follows=BookingPolicyVersion())
    values = {name: form[name].value() for name in form.fields}
    values.update({"effective_from_day": day.day, "effective_from_month": day.month, "effective_from_year": day.year})
    values.update({"why": "Agreed in May", "charge_everybody": "80", "notice_ends_at": "17:00", **changed})
    return {name: value for name, value in values.items() if value is not None and value is not False and value != []}


def test_a_version_is_previewed_and_then_written(client: Client, standard: BookingPolicy) -> None:
    address, given = url("policy-version-add", standard), filled_in(notice_amount="10")
    assert client.get(address).status_code == 200

    preview = client.post(address, given).content.decode()
    assert "What this will do" in preview
    assert "Then: Cancelling is free until 10 working days" in preview
    assert standard.versions.count() == 1

    for _ in range(2):  # the second click
        answer = client.post(address, {**given, "do": "write"})
        assert answer.headers["Location"] == url("policy-version", standard, 2)
    written = standard.versions.get(number=2)
    assert (written.notice_amount, written.tariffs) == (
        10, [{"who": "everybody", "fee_pence": 0, "charge_pence": 8000}],
    )  # fmt: skip
    assert "Everybody else: £80." in client.get(url("policy-version", standard, 2)).content.decode()
    assert "Different" in client.get(url("policy-compare", standard, 1, 2)).content.decode()

    client.post(url("policy-version-take-back", standard, 2))
    client.post(url("policy-version-take-back", standard, 2))
    client.post(url("policy-version-take-back", standard, 1))
    assert list(standard.versions.values_list("number", flat=True)) == [1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"notice_amount": "-1"},
        {"notice_amount": "x" * 40, "charge_everybody": "1e9"},
        {"charge_everybody": "10001"},
        {"exempt_courses": "NO-SUCH"},
        {"exempt_roles": ["king"]},
        {"all_within_amount": "9"},
        {"effective_from_day": "31", "effective_from_month": "2"},
        {"effective_from_year": "2001"},
        {"why": ""},
    ],
)
def test_rubbish_is_refused_and_nothing_is_written(
    client: Client, standard: BookingPolicy, wrong: dict[str, Any]
) -> None:
    answer = client.post(url("policy-version-add", standard), {**filled_in(**wrong), "do": "write"})

    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert standard.versions.count() == 1


def test_rules_for_some_dates_are_added_and_end(client: Client) -> None:
    given = {"name": "Live online", "course": "", "mode": "virtual", "length": ""}
    for _ in range(2):
        answer = client.post("/bookings/rules/add/", given)
        policy = BookingPolicy.objects.get(name="Live online")
        assert answer.headers["Location"] == url("policy-version-add", policy)
    assert "There is a problem" in client.post("/bookings/rules/add/", {**given, "course": "?"}).content.decode()
    assert "There is a problem" in client.post("/bookings/rules/add/", {"name": "All"}).content.decode()

    day = timezone.localdate() + datetime.timedelta(days=2)
    ending = {"from_day_day": day.day, "from_day_month": day.month, "from_day_year": day.year}
    for _ in range(2):
        assert client.post(url("policy-end", policy), ending).status_code == 302
    assert "There is a problem" in client.post(url("policy-end", policy), {}).content.decode()
    policy.refresh_from_db()
    assert policy.ended_on == day
    assert "They end on" in client.get("/bookings/rules/").content.decode()


def test_which_rules_hold_for_a_date(client: Client) -> None:
    event = make_event(days=[in_days(30)])

    found = client.get("/bookings/rules/", {"date": event.reference.lower()}, follow=True)
    lost = client.get("/bookings/rules/", {"date": "<b>"})

    assert found.context["version"].policy.is_default
    assert "Which rules hold for this date" in found.content.decode()
    assert "There is no date with the reference “&lt;b&gt;”" in lost.content.decode()


def test_the_pages_are_a_coordinators_alone(client_of: ClientOf, standard: BookingPolicy) -> None:
    other = client_of(make_user())
    event = make_event(days=[in_days(30)])

    pages = [
        "/bookings/rules/",
        "/bookings/rules/add/",
        url("policy", standard),
        url("policy-version", standard, 1),
        url("policy-version-add", standard),
        url("policy-compare", standard, 1, 1),
        reverse("bookings:date-rules", args=[event.reference]),
    ]
    assert {other.get(page).status_code for page in pages} == {403}
    for name, more in (("policy-end", ()), ("policy-version-take-back", (1,))):
        assert other.post(url(name, standard, *more)).status_code == 403


def test_the_form_begins_with_what_holds() -> None:
    tariffs = [{"who": "sector:police", "fee_pence": 0, "charge_pence": 7050}]
    version = BookingPolicyVersion(tariffs=tariffs, exempt_courses=["A", "B"])

    form = VersionForm(follows=version)

    assert initial_of(version)["exempt_courses"] == "A, B"
    assert [form[f"{field}_sector:police"].value() for field in ("fee", "charge")] == ["0", "70.50"]
    assert str(form["charge_sector:police"]).count('value="70.50"') == 1
    assert len(form.tariff_rows) == len(WHO)
