"""The cache, whose counts of tries at signing in go on in PostgreSQL while Redis is away.

What the library keeps under a key is a list of times (a rate limit) or a mark (a code that was used). Times are rows
of their own, so that two tries at one moment are two rows and need no lock: what others have not committed yet is not
seen, hence so many more tries get through as there are requests at work at once, and never more.
"""

import hashlib
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import connection

from training.people.models import SignInTry
from training.web.cache import SoftRedisCache

COUNTED = ("allauth:rl:", "allauth.mfa.totp.used", "second-step-used:")
LOCK = ":lock"
LONGEST_SECONDS = 24 * 60 * 60
FORGOTTEN_AT_ONCE = 50  # the task that forgets does not run without Redis either
USED = 0.0  # where the library keeps a mark and not a list of times


class CountingCache(SoftRedisCache):
    """A key that counts falls back to the table; all others are forgotten, as ever."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        found = super().get(key, default, version)
        return (_times(key) or default) if self._counts(key) else found

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        super().set(key, value, timeout, version)
        if self._counts(key):
            _keep_times(key, value, timeout)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        is_new = super().add(key, value, timeout, version)
        return _use_up(key, timeout) if self._counts(key) else is_new

    def delete(self, key: Any, version: int | None = None) -> bool:
        was_there = super().delete(key, version)
        if self._counts(key):
            return SignInTry.objects.filter(key=_hashed(key)).delete()[0] > 0
        return was_there

    def _counts(self, key: Any) -> bool:
        return self.is_away and str(key).startswith(COUNTED) and not str(key).endswith(LOCK)


def _hashed(key: Any) -> str:
    return hashlib.sha256(str(key).encode()).hexdigest()


def _times(key: Any) -> list[float]:
    """The newest first, as the library wants them."""
    return list(SignInTry.objects.of(_hashed(key), time.time()).order_by("-at").values_list("at", flat=True))


def _keep_times(key: Any, times: list[float], timeout: Any) -> None:
    rows, now = SignInTry.objects.filter(key=_hashed(key)), time.time()
    rows.exclude(at__in=times).delete()
    _forget_some(now)
    kept = [SignInTry(key=_hashed(key), at=at, expires_at=at + _seconds(timeout)) for at in times]
    SignInTry.objects.bulk_create(kept, ignore_conflicts=True)


def _use_up(key: Any, timeout: Any) -> bool:
    """Whether this is the first time. Whoever asks at the same moment waits for the other's answer."""
    hashed, now = _hashed(key), time.time()
    SignInTry.objects.expired(now).filter(key=hashed).delete()
    _forget_some(now)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_signintry (key, at, expires_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [hashed, USED, now + _seconds(timeout)],
        )
        return bool(cursor.rowcount == 1)


def _seconds(timeout: Any) -> float:
    return float(timeout) if isinstance(timeout, int | float) else LONGEST_SECONDS


def _forget_some(now: float) -> None:
    some = SignInTry.objects.expired(now).select_for_update(skip_locked=True).values("pk")[:FORGOTTEN_AT_ONCE]
    SignInTry.objects.filter(pk__in=some).delete()
