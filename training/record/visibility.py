"""Whose records a user may see."""

from django.db.models import DateField, Exists, F, Func, OuterRef, Q

from training.people.models import Employment, User
from training.people.permissions import Permission
from training.people.visibility import employments_led_by


def achievements_visible_to(user: User) -> Q:
    """A mover's record is theirs: the old organisation sees what was done up to the last day there."""
    if user.may(Permission.SEE_ALL_PEOPLE):
        return Q()
    own = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
    if not user.may(Permission.SEE_AGENCY_PEOPLE):
        return own
    ended = Func(F("period"), function="upper", output_field=DateField())
    there = Employment.objects.filter(employments_led_by(user), person_id=OuterRef("person_id")).annotate(ended=ended)
    return own | Q(Exists(there.filter(Q(ended__isnull=True) | Q(ended__gt=OuterRef("on")))))
