"""What a new version of the rules would touch, counted before it is written."""

import datetime
from dataclasses import dataclass

from django.db.models import F

from bookings.models import LIVE, Booking, BookingPolicy, BookingPolicyVersion
from bookings.rules.policy import length_of
from bookings.rules.sentences import Compared, compare
from training.catalogue.models import Event
from training.web.when import in_london


@dataclass(frozen=True)
class Consequences:
    """`dates` to come are booked under it from its day on; `kept` bookings on them stay under what they were made by.

    `replaces` is what such dates are booked under today, `changes` what it says otherwise.
    """

    dates: int
    kept: int
    replaces: BookingPolicyVersion | None
    changes: list[Compared]


def consequences(version: BookingPolicyVersion, today: datetime.date) -> Consequences:
    """Of a version that is not written yet; its policy is, or is only in memory."""
    events = dates_of(version.policy, version.effective_from)
    kept = Booking.objects.filter(event__in=events, status__in=LIVE).count()
    replaces = replaced_by(version.policy, today)
    changes = [one for one in compare(replaces, version) if one.differs] if replaces else []
    return Consequences(len(events), kept, replaces, changes)


def dates_of(policy: BookingPolicy, from_day: datetime.date) -> list[int]:
    """Published dates from that day on which are booked under this policy, by its scope and the more specific ones."""
    start = in_london(from_day, datetime.time(12))
    rows = Event.objects.published().filter(starts_at__gte=start)
    found = rows.values_list("pk", "version__course", "mode", "starts_at", "ends_at")
    rivals = list(BookingPolicy.objects.filter(ended_on=None, versions__isnull=False).exclude(pk=policy.pk).distinct())
    return [
        pk for pk, course, mode, starts, ends in found
        if _wins(policy, rivals, (course, mode, length_of(starts, ends)))
    ]  # fmt: skip


Scope = tuple[int, str, str]


def _wins(policy: BookingPolicy, rivals: list[BookingPolicy], scope: Scope) -> bool:
    if not fits(policy, scope):
        return False
    return not any(rank(other) > rank(policy) for other in rivals if fits(other, scope))


def fits(policy: BookingPolicy, scope: Scope) -> bool:
    course, mode, length = scope
    return policy.course_id in (None, course) and policy.mode in ("", mode) and policy.length in ("", length)


def rank(policy: BookingPolicy) -> tuple[bool, bool, bool]:
    """The larger goes first, as `for_dates` orders them."""
    return policy.course_id is not None, bool(policy.mode), bool(policy.length)


def replaced_by(policy: BookingPolicy, today: datetime.date) -> BookingPolicyVersion | None:
    """What its dates are booked under today: its own version in force, else that of the next wider policy."""
    own = policy.versions.filter(effective_from__lte=today).order_by("-effective_from").first() if policy.pk else None
    if own is not None:
        return own
    rows = BookingPolicyVersion.objects.filter(effective_from__lte=today, policy__ended_on=None)
    wider = rows.filter(policy__course__in=[policy.course_id]) | rows.filter(policy__course=None)
    wider = wider.filter(policy__mode__in=("", policy.mode), policy__length__in=("", policy.length))
    order = (F("policy__course").desc(nulls_last=True), "-policy__mode", "-policy__length", "-effective_from")
    return wider.order_by(*order).first()
