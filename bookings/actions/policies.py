"""A coordinator writes the booking rules: new versions from a day to come, never a change of what is in force."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from bookings.errors import BookingsError
from bookings.models import BookingPolicy, BookingPolicyVersion
from bookings.rights import require_coordinator
from training.catalogue.models import Course
from training.people.models import User
from training.web.when import london_day
from training.web.words import full_day

# All that a version says, but for what it belongs to and who wrote it.
RULES = (
    "notice_kind", "notice_amount", "notice_ends_at", "late_percent", "all_within_amount",
    "closes_working_days_before", "offer_working_hours", "late_offer_working_hours", "late_offer_within_days",
    "asks_working_days_before", "joining_working_days_before", "joining_link_hours", "late_grace_minutes",
    "early_grace_minutes", "turned_away_is_absent", "release_working_days_before",
    "adjustments_kept_days", "tariffs", "is_charge_per_day", "fee_vat", "charge_vat", "exempt_person_kinds",
    "exempt_roles", "exempt_courses", "explain_working_days",
)  # fmt: skip


@transaction.atomic
def add_policy(*, name: str, course: Course | None, mode: str, length: str, by: User) -> BookingPolicy:
    """Rules of their own for some dates; they hold once a version of them begins. The same again gives the same."""
    require_coordinator(by)
    name = " ".join(name.split())[:80]
    if not name:
        raise BookingsError("Enter what these rules are called.")
    if not (course or mode or length):
        raise BookingsError("Say which dates these rules are for: a course, how it is held, or how long it is.")
    same = BookingPolicy.objects.filter(course=course, mode=mode, length=length, ended_on=None).first()
    if same is not None:
        if same.name == name:
            return same
        raise BookingsError(f"There are rules for the same dates already: {same.name}. Write a new version of them.")
    try:
        with transaction.atomic():
            return BookingPolicy.objects.create(name=name, course=course, mode=mode, length=length)
    except IntegrityError:
        raise BookingsError(f"There are rules called {name} already, or for the same dates.") from None


def draft_version(
    policy: BookingPolicy, rules: Mapping[str, Any], effective_from: datetime.date
) -> BookingPolicyVersion:
    """What a version would be, in memory: for a preview."""
    return BookingPolicyVersion(policy=policy, effective_from=effective_from, **{name: rules[name] for name in RULES})


@transaction.atomic
def write_version(
    *,
    policy: BookingPolicy,
    rules: Mapping[str, Any],
    effective_from: datetime.date,
    why: str,
    by: User,
    now: datetime.datetime,
) -> BookingPolicyVersion:
    """The next version of these rules, from a day to come: bookings made before it keep theirs.

    `rules` says all of RULES. The same version sent twice is written once.
    """
    person = require_coordinator(by)
    locked = BookingPolicy.objects.select_for_update().get(pk=policy.pk)
    why = " ".join(why.split())[:300]
    if not why:
        raise BookingsError("Enter why the rules change: it is kept with them.")
    if locked.ended_on is not None:
        raise BookingsError(f"These rules end on {full_day(locked.ended_on)}. Add new ones.")
    if effective_from <= london_day(now):
        raise BookingsError("New rules begin tomorrow at the earliest: what is booked today is booked by today’s.")
    version = draft_version(locked, rules, effective_from)
    if held := locked.versions.filter(effective_from=effective_from).first():
        if all(getattr(held, name) == getattr(version, name) for name in RULES):
            return held
        raise BookingsError("A version begins on that day already. Choose another day, or take that one back first.")
    latest = locked.versions.order_by("-number").first()
    version.number = latest.number + 1 if latest else 1
    version.why, version.written_by, version.written_at = why, person, now
    version.save(force_insert=True)
    return version


@transaction.atomic
def take_back_version(*, version: BookingPolicyVersion, by: User, now: datetime.datetime) -> bool:
    """Delete a version that has not begun. A second click changes nothing; gives whether there was one."""
    require_coordinator(by)
    held = BookingPolicyVersion.objects.select_for_update().filter(pk=version.pk).first()
    if held is None:
        return False
    if held.effective_from <= london_day(now):
        raise BookingsError("This version is in force: bookings are made under it. Write a new version instead.")
    held.delete()
    return True


@transaction.atomic
def end_policy(*, policy: BookingPolicy, from_day: datetime.date, by: User, now: datetime.datetime) -> BookingPolicy:
    """From that day on new bookings are made under the next fitting rules. The same again changes nothing."""
    require_coordinator(by)
    locked = BookingPolicy.objects.select_for_update().get(pk=policy.pk)
    if locked.ended_on == from_day:
        return locked
    if locked.is_default:
        raise BookingsError("The standard rules cannot end: every date needs some. Write a new version of them.")
    if from_day <= london_day(now):
        raise BookingsError("Rules end tomorrow at the earliest.")
    if locked.ended_on is not None:
        raise BookingsError(f"These rules end on {full_day(locked.ended_on)} already.")
    locked.ended_on = from_day
    locked.save(update_fields=["ended_on"])
    return locked
