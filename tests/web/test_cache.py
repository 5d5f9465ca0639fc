import logging
import socket
import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from training.web import cache as module
from training.web.cache import SoftRedisCache


@pytest.fixture
def hanging_port() -> Iterator[int]:
    """A server that accepts and never answers, as a Redis that hangs."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield server.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def test_cache_keeps_what_it_is_given_while_redis_is_there() -> None:
    cache.set("kept", {"a": 1})

    assert cache.get("kept") == {"a": 1}
    assert cache.add("kept", 2) is False
    cache.set("n", 1)
    assert cache.incr("n") == 2


def test_cache_answers_softly_when_redis_is_away(free_port: int) -> None:
    away = SoftRedisCache(f"redis://127.0.0.1:{free_port}/0", {})

    away.set("a", 1)
    away.set_many({"a": 1})
    away.delete_many(["a"])
    away.clear()

    assert away.get("a", "default") == "default"
    assert away.add("lock", value=True) is True
    assert away.incr("count") == 1
    assert away.get_many(["a", "b"]) == {}
    assert away.delete("a") is False
    assert away.touch("a") is False
    assert away.has_key("a") is False
    assert away.get_or_set("a", 7) == 7


def test_cache_waits_once_for_a_redis_that_hangs(hanging_port: int) -> None:
    hanging = SoftRedisCache(f"redis://127.0.0.1:{hanging_port}/0", {})

    started = time.monotonic()
    answers = [hanging.get("a", "default") for _ in range(20)]

    assert answers == ["default"] * 20
    assert time.monotonic() - started < 2.5


def test_cache_logs_once_a_minute_and_not_once_a_call(
    free_port: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "AWAY_SECONDS", 0.0)
    away = SoftRedisCache(f"redis://127.0.0.1:{free_port}/0", {})

    with caplog.at_level(logging.WARNING, logger="muster.cache"):
        for _ in range(5):
            away.get("a")

    assert len(caplog.records) == 1


def test_cache_comes_back_by_itself(monkeypatch: pytest.MonkeyPatch, free_port: int) -> None:
    monkeypatch.setattr(module, "AWAY_SECONDS", 0.05)
    away = SoftRedisCache(f"redis://127.0.0.1:{free_port}/0", {})
    away.get("a")
    assert away._state.is_open()

    time.sleep(0.06)

    assert not away._state.is_open()


def test_cache_does_not_hide_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not found"):
        cache.incr("never-set")
