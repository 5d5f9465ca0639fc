"""The messages of this app, one function each; every one is called inside its action's transaction."""

import datetime

from providers.models import Commission, CommissionStep
from training.outbox.posting import Recipient, post


def send_order(commission: Commission, *, now: datetime.datetime) -> None:
    """The trainer order. Not for a date that is over: that is written down, not asked for."""
    if not _is_over(commission, now):
        _tell("trainer_order", commission, now=now)


def send_order_again(commission: Commission, step: CommissionStep, *, now: datetime.datetime) -> None:
    """The same order with another way of teaching, other times or another fee; `step` names the message."""
    if not _is_over(commission, now):
        _tell("order_changed", commission, now=now, reason=step.reason, key=f"{commission.reference}:{step.pk}")


def tell_order_cancelled(commission: Commission, *, reason: str, now: datetime.datetime) -> None:
    if not _is_over(commission, now):
        _tell("order_cancelled", commission, now=now, reason=reason)


def _is_over(commission: Commission, now: datetime.datetime) -> bool:
    ends_at = commission.event.ends_at
    return ends_at is not None and ends_at <= now


def _tell(message: str, commission: Commission, *, now: datetime.datetime, reason: str = "", key: str = "") -> None:
    provider, event = commission.contract.provider, commission.event
    context: dict[str, object] = {
        "order": commission,
        "event": event,
        "sessions": list(event.sessions.select_related("venue")),
        "contract": commission.contract,
        "reason": reason,
    }
    recipient = Recipient(provider.contact_email, provider.name)
    post(f"providers.{message}", key=key or commission.reference, to=recipient, now=now, context=context)
