"""Whose rows a user may see: the conditions behind every `visible_to`.

They are conditions, not query sets, so that an upper app can put them behind a join of its own
(`Booking.objects.filter(persons_visible_to(user, "person"))`).
"""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from training.people.permissions import Permission

if TYPE_CHECKING:
    from training.people.models import Person, User


def persons_visible_to(user: "User", prefix: str = "") -> Q:
    """Everybody; or the people of the agencies that this user leads; and always oneself.

    `prefix` is the lookup from the filtered rows to the person, such as `person`.
    """
    if user.may(Permission.SEE_ALL_PEOPLE):
        return Q()
    key = f"{prefix}_id" if prefix else "pk"
    own = Q(**{key: user.person_id}) if user.person_id else Q(pk__in=[])
    if not user.may(Permission.SEE_AGENCY_PEOPLE):
        return own
    from training.people.models import Employment

    at_led_agency = Employment.objects.filter(employments_led_by(user), person_id=OuterRef(key.replace("__id", "_id")))
    return own | Q(Exists(at_led_agency))


def employments_led_by(user: "User") -> Q:
    """Employments at the agencies that this user leads, refused claims left out."""
    return Q(agency_id__in=user.led_agency_ids) & ~Q(standing="refused")


def employments_visible_to(user: "User") -> Q:
    if user.may(Permission.SEE_ALL_PEOPLE):
        return Q()
    own = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
    if user.may(Permission.SEE_AGENCY_PEOPLE):
        return own | employments_led_by(user)
    return own


def identity_claims_visible_to(user: "User") -> Q:
    """A coordinator settles every claim; an agency's lead those on people who work there now.

    Not those on a record that holds a role: whoever gets the record gets the role.
    """
    if user.may(Permission.MANAGE_PEOPLE):
        return Q()
    if not user.may(Permission.SEE_AGENCY_PEOPLE):
        return Q(pk__in=[])
    from training.people.models import RoleGrant

    works_there = people_now_led_by(user, "known")
    has_role = Exists(RoleGrant.objects.filter(person_id=OuterRef("known_id")).not_over(timezone.localdate()))
    return works_there & ~Q(has_role) & ~Q(known_id=user.person_id)


def people_now_led_by(user: "User", prefix: str = "") -> Q:
    """Who works today at an agency that this user leads, as far as it is certain: no bare claims."""
    from training.people.models import Employment

    key = f"{prefix}_id" if prefix else "pk"
    certain = (Employment.Standing.CONFIRMED, Employment.Standing.RECOGNISED)
    there = Employment.objects.on(timezone.localdate()).filter(employments_led_by(user), standing__in=certain)
    return Q(Exists(there.filter(person_id=OuterRef(key))))


def messages_visible_to(user: "User") -> Q:
    """All messages; or those to oneself, under the record one has and those joined to it."""
    if user.may(Permission.SEE_OUTBOX):
        return Q()
    return messages_to_oneself(user)


def messages_to_oneself(user: "User") -> Q:
    if user.person is None:
        return Q(pk__in=[])
    return messages_to(user.person)


def messages_to(person: "Person") -> Q:
    """Messages written to this person, or to a record that was joined to theirs."""
    return Q(person_reference__in=[person.reference, *person.merged_from.values_list("reference", flat=True)])
