"""Who may answer whose claim."""

from django.db.models import Q

from training.people.models import User
from training.people.permissions import Permission
from training.people.visibility import people_now_led_by


def claims_settled_by(user: User) -> Q:
    """A coordinator any, a lead those of people who work for them now; nobody their own."""
    not_own = ~Q(person_id=user.person_id)
    if user.may(Permission.MANAGE_PEOPLE):
        return not_own
    if user.may(Permission.SEE_AGENCY_PEOPLE):
        return people_now_led_by(user, "person") & not_own
    return Q(pk__in=[])
