import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from training.people.actions.agencies import propose_agency
from training.people.errors import PeopleError
from training.people.models import Agency, Employment, Person, User
from training.people.permissions import Permission


@transaction.atomic
def claim_employment(
    *,
    person: Person,
    agency: Agency,
    by: User,
    now: datetime.datetime,  # noqa: ARG001 - as every action says
    from_day: datetime.date,
    kind: str = Employment.Kind.EMPLOYEE,
    job_title: str = "",
    employee_number: str | None = None,
    manager_name: str = "",
    manager_email: str = "",
) -> Employment:
    """Somebody says where they work.

    It counts at once, as `recognised` when an e-mail domain of the agency fits an address that the person
    has proved to hold (their login), as `claimed` otherwise: then the agency's lead or a coordinator settles it.
    Saying the same again changes the job and the manager, not the standing; `employee_number` None leaves what is kept.
    """
    if agency.standing == Agency.Standing.CLOSED:
        raise PeopleError(f"{agency} is closed. Choose the organisation that took over from it, or type its name.")
    locked = Person.objects.select_for_update().get(pk=person.pk)
    period = DateRange(from_day, None)
    held = locked.employments.not_refused().filter(agency=agency, period__overlap=period).order_by("period").first()
    if held is None:
        _refuse_if_refused_before(locked, agency)
        held = Employment(person=locked, agency=agency, period=period, standing=_standing(by, locked, agency))
    held.kind, held.job_title = kind, job_title.strip()
    held.employee_number = held.employee_number if employee_number is None else employee_number.strip()
    held.manager_name, held.manager_email = manager_name.strip(), manager_email.strip().lower()
    own_addresses = {locked.email.lower(), by.email.lower() if by.person_id == locked.pk else ""} - {""}
    if held.manager_email in own_addresses:
        raise PeopleError("Enter your manager’s e-mail address, not your own. Leave it empty if you have no manager.")
    held.save()
    return held


@transaction.atomic
def claim_unlisted_employment(
    *, person: Person, agency_name: str, by: User, now: datetime.datetime, from_day: datetime.date, **details: str
) -> Employment:
    """Somebody works at an organisation that is not in the list: both are kept for a coordinator to settle.

    `details` are those of `claim_employment`.
    """
    agency = propose_agency(name=agency_name)
    return claim_employment(person=person, agency=agency, by=by, now=now, from_day=from_day, **details)


def _standing(by: User, person: Person, agency: Agency) -> Employment.Standing:
    own = by.person_id == person.pk
    if not own and (by.may(Permission.MANAGE_PEOPLE) or agency.pk in by.led_agency_ids):
        return Employment.Standing.CONFIRMED
    fits = own and Agency.objects.with_domain_of(by.email).filter(pk=agency.pk).exists()
    return Employment.Standing.RECOGNISED if fits else Employment.Standing.CLAIMED


def _refuse_if_refused_before(person: Person, agency: Agency) -> None:
    if person.employments.filter(agency=agency, standing=Employment.Standing.REFUSED).exists():
        raise PeopleError(
            f"{agency} has said that you do not work there. Ask your manager there to write to the training team."
        )


@transaction.atomic
def settle_employment(*, employment: Employment, is_right: bool, by: User, now: datetime.datetime) -> Employment:
    """A coordinator or the agency's lead says whether this person works there. A second answer changes nothing."""
    locked = Employment.objects.select_for_update().get(pk=employment.pk)
    if not (by.may(Permission.MANAGE_PEOPLE) or locked.agency_id in by.led_agency_ids):
        raise PeopleError("Only the training lead of this organisation or a coordinator can settle this.")
    if locked.person_id == by.person_id:
        raise PeopleError("Somebody else has to confirm where you work.")
    if locked.standing != Employment.Standing.CLAIMED:
        return locked
    locked.standing = Employment.Standing.CONFIRMED if is_right else Employment.Standing.REFUSED
    locked.settled_by_id, locked.settled_at = by.person_id, now
    locked.save()
    return locked


LONGEST_NOTICE = datetime.timedelta(days=3653)


@transaction.atomic
def end_employment(*, employment: Employment, last_day: datetime.date, by: User, today: datetime.date) -> Employment:
    """Somebody leaves: `last_day` is their last day there. The agency's lead sees their record up to it.

    What is over can be changed by a coordinator alone: otherwise a former employer could reach what came after.
    """
    locked = Employment.objects.select_for_update().get(pk=employment.pk)
    may = by.may(Permission.MANAGE_PEOPLE) or locked.agency_id in by.led_agency_ids or locked.person_id == by.person_id
    if not may:
        raise PeopleError("Only the person, the training lead of this organisation or a coordinator can do this.")
    if locked.last_day == last_day:
        return locked
    if locked.is_over(today) and not by.may(Permission.MANAGE_PEOPLE):
        raise PeopleError("This has ended already. Ask the training team if the last day is wrong.")
    starts = locked.period.lower
    if last_day < starts:
        raise PeopleError(f"Enter a last day on or after the first one, {starts:%-d %B %Y}.")
    if last_day > today + LONGEST_NOTICE:
        raise PeopleError("Enter a last day within the next ten years.")
    period = DateRange(starts, last_day + datetime.timedelta(days=1))
    _refuse_overlap(locked, period)
    locked.period = period
    locked.save(update_fields=["period"])
    return locked


def _refuse_overlap(employment: Employment, period: DateRange) -> None:
    same = Employment.objects.not_refused().filter(person_id=employment.person_id, agency_id=employment.agency_id)
    if employment.counts and same.exclude(pk=employment.pk).filter(period__overlap=period).exists():
        raise PeopleError("They started there again before that day. Enter an earlier last day.")
