"""What a page may show of a message's text."""

from django.conf import settings

from training.outbox.models import Message


def may_show_body(message: Message) -> bool:
    """Never the body that holds a personal link or a code, outside the demonstration."""
    return bool(message.text) and (settings.OUTBOX_SHOWS_BODIES or not message.has_secret)


def shown_text(message: Message) -> str:
    return message.text if may_show_body(message) else ""
