"""The cache that is allowed to be away.

When Redis cannot be reached a page is slower, but nobody sees an error (what counts tries at signing in goes on in
PostgreSQL: `training.people.accounts.counting`).
While it is away `get` answers its default, `set` does nothing, `add` answers True (so that whoever takes
a lock goes on) and `incr` counts from nothing. After a failure this process leaves Redis alone for a few
seconds, so that a Redis that hangs costs one short wait and not one per look-up: that is only a speed-up,
and each process finds out for itself.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import ConnectionPool, Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger("muster.cache")
T = TypeVar("T")

AWAY_SECONDS = 5.0
LOG_SECONDS = 60.0
CONNECTION: dict[str, Any] = {"socket_connect_timeout": 0.5, "socket_timeout": 1.0}


class OneClient(RedisCacheClient):
    """One client for all calls, which threads may share; Django’s makes one for each, which takes as long."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **options)
        self._clients: dict[ConnectionPool, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:  # noqa: ARG002 - as Django calls it
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined]
        if pool not in self._clients:
            self._clients[pool] = Redis(connection_pool=pool)
        return self._clients[pool]


class SoftRedisCache(RedisCache):
    """Django's Redis cache, which forgets instead of failing."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        options = {**CONNECTION, "retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = OneClient
        self._state = _circuit(str(server))

    @property
    def is_away(self) -> bool:
        """Whether this process has just found Redis away, and answers without it."""
        return self._state.is_open()

    def _softly(self, call: Callable[[], T], otherwise: T) -> T:
        if self._state.is_open():
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            self._state.failed(error)
            return otherwise

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._softly(lambda: super(SoftRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._softly(lambda: super(SoftRedisCache, self).set(key, value, timeout, version), None)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._softly(lambda: super(SoftRedisCache, self).add(key, value, timeout, version), True)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._softly(lambda: super(SoftRedisCache, self).touch(key, timeout, version), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._softly(lambda: super(SoftRedisCache, self).delete(key, version), False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._softly(lambda: super(SoftRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._softly(lambda: super(SoftRedisCache, self).has_key(key, version), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._softly(lambda: super(SoftRedisCache, self).incr(key, delta, version), delta)

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        return self._softly(lambda: super(SoftRedisCache, self).set_many(data, timeout, version), list(data))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._softly(lambda: super(SoftRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        self._softly(lambda: super(SoftRedisCache, self).clear(), None)


class _Circuit:
    """What this process knows about one Redis: since when it is away, and when that was last logged."""

    def __init__(self) -> None:
        self.closed_again_at = 0.0
        self.next_log_at = 0.0

    def is_open(self) -> bool:
        return time.monotonic() < self.closed_again_at

    def failed(self, error: Exception) -> None:
        now = time.monotonic()
        self.closed_again_at = now + AWAY_SECONDS
        if now >= self.next_log_at:
            self.next_log_at = now + LOG_SECONDS
            logger.warning("The cache is away, pages go on without it: %s", error)


_circuits: dict[str, _Circuit] = {}


def _circuit(server: str) -> _Circuit:
    # Django makes one cache object per thread; what one thread learns the others should know.
    return _circuits.setdefault(server, _Circuit())
