"""Whose rows a user may see: the conditions behind every `visible_to`.

They are conditions, not query sets, so that an upper app can put them behind a join of its own
(`Booking.objects.filter(persons_visible_to(user, "person"))`).
"""

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from training.people.permissions import Permission

if TYPE_CHECKING:
    from training.people.models import Person, User
    from training.people.models.employment import EmploymentQuerySet


def persons_visible_to(user: "User", prefix: str = "") -> Q:
    """Everybody; or the people of the agencies that this user leads, as long as they are; and always oneself.

    `prefix` is the lookup from the filtered rows to the person, such as `person`.
    """
    if user.may(Permission.SEE_ALL_PEOPLE):
        return Q()
    key = f"{prefix}_id" if prefix else "pk"
    own = Q(**{key: user.person_id}) if user.person_id else Q(pk__in=[])
    if not user.may(Permission.SEE_AGENCY_PEOPLE):
        return own
    return own | Q(Exists(_at_led_agency(user, key).not_over(timezone.localdate())))


def records_visible_to(user: "User", on: str, prefix: str = "person") -> Q:
    """The same for what a person did on a day: of whoever has left, what they did until then.

    `on` is the column with the day. A mover's record is theirs: the old agency sees it up to the leaving date.
    """
    if not user.may(Permission.SEE_AGENCY_PEOPLE) or user.may(Permission.SEE_ALL_PEOPLE):
        return persons_visible_to(user, prefix)
    key = f"{prefix}_id"
    own = Q(**{key: user.person_id}) if user.person_id else Q(pk__in=[])
    return own | Q(Exists(_at_led_agency(user, key).filter(until_they_left(OuterRef(on)))))


def until_they_left(on: Any, prefix: str = "") -> Q:
    """Of what belongs to an employment: everything while it lasts; once it is over, what is dated before its end.

    `on` is an expression of a date, `prefix` the lookup from the filtered rows to the employment.
    """
    end = f"{prefix}__period__endswith" if prefix else "period__endswith"
    lasts = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": timezone.localdate()})
    return lasts | Q(**{f"{end}__gt": on})


def _at_led_agency(user: "User", key: str) -> "EmploymentQuerySet":
    from training.people.models import Employment

    there = Employment.objects.filter(employments_led_by(user), standing__in=_certain())
    return there.filter(person_id=OuterRef(key))


def _certain() -> tuple[str, ...]:
    from training.people.models import Employment

    return (Employment.Standing.CONFIRMED, Employment.Standing.RECOGNISED)


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
    key = f"{prefix}_id" if prefix else "pk"
    return Q(Exists(_at_led_agency(user, key).on(timezone.localdate())))


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
