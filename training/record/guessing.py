"""Wrong serials and names are counted by the address they come from; right ones are not."""

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest

MISSES, SECONDS = 30, 60 * 60


def has_guessed_too_often(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= MISSES


def count_miss(request: HttpRequest) -> None:
    if cache.add(_key(request), 1, timeout=SECONDS):
        return
    cache.incr(_key(request))


def _key(request: HttpRequest) -> str:
    return f"certificate-misses:{get_ip(request)}"
