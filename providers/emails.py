"""The messages of this app, one function each; every one is called inside its action's transaction."""

import datetime

from providers.models import Commission
from training.outbox.posting import Recipient, post


def send_order(commission: Commission, *, now: datetime.datetime) -> None:
    """The trainer order. Not for a date that is over: that is written down, not asked for."""
    if not _is_over(commission, now):
        _tell("trainer_order", commission, now=now)


def tell_order_cancelled(commission: Commission, *, reason: str, now: datetime.datetime) -> None:
    if not _is_over(commission, now):
        _tell("order_cancelled", commission, now=now, reason=reason)


def _is_over(commission: Commission, now: datetime.datetime) -> bool:
    ends_at = commission.event.ends_at
    return ends_at is not None and ends_at <= now


def _tell(message: str, commission: Commission, *, now: datetime.datetime, reason: str = "") -> None:
    provider, event = commission.contract.provider, commission.event
    context: dict[str, object] = {
        "order": commission,
        "event": event,
        "sessions": list(event.sessions.select_related("venue")),
        "contract": commission.contract,
        "reason": reason,
    }
    recipient = Recipient(provider.contact_email, provider.name)
    post(f"providers.{message}", key=commission.reference, to=recipient, now=now, context=context)
