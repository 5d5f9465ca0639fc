import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from training.people.emails import tell_role_granted
from training.people.errors import PeopleError
from training.people.models import Agency, Person, Role, RoleGrant, User
from training.people.permissions import Permission


def may_grant(by: User, role: Role) -> bool:
    """A coordinator appoints training leads, several to an organisation; every other role is an administrator's."""
    return by.may(Permission.GRANT_ROLES) or (role == Role.AGENCY_LEAD and by.may(Permission.APPOINT_LEADS))


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    reason: str,
    by: User,
    now: datetime.datetime,
    from_day: datetime.date,
    last_day: datetime.date | None = None,
    agency: Agency | None = None,
) -> RoleGrant:
    """Give a role from a day on, to a last day if it has one, and tell the person.

    Raises PeopleError for a granter who may not, for a lead without an organisation, and when the person
    holds the role in that time already.
    """
    if not may_grant(by, role):
        raise PeopleError("Only an administrator can give roles; a coordinator can appoint training leads.")
    if person.pk == by.person_id:
        raise PeopleError("Another administrator has to change your own roles.")
    if (role == Role.AGENCY_LEAD) != (agency is not None):
        raise PeopleError("Choose the organisation that this person leads; other roles have none.")
    if not reason.strip():
        raise PeopleError("Say why, in a few words: who asked for it, or which decision it follows.")
    if last_day is not None and last_day < from_day:
        raise PeopleError("Enter a last day on or after the first one.")
    period = DateRange(from_day, last_day + datetime.timedelta(days=1) if last_day else None)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.role_grants.filter(role=role, agency=agency, period__overlap=period).exists():
        raise PeopleError(f"{locked.name} already holds this role in that time.")
    grant = RoleGrant.objects.create(
        person=locked,
        role=role,
        agency=agency,
        period=period,
        granted_by_id=by.person_id,
        granted_at=now,
        reason=reason.strip(),
    )
    tell_role_granted(grant, now=now)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: User, today: datetime.date) -> None:
    """Take a role away from today on. A grant that begins today or later is removed."""
    if not may_grant(by, Role(grant.role)):
        raise PeopleError("Only an administrator can take roles away; a coordinator can end training leads’.")
    locked = RoleGrant.objects.select_for_update().filter(pk=grant.pk).first()
    if locked is None:
        return
    if locked.person_id == by.person_id:
        raise PeopleError("Another administrator has to change your own roles.")
    if locked.period.upper is not None and locked.period.upper <= today:
        return
    if locked.period.lower >= today:
        locked.delete()
        return
    locked.period = DateRange(locked.period.lower, today)
    locked.save(update_fields=["period"])
