"""The real server on the demonstration's data: gunicorn with two workers, as in production."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import Connection

WORKERS = 2


def prepare() -> None:
    """Tables, a fresh demonstration partnership (a run leaves bookings behind) and the static files."""
    for command in (["migrate", "-v0"], ["demo", "--fresh"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *command], check=True)


@contextmanager
def running() -> Iterator[tuple[int, list[int]]]:
    """The port it listens on and its workers' process ids."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "training.config.wsgi", "-b", f"127.0.0.1:{port}"]
    command += ["-w", str(WORKERS), "-k", "gthread", "--threads", "4", "--log-level", "warning"]
    process = subprocess.Popen(
        command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "MUSTER_LOG_LEVEL": "WARNING"}
    )
    try:
        _wait(port)
        yield port, _children(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            Connection(port).get("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in listed.split()]


def memory_mib(pids: list[int]) -> float:
    """The largest of these processes' own memory: what is resident and not shared with others."""
    return max(_private_mib(pid) for pid in pids)


def _private_mib(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_", "Pss_Shmem"))) / 1024
