"""Who is in the room without a booking: interpreters, assistants, observers."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bookings.errors import BookingsError
from bookings.models import AlsoThere
from bookings.registers.rights import lock_register_of, reasons_closed
from training.catalogue.models import Session
from training.people.models import User


@transaction.atomic
def say_who_is_also_there(
    *, session: Session, numbers: Mapping[AlsoThere.Role, int], by: User, now: datetime.datetime
) -> None:
    """How many of each role; none takes the row away. Said again, the last counts. Also before the day."""
    lock_register_of(session, by)
    if reasons := [reason for reason in reasons_closed(session, by, now) if reason.code != "too_early"]:
        raise BookingsError(reasons=reasons)
    shared: dict[str, Any] = {"session": session, "by": by.person, "at": now}
    AlsoThere.objects.filter(session=session).delete()
    AlsoThere.objects.bulk_create(
        [AlsoThere(role=role, number=number, **shared) for role, number in numbers.items() if number > 0]
    )
