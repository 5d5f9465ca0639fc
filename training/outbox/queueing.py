"""Telling a worker that there is something to send, without ever keeping a page waiting for it."""

import logging
import time

logger = logging.getLogger("muster.outbox")

# After a failure this process leaves the broker alone for so long: an action may write hundreds of messages, and
# each would wait for the same time-out. It is only a speed-up; the sweep finds whatever was not queued.
AWAY_SECONDS = 5.0
_away_until = 0.0


def queue_delivery(message_pk: int) -> None:
    """Tell a worker now. If the broker is away the sweep finds the message within seconds of its return."""
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    from training.outbox.tasks import deliver_message

    global _away_until
    if time.monotonic() < _away_until:
        return
    try:
        deliver_message.apply_async(kwargs={"message_pk": message_pk}, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        _away_until = time.monotonic() + AWAY_SECONDS
        logger.warning("the queue is away, the sweep will send message %s: %s", message_pk, type(error).__name__)


def queue_task(name: str) -> None:
    """Tell a worker to do what the clock would do soon, by the task's name, so that a lower app names no upper one."""
    from celery import current_app
    from kombu.exceptions import OperationalError
    from redis.exceptions import RedisError

    try:
        current_app.send_task(name, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("the queue is away, the clock will run %s: %s", name, type(error).__name__)
