"""Messages are kept for a time, so that "did you tell me?" can be answered, and then deleted with their attempts."""

import datetime

from django.conf import settings

from training.outbox.models import Message


def forget_old_messages(*, now: datetime.datetime, batch: int = 1000) -> int:
    """Delete what ended more than OUTBOX_KEEP_DAYS after it was written. Returns how many messages went.

    Also blanks personal links and codes that failed and have since run out: nobody can send them any more.
    """
    Message.objects.failed_secrets(now).update(text="", html="", calendar="", calendar_method="", unsubscribe_url="")
    old = Message.objects.over().filter(created_at__lt=now - datetime.timedelta(days=settings.OUTBOX_KEEP_DAYS))
    deleted = 0
    while message_pks := list(old.values_list("pk", flat=True)[:batch]):
        deleted += Message.objects.filter(pk__in=message_pks).delete()[1].get("outbox.Message", 0)
    return deleted
