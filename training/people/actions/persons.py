import datetime

import pghistory
from django.db import transaction

from training.people.errors import PeopleError, StaleError
from training.people.models import Person, User
from training.people.permissions import Permission


def tidy_name(name: str) -> str:
    """A name as it is kept: single spaces, nothing at the ends."""
    return " ".join(name.split())


@transaction.atomic
def record_person(
    *, name: str, email: str, now: datetime.datetime, mobile: str = "", standing: str = Person.Standing.ACTIVE
) -> Person:
    """Add a person. Whether they are known already is asked by whoever calls (an import, a sign-up)."""
    if not tidy_name(name):
        raise PeopleError("Enter a name.")
    return Person.objects.create(
        name=tidy_name(name), email=email.strip().lower(), mobile=mobile, standing=standing, created_at=now
    )


@transaction.atomic
def correct_details(
    *,
    person: Person,
    name: str,
    email: str,
    mobile: str,
    is_name_private: bool,
    revision: int,
    by: User,
    reason: str = "",
) -> Person:
    """Change what is kept about a person: one's own record, or anybody's for a coordinator, whose `reason` is audited.

    Raises StaleError when somebody else changed it since `revision` was read.
    """
    if not (by.may(Permission.MANAGE_PEOPLE) or by.person_id == person.pk):
        raise PeopleError("Only the person or a coordinator can change these details.")
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.standing == Person.Standing.MERGED:
        raise PeopleError("This record has been joined to another. Change that one.")
    if locked.revision != revision:
        raise StaleError(
            "Somebody else changed these details while this page was open. Check what they say now and save again.",
            revision=locked.revision,
        )
    if not tidy_name(name):
        raise PeopleError("Enter a name.")
    locked.name, locked.email, locked.mobile = tidy_name(name), email.strip().lower(), mobile
    locked.is_name_private = is_name_private
    locked.revision += 1
    with pghistory.context(**({"reason": reason.strip()} if reason.strip() else {})):
        locked.save()
    return locked
