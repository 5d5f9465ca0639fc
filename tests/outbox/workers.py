"""Real worker processes and a Redis of their own, for tests that stop and kill them."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.db import connection

from training.demo import binaries


def wait_for(found: Callable[[], Any], *, seconds: float = 20) -> Any:
    """What `found` answers as soon as it is true. Fails when the time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain")


class OwnRedis:
    """On a port of its own: stopping it disturbs nobody, and nobody empties it."""

    def __init__(self, folder: Path) -> None:
        self._program = binaries.runnable_redis(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--port", str(self._port), "--save", "", "--daemonize", "no"]
        self._process = subprocess.Popen(
            [self._program, *options], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(self._answers)

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with contextlib.suppress(redis.RedisError), redis.Redis.from_url(self.url, retry=None) as client:
            return bool(client.ping())
        return False


def environment(redis_url: str) -> dict[str, str]:
    """For a process that works on this test's database and sends to this test's mail server."""
    database = settings.DATABASES["default"]
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/"
        f"{connection.settings_dict['NAME']}",
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
        "DJANGO_SETTINGS_MODULE": "tests.outbox.quick_settings",
        "MUSTER_EMAIL_TIMEOUT": "20",
    }


@contextlib.contextmanager
def worker(redis_url: str, folder: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A Celery worker with one child process, killed at the end with all that it started."""
    command = [sys.executable, "-m", "celery", "-A", "training.config", "worker", "--concurrency=1", "--loglevel=INFO"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle", *options],
            env=environment(redis_url),
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill_all(process)


def kill_all(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
