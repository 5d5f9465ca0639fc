"""What the pages of booking rules show, worked out once."""

import datetime
from dataclasses import dataclass

from django.db.models import Count

from bookings.errors import BookingsError
from bookings.models import BookingPolicy, BookingPolicyVersion
from bookings.rules.consequences import rank
from bookings.rules.sentences import scope_words
from training.catalogue.models import Event
from training.people.models import User

# The one sentence that says which rules win; `policy_for` does as it says.
ORDER = (
    "Rules for a course go before rules for how it is held, those before rules for how long it is, and those before "
    "the standard rules. Of two for the same course, whichever name more. A booking keeps the rules it was made under."
)


@dataclass(frozen=True)
class Listed:
    """One set of rules, and the versions that matter now."""

    policy: BookingPolicy
    scope: str
    current: BookingPolicyVersion | None
    coming: BookingPolicyVersion | None
    is_over: bool


def listed_policies(today: datetime.date) -> list[Listed]:
    """The most specific first, those that have ended last."""
    rows = BookingPolicy.objects.select_related("course").prefetch_related("versions").order_by("name")
    listed = [_listed(row, today) for row in rows]
    return sorted(listed, key=lambda one: (one.is_over, *(not named for named in rank(one.policy))))


def _listed(row: BookingPolicy, today: datetime.date) -> Listed:
    versions = sorted(row.versions.all(), key=lambda one: one.effective_from)
    current = [one for one in versions if one.effective_from <= today]
    coming = [one for one in versions if one.effective_from > today]
    is_over = row.ended_on is not None and row.ended_on <= today
    return Listed(
        row, scope_words(row), current[-1] if current else None, coming[0] if coming else None, is_over
    )  # fmt: skip


def version_states(policy: BookingPolicy, today: datetime.date) -> list[tuple[BookingPolicyVersion, str]]:
    """Each version, the newest first, with what it is now: to come, in force, or over. With `made`: its bookings."""
    versions = list(policy.versions.annotate(made=Count("bookings")).order_by("-effective_from"))
    begun = [one for one in versions if one.effective_from <= today]
    is_over = policy.ended_on is not None and policy.ended_on <= today
    current = begun[0] if begun and not is_over else None
    return [(one, _state(one, current, today)) for one in versions]


def _state(one: BookingPolicyVersion, current: BookingPolicyVersion | None, today: datetime.date) -> str:
    if one is current:
        return "In force"
    return "To come" if one.effective_from > today else "Over"


def standing_rules(today: datetime.date) -> BookingPolicyVersion:
    """The standard rules in force; raises BookingsError on an installation without any."""
    found = BookingPolicyVersion.objects.in_force(today).first()
    if found is None:
        raise BookingsError("There are no standard booking rules yet.")
    return found


def date_or_none(user: User, reference: str) -> Event | None:
    return Event.objects.visible_to(user).filter(reference__iexact=reference[:20]).first()
