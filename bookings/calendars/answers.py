"""What somebody's calendar answered to an invitation. A "no" there cancels nothing: its person is asked.

People press "Decline" to clear an inbox, and calendars decline for them on leave; nobody loses a place by that.
"""

import datetime
import uuid

from django.db import transaction

from bookings import emails
from bookings.locking import lock_booking, lock_event
from bookings.models import CalendarEntry, PersonalLink, Status
from training.outbox.models import IncomingMail
from training.web.tokens import new_token

AT_A_TIME = 200


def take_answers(*, now: datetime.datetime) -> int:
    """Read what calendars answered since the last time; gives how many people were asked. Safe to run two at once."""
    unread = IncomingMail.objects.filter(kind=IncomingMail.Kind.ANSWERED, read_at=None)
    return sum(
        _take(pk, now) for pk in list(unread.order_by("arrived_at", "pk").values_list("pk", flat=True)[:AT_A_TIME])
    )


@transaction.atomic
def _take(mail_pk: int, now: datetime.datetime) -> bool:
    mail = IncomingMail.objects.select_for_update(skip_locked=True).filter(pk=mail_pk, read_at=None).first()
    if mail is None:
        return False
    mail.read_at = now
    mail.save(update_fields=["read_at"])
    entry = _entry(mail.uid)
    return entry is not None and _note(entry, mail, now)


def _entry(uid: str) -> CalendarEntry | None:
    try:
        return CalendarEntry.objects.select_related("booking").filter(uid=uuid.UUID(uid)).first()
    except ValueError:  # somebody else's invitation
        return None


def _note(entry: CalendarEntry, mail: IncomingMail, now: datetime.datetime) -> bool:
    """Whether the person was asked. An answer to an older version of the entry, or of somebody else, says nothing."""
    event = lock_event(entry.booking.event_id)
    booking = lock_booking(entry.booking_id)
    booking.event = event
    entry.refresh_from_db()
    if entry.is_cancelled or mail.sequence < entry.sequence or mail.address != booking.person.email.lower():
        return False
    was_no, entry.answer, entry.answered_at = entry.answer == CalendarEntry.Answer.DECLINED, mail.answer, now
    entry.save(update_fields=["answer", "answered_at"])
    if was_no or mail.answer != CalendarEntry.Answer.DECLINED:
        return False
    if booking.status != Status.BOOKED or event.starts_at is None or event.starts_at <= now:
        return False
    token, hashed = new_token()
    PersonalLink.objects.create(
        token_hash=hashed,
        booking=booking,
        purpose=PersonalLink.Purpose.STILL_COMING,
        made_at=now,
        expires_at=event.starts_at,
    )
    emails.ask_about_no_in_calendar(booking, entry, token, now)
    return True
