import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from training.people.errors import PeopleError
from training.people.models import Partnership, Person, Role, RoleGrant, User
from training.web.when import london_day


@transaction.atomic
def set_up(*, name: str, address: str, now: datetime.datetime) -> tuple[Partnership, Person]:
    """Name the partnership and make the first administrator, whom nobody else could grant the role.

    Raises PeopleError when nobody has signed up with the address, and when there is an administrator already.
    """
    user = User.objects.filter(email__iexact=address.strip(), person__isnull=False).select_related("person").first()
    if user is None or user.person is None:
        raise PeopleError(f"Nobody has signed up with {address}. Sign up on the site first, then run this again.")
    today = london_day(now)
    if RoleGrant.objects.select_for_update().on(today).filter(role=Role.ADMINISTRATOR).exists():
        raise PeopleError("There is an administrator already, who can give others the role on the People pages.")
    RoleGrant.objects.create(
        person=user.person,
        role=Role.ADMINISTRATOR,
        period=DateRange(today, None),
        granted_at=now,
        reason="First administrator of the installation",
    )
    partnership, _ = Partnership.objects.update_or_create(id=1, defaults={"name": name, "short_name": name[:40]})
    return partnership, user.person
