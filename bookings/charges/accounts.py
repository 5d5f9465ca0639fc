"""To whom an organisation's statements go, and under which numbers."""

from typing import Any

from django.db import transaction

from bookings.errors import BookingsError
from bookings.models import AgencyAccount
from bookings.rights import require_coordinator
from training.people.models import Agency, User

NUMBERS = ("payer_name", "payer_email", "purchase_order", "cost_code", "journal_number")


@transaction.atomic
def save_account(*, agency: Agency, revision: int, by: User, **numbers: str) -> AgencyAccount:
    """Statements that are written keep what they say. The same again changes nothing.

    `numbers` are those of NUMBERS. Refused when somebody else changed it since `revision` (0: none yet) was read.
    """
    require_coordinator(by)
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    held = AgencyAccount.objects.filter(agency=agency).first()
    wanted: dict[str, Any] = {name: " ".join(numbers[name].split()) for name in NUMBERS}
    if held is None:
        return AgencyAccount.objects.create(agency=agency, **wanted)
    if all(getattr(held, name) == value for name, value in wanted.items()):
        return held
    if held.revision != revision:
        raise BookingsError("Somebody else changed this while the page was open. Look at it again, then save.")
    for name, value in wanted.items():
        setattr(held, name, value)
    held.revision += 1
    held.save()
    return held
