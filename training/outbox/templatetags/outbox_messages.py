"""For the templates of messages; `rendering.py` loads it into each and adds `typed` to every `{{ value }}`."""

import datetime
from decimal import Decimal

from django import template
from django.conf import settings

from training.outbox.typed import Address, mark

register = template.Library()


@register.filter
def typed(value: object) -> object:
    """Numbers and times stay what they are, for Django to write them in our language and time zone."""
    if isinstance(value, int | float | Decimal | datetime.date | datetime.time):
        return value
    is_own_page = isinstance(value, str) and value.startswith(f"{settings.PUBLIC_URL}/") and len(value.split()) == 1
    return mark(link(value) if is_own_page else value if isinstance(value, Address) else str(value))


@register.filter
def link(value: object) -> Address:
    """An address elsewhere that readers shall be able to click, such as where a course meets online."""
    return Address(value)
