"""What the whole installation goes by: the partnership's name, contacts, year and what it withholds."""

import dataclasses
import datetime

from django.db import transaction

from training.people.errors import PeopleError, StaleError
from training.people.models import Partnership, User
from training.people.permissions import Permission

# Below three, whoever answered too can work out the other's answer; above twenty next to nothing is shown.
LEAST_WITHHELD, MOST_WITHHELD = 3, 20


@dataclasses.dataclass(frozen=True)
class Particulars:
    """All that may be changed of a partnership, named as its fields. `financial_year_starts_month` is 1 to 12."""

    name: str
    short_name: str
    boards: list[str]
    contact_email: str
    contact_phone: str
    safety_contact: str
    financial_year_starts_month: int
    withhold_below: int
    certificates_wait_for_form: bool
    payment_page: str = ""
    charges_from: datetime.date | None = None


@transaction.atomic
def change_partnership(*, particulars: Particulars, revision: int, by: User) -> Partnership:
    """Change what the partnership is called and goes by. The same again changes nothing.

    Raises StaleError when somebody else changed it since `revision` was read and it says something else now.
    """
    if not by.may(Permission.MANAGE_PARTNERSHIP):
        raise PeopleError("Only an administrator can change what the partnership goes by.")
    wanted = dataclasses.asdict(particulars)
    held = Partnership.objects.select_for_update().get()
    if all(getattr(held, name) == value for name, value in wanted.items()):
        return held
    if held.revision != revision:
        raise StaleError(
            "Somebody else changed this while the page was open. Check what is kept now and save again.",
            revision=held.revision,
        )
    _refuse(particulars)
    for name, value in wanted.items():
        setattr(held, name, value)
    held.revision += 1
    held.save()
    return held


def _refuse(particulars: Particulars) -> None:
    if not (particulars.name.strip() and particulars.short_name.strip()):
        raise PeopleError("Enter the partnership’s name and its short name.")
    if not particulars.safety_contact.strip():
        raise PeopleError("Say whom to turn to when somebody is worried about a child or an adult.")
    if not (particulars.contact_email or particulars.contact_phone):
        raise PeopleError("Enter an e-mail address or a telephone number. People who are stuck need one of them.")
    if not LEAST_WITHHELD <= particulars.withhold_below <= MOST_WITHHELD:
        raise PeopleError(f"Hide answers of fewer than {LEAST_WITHHELD} to {MOST_WITHHELD} people.")
