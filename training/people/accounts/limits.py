"""What somebody is told when they have tried too often: how long to wait."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.internal.ratelimit import get_cache_key, get_rates
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

TOO_MANY = "too_many_login_attempts"
APP = "allauth.account"


@contextmanager
def saying_how_long(request: HttpRequest, action: str, key: str) -> Iterator[None]:
    """Turns the library's refusal into a sentence with the time; what it says does not depend on the account."""
    try:
        yield
    except ValidationError as error:
        if error.code != TOO_MANY:
            raise
        raise ValidationError(wait_sentence(seconds_to_wait(request, action, key)), code=TOO_MANY) from None


def seconds_to_wait(request: HttpRequest, action: str, key: str) -> float:
    """Until the next try of `action` is allowed, by address and by `key`; 0 when it is."""
    now = time.time()
    waits = [0.0]
    for rate in get_rates(app=APP, action=action):
        history: list[float] = cache.get(get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if len(history) >= rate.amount:  # newest first
            waits.append(history[rate.amount - 1] + rate.duration - now)
    return max(waits)


def wait_sentence(seconds: float) -> str:
    minutes = max(1, math.ceil(seconds / 60))
    number, unit = (minutes, "minute") if minutes < 120 else (math.ceil(minutes / 60), "hour")
    return f"There have been too many tries. Wait {number} {unit}{'' if number == 1 else 's'}, then try again."
