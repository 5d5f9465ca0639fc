"""The sweep: what is due and was never queued, or is to be tried again."""

import logging
import time

from django.utils import timezone

from training.outbox.delivery import deliver, due_message_pks
from training.outbox.line import Line

logger = logging.getLogger("muster.outbox")


def sweep(*, seconds: float) -> int:
    """Send what is due over one line, for about so long. Returns how many messages were tried.

    When the mail server cannot be reached it stops after one message: the others keep their tries.
    """
    tried, stop_at = 0, time.monotonic() + seconds
    with Line() as line:
        while newly_tried := _sweep_once(line, stop_at):
            tried += newly_tried
    return tried


def _sweep_once(line: Line, stop_at: float) -> int:
    tried = 0
    for message_pk in due_message_pks(timezone.now()):
        if line.is_down or time.monotonic() >= stop_at:
            break
        tried += _try(message_pk, line)
    return tried


def _try(message_pk: int, line: Line) -> bool:
    try:
        return deliver(message_pk, now=timezone.now(), line=line) is not None
    except Exception:  # one message that trips the program must not keep the others from going out
        logger.exception("message %s could not be tried; it is tried again when its lease is over", message_pk)
        return True
