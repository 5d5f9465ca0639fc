"""What the office enters on a register: somebody rang in, or the whole of a paper one."""

import datetime
import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from bookings.actions.register import mark, send_register
from bookings.errors import BookingsError
from bookings.models import Booking, Mark, Register
from bookings.registers.keys import key_of_tap
from bookings.registers.rights import lock_register
from training.catalogue.models import Session
from training.people.models import User
from training.people.permissions import Permission


@dataclass(frozen=True)
class Line:
    """One line of a paper register."""

    booking: Booking
    mark: Mark
    at_time: datetime.time | None = None


@transaction.atomic
def rang_in(
    *, session: Session, booking: Booking, note: str, by: User, now: datetime.datetime, key: uuids.UUID
) -> None:
    """Somebody told the office that they are not coming: their apologies stand on the open register at once.

    `note` is what they said, such as "rang 8:40, sick". The same `key` twice is one.
    """
    _require_office(by)
    mark(session=session, booking=booking, mark=Mark.APOLOGIES, note=note, by=by, now=now, uuid=key)


@transaction.atomic
def key_paper_register(
    *, session: Session, lines: Sequence[Line], by: User, now: datetime.datetime, key: uuids.UUID
) -> Register:
    """Everybody on the paper as it says, and the register sent: all of it or nothing. The same `key` twice is one.

    Raises BookingsError with the name of the line that cannot be so, such as a time outside the day.
    """
    _require_office(by)
    lock_register(session, by, now)
    for line in lines:
        try:
            mark(
                session=session, booking=line.booking, mark=line.mark, at_time=line.at_time, by=by, now=now,
                uuid=key_of_tap(key, line.booking.reference, line.mark, str(line.at_time)),
            )  # fmt: skip
        except BookingsError as error:
            raise BookingsError(f"{line.booking.person.name}: {error}") from error
    return send_register(session=session, by=by, now=now)


def _require_office(by: User) -> None:
    if not by.may(Permission.MANAGE_BOOKINGS):
        raise BookingsError("Only coordinators enter what was told to the office or written on paper.")
