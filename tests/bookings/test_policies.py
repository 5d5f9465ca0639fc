"""Several sets of booking rules: which holds for a date, and how new ones are written without touching old ones."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from bookings.actions.policies import RULES, add_policy, end_policy, take_back_version, write_version
from bookings.errors import BookingsError
from bookings.models import BookingPolicy, BookingPolicyVersion
from bookings.rules.consequences import consequences
from bookings.rules.policy import policy_for
from bookings.rules.sentences import compare, scope_words, sentences
from tests.bookings.refusing import refused_by
from tests.factories import make_user
from tests.factories_bookings import ensure_policy, make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_version
from training.catalogue.models import Event

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
LONG_AGO = datetime.date(2001, 1, 1)


def some_rules(**fields: Any) -> dict[str, Any]:
    return {**{name: getattr(BookingPolicyVersion(), name) for name in RULES}, **fields}


def make_rules(name: str, *, from_day: datetime.date = LONG_AGO, **scope: Any) -> BookingPolicyVersion:
    policy = BookingPolicy.objects.create(name=name, **scope)
    return BookingPolicyVersion.objects.create(policy=policy, number=1, effective_from=from_day)


def write(policy: BookingPolicy, *, days: int = 5, by: Any = None, why: str = "Agreed", **fields: Any) -> Any:
    return write_version(
        policy=policy, rules=some_rules(**fields), effective_from=TODAY() + datetime.timedelta(days=days), why=why,
        by=by or any_coordinator(), now=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def event() -> Event:
    """Live online, half a day."""
    ensure_policy()
    return make_event(mode="virtual", days=[in_days(30)])


def test_the_most_specific_rules_win(event: Event) -> None:
    course, length = event.version.course, "half_day"
    scopes: list[dict[str, Any]] = [
        {"length": length},
        {"mode": "virtual"},
        {"mode": "virtual", "length": length},
        {"course": course},
        {"course": course, "length": length},
        {"course": course, "mode": "virtual"},
        {"course": course, "mode": "virtual", "length": length},
    ]
    others: list[dict[str, Any]] = [
        {"course": make_version().course}, {"mode": "face_to_face"}, {"course": course, "length": "day"},
    ]  # fmt: skip
    for number, other in enumerate(others):
        make_rules(f"Other {number}", **other)

    assert policy_for(event, TODAY()).policy.is_default
    for number, scope in enumerate(scopes):
        rules = make_rules(f"Rules {number}", **scope)
        assert policy_for(event, TODAY()) == rules


def test_rules_that_have_not_begun_or_have_ended_do_not_hold(event: Event) -> None:
    make_rules("To come", mode="virtual", from_day=TODAY() + datetime.timedelta(days=1))
    make_rules("Over", length="half_day", ended_on=TODAY())

    assert policy_for(event, TODAY()).policy.is_default
    assert policy_for(event, TODAY() + datetime.timedelta(days=1)).policy.name == "To come"


def test_choosing_rules_is_one_query(event: Event, django_assert_num_queries: Any) -> None:
    make_rules("Online", mode="virtual")
    found = Event.objects.select_related("version").get(pk=event.pk)

    with django_assert_num_queries(1):
        policy_for(found, TODAY())


def test_a_booking_keeps_the_rules_it_was_made_under(event: Event) -> None:
    before = make_booking(event)
    rules = make_rules("Online", mode="virtual")
    after = make_booking(event)

    before.refresh_from_db()
    assert before.policy_version.policy.is_default
    assert after.policy_version == rules


def test_write_version_begins_on_its_day(event: Event) -> None:
    policy = policy_for(event, TODAY()).policy

    version = write(policy, notice_amount=10, tariffs=[{"who": "everybody", "fee_pence": 0, "charge_pence": 5000}])

    assert policy_for(event, version.effective_from) == version
    assert policy_for(event, version.effective_from - datetime.timedelta(days=1)) != version
    assert (version.notice_amount, version.why, version.written_by) == (10, "Agreed", any_coordinator().person)


def test_write_version_twice_is_one(event: Event) -> None:
    policy = policy_for(event, TODAY()).policy

    assert write(policy) == write(policy)
    with pytest.raises(BookingsError, match="begins on that day already"):
        write(policy, notice_amount=9)


@pytest.mark.parametrize(
    ("given", "says"),
    [({"days": 0}, "tomorrow at the earliest"), ({"why": "  "}, "Enter why")],
)
def test_write_version_refuses(event: Event, given: dict[str, Any], says: str) -> None:
    with pytest.raises(BookingsError, match=says):
        write(policy_for(event, TODAY()).policy, **given)


def test_only_a_coordinator_writes_rules(event: Event) -> None:
    by = make_user()

    with pytest.raises(BookingsError, match="Only a coordinator"):
        write(policy_for(event, TODAY()).policy, by=by)
    with pytest.raises(BookingsError, match="Only a coordinator"):
        add_policy(name="Mine", course=None, mode="virtual", length="", by=by)


def test_take_back_a_version_that_has_not_begun(event: Event) -> None:
    version, by, now = write(policy_for(event, TODAY()).policy), any_coordinator(), timezone.now()

    assert take_back_version(version=version, by=by, now=now)
    assert not take_back_version(version=version, by=by, now=now)
    with pytest.raises(BookingsError, match="in force"):
        take_back_version(version=policy_for(event, TODAY()), by=by, now=now)


def test_postgresql_refuses_to_edit_rules_in_force(event: Event) -> None:
    version = policy_for(event, TODAY())

    for change in (lambda: BookingPolicyVersion.objects.filter(pk=version.pk).update(notice_amount=1), version.delete):
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            change()


def test_add_policy_again_is_the_same() -> None:
    given = {"course": None, "mode": "virtual", "length": "", "by": any_coordinator()}

    first = add_policy(name="Live online", **given)

    assert add_policy(name="Live online", **given) == first
    with pytest.raises(BookingsError, match="same dates already: Live online"):
        add_policy(name="Webinars", **given)
    with pytest.raises(BookingsError, match="called Live online already"):
        add_policy(name="Live online", **{**given, "length": "day"})
    with pytest.raises(BookingsError, match="which dates"):
        add_policy(name="All", **{**given, "mode": ""})


def test_end_policy_lets_the_wider_rules_hold(event: Event) -> None:
    policy = make_rules("Online", mode="virtual").policy
    tomorrow = TODAY() + datetime.timedelta(days=1)
    given = {"by": any_coordinator(), "now": timezone.now()}

    end_policy(policy=policy, from_day=tomorrow, **given)
    end_policy(policy=policy, from_day=tomorrow, **given)

    assert policy_for(event, TODAY()).policy == policy
    assert policy_for(event, tomorrow).policy.is_default
    with pytest.raises(BookingsError, match="standard rules cannot end"):
        end_policy(policy=policy_for(event, tomorrow).policy, from_day=tomorrow, **given)


def test_consequences_count_dates_and_bookings_and_say_what_changes(event: Event) -> None:
    make_booking(event)
    make_event(days=[in_days(30)])
    make_event(mode="virtual", days=[in_days(3)])
    draft = BookingPolicyVersion(
        policy=BookingPolicy(name="Online", mode="virtual"), effective_from=in_days(10), notice_amount=10
    )

    found = consequences(draft, TODAY())

    assert (found.dates, found.kept) == (1, 1)
    assert found.replaces == policy_for(event, TODAY())
    assert [one.about for one in found.changes] == ["Cancelling"]


def test_every_rule_is_a_sentence() -> None:
    """Whatever of a version is changed, a sentence of it changes."""
    plain = BookingPolicyVersion()
    changed = some_rules(
        notice_kind="weeks", notice_amount=3, notice_ends_at=datetime.time(12), late_percent=50, all_within_amount=1,
        closes_working_days_before=3, offer_working_hours=8, late_offer_working_hours=2, late_offer_within_days=5,
        asks_working_days_before=4, joining_working_days_before=7, joining_link_hours=24, late_grace_minutes=0,
        early_grace_minutes=5, turned_away_is_absent=False, release_working_days_before=10,
        adjustments_kept_days=14, tariffs=[{"who": "everybody", "fee_pence": 1, "charge_pence": 2}],
        is_charge_per_day=True, fee_vat="included", charge_vat="exempt", exempt_person_kinds=["student"],
        exempt_roles=["trainer"], exempt_courses=["BSP001"], explain_working_days=5,
    )  # fmt: skip
    tariff = {"tariffs": changed["tariffs"]}

    for name in RULES:
        basis: dict[str, Any] = tariff if name in ("late_percent", "is_charge_per_day") else {}
        basis = {**tariff, "late_percent": 50} if name == "all_within_amount" else basis
        pair = BookingPolicyVersion(**basis), BookingPolicyVersion(**{**basis, name: changed[name]})
        assert [one for one in compare(*pair) if one.differs], name
    assert len(sentences(plain)) == len({one.about for one in sentences(plain)})


def test_scope_in_words() -> None:
    course = make_version().course

    assert scope_words(BookingPolicy(is_default=True)) == "All dates without rules of their own"
    assert scope_words(BookingPolicy(mode="virtual", length="half_day")) == "Live online, up to four hours"
    assert scope_words(BookingPolicy(course=course, length="day")) == f"{course.code}, one day"


def test_constraints_of_policies_refuse(event: Event) -> None:
    make_rules("Online", mode="virtual")
    version = policy_for(event, TODAY())
    fields = {"policy": version.policy, "number": 50, "effective_from": in_days(9)}

    refused_by("booking_policy_one_for_the_same_dates", lambda: make_rules("Again", mode="virtual"))
    refused_by("booking_policy_default_is_for_all", lambda: make_rules("Nothing named"))
    refused_by(
        "booking_policy_version_asks_no_more", lambda: BookingPolicyVersion.objects.create(**fields, late_percent=101)
    )
    for pence in (-1, 1_000_001):
        line = [{"who": "everybody", "fee_pence": 0, "charge_pence": pence}]
        refused_by(
            "booking_policy_version_sums_are_sane",
            lambda line=line: BookingPolicyVersion.objects.create(**fields, tariffs=line),
        )
    refused_by(
        "booking_policy_version_who_and_when",
        lambda: BookingPolicyVersion.objects.create(**fields, written_at=timezone.now()),
    )
