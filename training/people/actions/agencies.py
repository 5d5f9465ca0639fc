import datetime

from django.db import IntegrityError, transaction

from training.people.errors import PeopleError, StaleError
from training.people.models import Agency, AgencyGroup, Employment, Sector, User
from training.people.permissions import Permission


@transaction.atomic
def propose_agency(*, name: str) -> Agency:
    """Somebody's organisation is not in the list: keep what they typed for a coordinator to settle.

    The same name again, in any case of letters, gives the same organisation.
    """
    tidy = " ".join(name.split())[:200]
    if not tidy:
        raise PeopleError("Enter the name of where you work.")
    if known := Agency.objects.filter(name__iexact=tidy).first():
        return known
    try:
        with transaction.atomic():
            return Agency.objects.create(name=tidy, sector=Sector.OTHER, standing=Agency.Standing.PROVISIONAL)
    except IntegrityError:  # somebody else typed the same at this moment
        return Agency.objects.get(name__iexact=tidy)


@transaction.atomic
def save_agency(*, agency: Agency, revision: int, by: User, new_group: str = "") -> Agency:
    """Add or change an organisation; a provisional one becomes known by it.

    `new_group` names a group to put it in, added if there is none of that name.
    Raises StaleError when somebody else changed it since `revision` was read, PeopleError for a name that is taken.
    """
    if not by.may(Permission.MANAGE_PEOPLE):
        raise PeopleError("Only a coordinator can change organisations.")
    if agency.pk:
        _refuse_stale(agency, revision)
    _refuse_taken_names(agency)
    if group := " ".join(new_group.split()):
        agency.group = AgencyGroup.objects.get_or_create(name__iexact=group, defaults={"name": group[:200]})[0]
    domains = (domain.strip().lower().lstrip("@") for domain in agency.email_domains)
    agency.email_domains = sorted({domain for domain in domains if domain})
    agency.revision = revision + 1 if agency.pk else 1
    if agency.standing == Agency.Standing.PROVISIONAL:
        agency.standing = Agency.Standing.SETTLED
    try:
        with transaction.atomic():
            agency.save()
    except IntegrityError:  # taken between the question above and now
        raise PeopleError(f"There is already an organisation called {agency.name} or {agency.short_name}.") from None
    return agency


def _refuse_stale(agency: Agency, revision: int) -> None:
    held = Agency.objects.select_for_update().get(pk=agency.pk)
    if held.revision != revision:
        raise StaleError(
            "Somebody else changed this organisation while this page was open. Check what it says now and save again.",
            revision=held.revision,
        )
    agency.standing = held.standing


def _refuse_taken_names(agency: Agency) -> None:
    others = Agency.objects.exclude(pk=agency.pk)
    if others.filter(name__iexact=agency.name).exists():
        raise PeopleError(f"There is already an organisation called {agency.name}.")
    if agency.short_name and others.filter(short_name__iexact=agency.short_name).exists():
        raise PeopleError(f"There is already an organisation with the short name {agency.short_name}.")


@transaction.atomic
def replace_agency(*, provisional: Agency, known: Agency, by: User, now: datetime.datetime) -> Agency:
    """What somebody typed is an organisation we know: its people move there, confirmed, and it is closed.

    Whoever works at the known one already, or was refused, stays behind under the closed one.
    """
    if not by.may(Permission.MANAGE_PEOPLE):
        raise PeopleError("Only a coordinator can settle organisations.")
    both = Agency.objects.select_for_update().filter(pk__in=(provisional.pk, known.pk)).order_by("pk")
    locked = {row.pk: row for row in both}
    provisional, known = locked[provisional.pk], locked[known.pk]
    if provisional.pk == known.pk or known.standing != Agency.Standing.SETTLED:
        raise PeopleError("Choose a different organisation, one that is already known.")
    if provisional.standing != Agency.Standing.PROVISIONAL:
        raise PeopleError("This organisation has been settled already.")
    already = Employment.objects.filter(agency=known).exclude(standing=Employment.Standing.REFUSED).values("person_id")
    moving = provisional.employments.exclude(standing=Employment.Standing.REFUSED).exclude(person_id__in=already)
    moving.update(agency=known, standing=Employment.Standing.CONFIRMED, settled_by=by.person_id, settled_at=now)
    provisional.standing = Agency.Standing.CLOSED
    provisional.save(update_fields=["standing"])
    return known
