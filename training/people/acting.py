"""In whose name a command acts: every change says who made it."""

from django.utils import timezone

from training.people.errors import PeopleError
from training.people.models import RoleGrant, User
from training.people.permissions import ROLE_PERMISSIONS, Permission


def acting_user(permission: Permission, address: str = "") -> User:
    """The login with this address; without one, of those who may do this the one who has for longest.

    Raises PeopleError when there is none, or they may not.
    """
    if address:
        user = User.objects.filter(email__iexact=address, is_active=True).select_related("person").first()
        if user is None or not user.may(permission):
            raise PeopleError(f"{address} has no login that may do this.")
        return user
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if role is not None and permission in allowed]
    grants = RoleGrant.objects.on(timezone.localdate()).filter(role__in=roles, person__user__is_active=True)
    grant = grants.select_related("person__user").order_by("period", "pk").first()
    if grant is None:
        raise PeopleError("Nobody may do this yet. Give somebody the role of coordinator first, on the People pages.")
    return grant.person.user
