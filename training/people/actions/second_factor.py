import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from training.people.actions.signing_out import end_sessions
from training.people.emails import tell_second_factor_reset
from training.people.errors import PeopleError
from training.people.models import Person, SecondFactorReset, User
from training.people.permissions import Permission


@transaction.atomic
def reset_second_factor(*, user: User, by: User, now: datetime.datetime, reason: str) -> SecondFactorReset | None:
    """Take away the app and the recovery codes of somebody who lost their phone, sign them out, and tell them.

    None when there is no second step to take away: a second click changes nothing. Whoever gives the reason
    has made sure by telephone or face to face who is asking; a message from the address proves too little.
    """
    if not by.may(Permission.GRANT_ROLES):
        raise PeopleError("Only an administrator can take a second step away.")
    if user.pk == by.pk:
        raise PeopleError("Another administrator has to do this for you.")
    if not reason.strip():
        raise PeopleError("Say in a few words why, and how you know who is asking.")
    if by.person is None:
        raise PeopleError("Say your name first: it is kept with this.")
    return take_second_step_away(user, by=by.person, now=now, reason=reason)


@transaction.atomic
def take_second_step_away(
    user: User, *, by: Person | None, now: datetime.datetime, reason: str
) -> SecondFactorReset | None:
    """For whoever has made sure that it may be done; `by` None is somebody at the server.

    Whoever has the lost phone may be signed in on it: every session ends.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not Authenticator.objects.filter(user=locked).delete()[0]:
        return None
    reset = SecondFactorReset.objects.create(user=end_sessions(locked), by=by, at=now, reason=reason.strip()[:200])
    tell_second_factor_reset(reset, now=now)
    return reset
