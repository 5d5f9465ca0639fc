"""Who is in the room without a booking: interpreters, assistants, observers."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bookings.models import AlsoThere
from bookings.register_rights import lock_register
from training.catalogue.models import Session
from training.people.models import User


@transaction.atomic
def say_who_is_also_there(
    *, session: Session, numbers: Mapping[AlsoThere.Role, int], by: User, now: datetime.datetime
) -> None:
    """How many of each role; none takes the row away. Said again, the last counts."""
    lock_register(session, by, now)
    shared: dict[str, Any] = {"session": session, "by": by.person, "at": now}
    AlsoThere.objects.filter(session=session).delete()
    AlsoThere.objects.bulk_create(
        [AlsoThere(role=role, number=number, **shared) for role, number in numbers.items() if number > 0]
    )
