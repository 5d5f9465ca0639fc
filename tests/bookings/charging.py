"""Places that stood empty on dates that are over, and what the rules charge for them."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from bookings.charges.finding import find_missed
from bookings.models import Booking, Charge, Mark, Register, RegisterMark, Status
from tests.factories import make_agency, make_partnership
from tests.factories_bookings import make_booking, make_employee, make_policy
from tests.factories_catalogue import any_coordinator, in_days, make_event
from training.catalogue.models import Event
from training.people.models import Agency

EIGHTY = [{"who": "everybody", "fee_pence": 0, "charge_pence": 8000}]
# Long enough after the date for all who were asked.
LATER = datetime.timedelta(days=25)


def begin_charging(**fields: Any) -> None:
    """£80 for not coming, on dates of the last weeks."""
    make_partnership(charges_from=timezone.localdate() - datetime.timedelta(days=90))
    make_policy(**{"tariffs": EIGHTY, **fields})


def past_event(**fields: Any) -> Event:
    return make_event(days=[in_days(-3)], **fields)


def send_register(event: Event, absent: list[Booking]) -> None:
    """Everybody else was there."""
    for session in event.sessions.all():
        at = session.starts_at
        for booking in Booking.objects.filter(event=event, status=Status.BOOKED):
            mark = Mark.DID_NOT_ATTEND if booking in absent else Mark.PRESENT
            RegisterMark.objects.create(
                uuid=uuid.uuid4(), session=session, booking=booking, mark=mark, made_at=at, received_at=at,
                by=any_coordinator().person,
            )  # fmt: skip
        Register.objects.update_or_create(
            session=session,
            defaults={
                "sent_at": session.ends_at,
                "first_sent_at": session.ends_at,
                "sent_by": any_coordinator().person,
            },
        )


def put_right(booking: Booking, mark: Mark) -> None:
    """A later mark, which counts."""
    for session in booking.event.sessions.all():
        at = session.ends_at + datetime.timedelta(hours=1)
        RegisterMark.objects.create(
            uuid=uuid.uuid4(), session=session, booking=booking, mark=mark, made_at=at, received_at=at,
            by=any_coordinator().person,
        )  # fmt: skip


def make_absent(name: str = "", *, agency: Agency | None = None, event: Event | None = None, **fields: Any) -> Booking:
    """Somebody who was booked and did not come, with a manager; the register is sent."""
    event = event or past_event()
    person = make_employee(name, agency=agency or make_agency())
    booking = make_booking(event, person, manager_email="manager@bankside.example", manager_name="Mo", **fields)
    send_register(event, [booking])
    return booking


def make_charge(
    name: str = "", *, agency: Agency | None = None, now: datetime.datetime | None = None, **fields: Any
) -> Charge:
    """Found and asked about now, so that the person has time to say why."""
    booking = make_absent(name, agency=agency, **fields)
    find_missed(now=now or timezone.now())
    return Charge.objects.get(booking=booking)
