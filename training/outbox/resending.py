import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from training.outbox.models import Message, State, new_message_id
from training.outbox.queueing import queue_delivery
from training.web.references import new_reference

# Who presses the button again within this time wants one copy.
SECOND_CLICK = datetime.timedelta(minutes=1)


class OutboxError(Exception):
    """An action of this app refuses; the message is a sentence for the person who tried."""


@transaction.atomic
def resend(message: Message, *, now: datetime.datetime, address: str = "") -> Message:
    """Send again what failed, came too late or did not arrive, to a corrected address if one is given.

    What never left goes out as itself. What was sent goes out as a copy with a Message-ID of its own,
    since many mail servers throw away a second message with an ID they have seen.
    A second click within a minute, or while the copy is on its way, returns the same copy.
    Raises OutboxError while it is on its way, when its text was blanked after delivery, and for a bad address.
    """
    locked = Message.objects.select_for_update().get(pk=message.pk)
    if locked.state not in (State.FAILED, State.SENT, State.EXPIRED, State.RETURNED):
        raise OutboxError("This message is still on its way. Wait until it has been sent or has failed.")
    if not locked.text:
        raise OutboxError("This message held a personal link, so its text was deleted. Send a new one.")
    if locked.to_number:
        raise OutboxError("A text message is not sent again: what it said is soon over. Ring them.")
    to_address = _checked(address) or locked.to_address
    if locked.has_secret and to_address.lower() != locked.to_address.lower():
        raise OutboxError(
            "This message holds a personal link or code. It can only go to the address it was written for."
        )
    if locked.state in (State.SENT, State.RETURNED):
        if copy := _recent_copy(locked, to_address, now):
            return copy
        again = _copy(locked, now)
    else:
        again = locked
        again.move_to(State.PENDING)
        again.attempts_forgiven = again.attempts_made
    again.to_address = to_address
    again.next_attempt_at, again.expires_at = now, None
    again.save()
    transaction.on_commit(lambda: queue_delivery(again.pk), robust=True)
    return again


def _checked(address: str) -> str:
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise OutboxError("Enter an e-mail address in the correct format, like name@example.com.") from None
    return address


def _recent_copy(sent: Message, to_address: str, now: datetime.datetime) -> Message | None:
    copies = Message.objects.filter(key__startswith=_copy_key(sent), to_address=to_address)
    return (copies.waiting() | copies.filter(created_at__gt=now - SECOND_CLICK)).order_by("-pk").first()


def _copy_key(sent: Message) -> str:
    return f"{sent.key[:150]}#{sent.reference}#"


def _copy(sent: Message, now: datetime.datetime) -> Message:
    copy = Message.objects.get(pk=sent.pk)
    copy.pk, copy._state.adding = None, True
    copy.reference, copy.message_id = new_reference(), new_message_id()
    copy.key = _copy_key(sent) + copy.reference
    copy.state, copy.sent_at, copy.created_at = State.PENDING, None, now
    copy.attempts_made = copy.attempts_forgiven = 0
    return copy
