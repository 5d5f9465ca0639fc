"""Whether this installation can do its work now, as words for a monitor."""

import datetime
import math
from dataclasses import dataclass
from typing import Any, cast

import psycopg
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Min
from django.db.models.functions import Coalesce

from training.outbox.models import Message

WORKER_SEEN = "worker-seen"
WORKER_AWAY_AFTER = datetime.timedelta(minutes=2)
OUTBOX_LATE_AFTER_SECONDS = 600
PATIENCE_SECONDS = 2.0


@dataclass(frozen=True)
class Readiness:
    """`outbox_age_seconds`: how long the oldest message that is due has been so; None if that cannot be known."""

    database: str
    redis: str
    worker: str
    outbox: str
    outbox_age_seconds: int | None

    @property
    def is_ready(self) -> bool:
        return (self.database, self.redis, self.worker, self.outbox) == ("up", "up", "seen", "on time")


def readiness(now: datetime.datetime) -> Readiness:
    has_database, has_redis = _database_answers(), _redis_answers()
    age = _outbox_age_seconds(now) if has_database else None
    return Readiness(
        database="up" if has_database else "away",
        redis="up" if has_redis else "away",
        worker=_worker(now) if has_redis else "unknown",
        outbox="unknown" if age is None else "late" if age > OUTBOX_LATE_AFTER_SECONDS else "on time",
        outbox_age_seconds=age,
    )


def _database_answers() -> bool:
    """Asks this process's pool, and waits less long than a page would."""
    pool = cast(Any, connection).pool
    try:
        pool.open()  # Django does so with a process's first query, which this may be
        with pool.connection(timeout=PATIENCE_SECONDS) as raw:
            raw.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True


def _redis_answers() -> bool:
    """Not by the cache, which hides that Redis is away."""
    patience = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, retry=None, **patience) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


def _worker(now: datetime.datetime) -> str:
    seen = cache.get(WORKER_SEEN)
    if seen is None:
        return "never seen"
    return "seen" if now - datetime.datetime.fromisoformat(seen) <= WORKER_AWAY_AFTER else "away"


def _outbox_age_seconds(now: datetime.datetime) -> int:
    since = Message.objects.due(now).aggregate(since=Min(Coalesce("leased_until", "next_attempt_at")))["since"]
    return math.ceil((now - since).total_seconds()) if since else 0
