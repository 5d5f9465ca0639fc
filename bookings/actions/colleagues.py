"""A colleague whom somebody names: found among the people of one organisation, or put down as new."""

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.backends.postgresql.psycopg_any import DateRange

from bookings.errors import BookingsError
from bookings.rights import Actor, may_override
from training.people.actions.persons import record_person, tidy_name
from training.people.models import Agency, Employment, Person, User
from training.web.when import london_day


def colleague_at(agency: Agency, name: str, email: str, by: Actor, now: datetime.datetime) -> tuple[Person, Employment]:
    """Who works at this organisation under this name and address; else a new record.

    Known by exact name and address among the people who work there: this tells nobody whether somebody exists.
    Raises BookingsError where one of the two is missing or no address.
    """
    name, email, today = tidy_name(name), email.strip().lower(), london_day(now)
    if not name or not email:
        raise BookingsError("Enter your colleague’s name and e-mail address.")
    try:
        validate_email(email)
    except ValidationError:
        raise BookingsError(f"“{email}” is not an e-mail address. Enter one like name@example.org.") from None
    there = Employment.objects.not_refused().on(today).of_present_persons().filter(agency=agency)
    exact = there.filter(person__name__iexact=name, person__email__iexact=email)
    known = exact.select_related("person", "agency").order_by("pk").first()
    if known is not None:
        return known.person, known
    is_known_address = Person.objects.present().with_address(email).exists()
    standing = Person.Standing.PROVISIONAL if is_known_address else Person.Standing.ACTIVE
    person = record_person(name=name, email=email, now=now, standing=standing)
    sure = may_override(by) or (isinstance(by, User) and agency.pk in by.led_agency_ids)
    work = Employment.objects.create(
        person=person,
        agency=agency,
        period=DateRange(today, None),
        standing=Employment.Standing.CONFIRMED if sure else Employment.Standing.CLAIMED,
    )
    return person, work
