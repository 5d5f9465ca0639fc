"""What somebody at the server does for an administrator who cannot get in: nobody else could."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from training.people.actions.second_factor import take_second_step_away
from training.people.emails import tell_role_granted
from training.people.errors import PeopleError
from training.people.models import Person, Role, RoleGrant, User
from training.web.when import london_day


@dataclass(frozen=True)
class Rescued:
    person: Person
    lost_second_step: bool
    became_administrator: bool


@transaction.atomic
def rescue_administrator(*, address: str, reason: str, now: datetime.datetime) -> Rescued:
    """Take the second step of this login away, end its sessions, and make its person administrator if they are none.

    Both are kept with the reason and without a name of who did it: the server's own log says that. Run again it
    finds nothing left to do. Raises PeopleError when nobody signs in with the address, or no reason is given.
    """
    if not reason.strip():
        raise PeopleError("Say why, who asked for it, and how you know that it is them.")
    users = User.objects.select_for_update(of=("self",)).select_related("person")
    user = users.filter(email__iexact=address.strip(), is_active=True, person__isnull=False).first()
    if user is None or user.person is None:
        raise PeopleError(f"Nobody signs in with {address}. They sign up on the site first, then run this again.")
    reset = take_second_step_away(user, by=None, now=now, reason=reason)
    grant = _made_administrator(user.person, reason, now)
    return Rescued(user.person, lost_second_step=reset is not None, became_administrator=grant is not None)


def _made_administrator(person: Person, reason: str, now: datetime.datetime) -> RoleGrant | None:
    today = london_day(now)
    held = person.role_grants.filter(role=Role.ADMINISTRATOR)
    if held.on(today).exists():
        return None
    later = held.filter(period__startswith__gt=today).order_by("period").first()
    grant = RoleGrant.objects.create(
        person=person,
        role=Role.ADMINISTRATOR,
        period=DateRange(today, later.first_day if later else None),
        granted_at=now,
        reason=f"At the server: {reason.strip()}"[:200],
    )
    tell_role_granted(grant, now=now)
    return grant
