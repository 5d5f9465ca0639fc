"""The running product for the journeys: what `make demo` starts, in a folder of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.chromium import ROOT

READY_SECONDS = 300  # a minute on two cores, of which another worker loads the demonstration too


@dataclass(frozen=True)
class Site:
    address: str
    folder: Path
    password: str


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Start from nothing, wait until it is ready, stop it at the end as Ctrl-C does."""
    port = free_port()
    command = [sys.executable, "-m", "training.demo", "up", "--fresh", "--dir", str(folder), "--port", str(port)]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MUSTER_", "DATABASE_", "REDIS_"))
    }
    log = folder.parent / f"{folder.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w+") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            printed = _wait_until_ready(process, log)
            yield Site(f"http://localhost:{port}", folder, _password(printed))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> str:
    stop_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < stop_at and process.poll() is None:
        if "Muster is ready" in (printed := log.read_text()):
            return printed
        time.sleep(0.2)
    raise AssertionError(f"the demonstration did not start:\n{log.read_text()}")


def _password(printed: str) -> str:
    found = re.search(r"password[^\S\n]*:?[^\S\n]*(\S.*)", printed, re.IGNORECASE)
    assert found is not None, f"no password in:\n{printed}"
    return found[1].strip()
