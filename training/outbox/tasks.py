from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from training.outbox import taking_in
from training.outbox.delivery import deliver
from training.outbox.readiness import WORKER_SEEN
from training.outbox.retention import forget_old_messages
from training.outbox.sweeping import sweep

SWEEP_SECONDS = 50.0


@shared_task
def deliver_message(*, message_pk: int) -> None:
    deliver(message_pk, now=timezone.now())


@shared_task
def sweep_outbox() -> int:
    cache.set(WORKER_SEEN, timezone.now().isoformat(), timeout=None)
    return sweep(seconds=SWEEP_SECONDS)


@shared_task
def forget_messages() -> int:
    return forget_old_messages(now=timezone.now())


@shared_task
def read_mailbox() -> int:
    """What came back, and what calendars answered."""
    return taking_in.read_mailbox(now=timezone.now())


@shared_task
def ask_after_texts() -> int:
    """Which text messages no telephone took."""
    return taking_in.ask_after_texts(now=timezone.now())
