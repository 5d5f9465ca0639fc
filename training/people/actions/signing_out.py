from django.db import transaction
from django.db.models import F

from training.people.errors import PeopleError
from training.people.models import User


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> User:
    """End every session of one's own login. Whoever asked signs the present one in again: see its page."""
    if user.pk != by.pk:
        raise PeopleError("You can only sign yourself out.")
    return end_sessions(user)


def end_sessions(user: User) -> User:
    """All that are open, on every machine. Called inside an action's transaction; returns the login as it is now."""
    User.objects.filter(pk=user.pk).update(sign_out_count=F("sign_out_count") + 1)
    return User.objects.get(pk=user.pk)
