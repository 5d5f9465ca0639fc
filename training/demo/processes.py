"""Programs that end when whoever started them ends, however that happened."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

_PR_SET_PDEATHSIG = 1
_LOG_KEPT = 5_000_000  # bytes; a longer log is put aside as .old at the next start
_libc = ctypes.CDLL(None)


class TroubleError(Exception):
    """What the person at the keyboard can mend; its text is the sentence that they read."""


@dataclass(frozen=True)
class Program:
    """A long-running program and how it wants to be ended.

    `stop` ends it in good order. `orphaned` is what the kernel sends when the process that started it dies
    (Linux; elsewhere only a clean stop is clean): it has to end the program within two seconds.
    """

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    stop: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGTERM
    is_server: bool = False  # others stand on it: it stops last; and it must not run as root
    standard_input: bytes = b""
    cwd: Path = Path("/")

    def start(self) -> "subprocess.Popen[bytes]":
        with open_log(self.log) as log:
            process = launch(
                self.command,
                orphaned=self.orphaned,
                cwd=self.cwd,
                env=dict(self.environment),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **as_nobody() if self.is_server else {},
            )
        if process.stdin:
            with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
                pipe.write(self.standard_input)
        return process


def launch(command: Sequence[str], *, orphaned: signal.Signals, **more: Any) -> "subprocess.Popen[bytes]":
    """`subprocess.Popen`, with a death signal. From the main thread only: the signal follows the thread that asked."""
    return subprocess.Popen(command, preexec_fn=_die_with_parent(orphaned), **more)


def open_log(path: Path) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    if log_size(path) > _LOG_KEPT:
        path.replace(path.with_suffix(".old"))
    return path.open("ab")


def log_size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _die_with_parent(signum: signal.Signals) -> Callable[[], None]:
    """It runs in the child after the change of user, which would clear the death signal."""
    parent = os.getpid()

    def prepare() -> None:
        if sys.platform == "linux":
            _libc.prctl(_PR_SET_PDEATHSIG, int(signum))
        if os.getppid() != parent:  # it died before it could be watched
            os._exit(1)

    return prepare


def must_step_down() -> bool:
    """PostgreSQL refuses to run as root."""
    return os.geteuid() == 0


def as_nobody() -> dict[str, Any]:
    """Arguments for `subprocess` that give up root; empty for an ordinary user."""
    if not must_step_down():
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def plain_environment() -> dict[str, str]:
    """For the servers: nothing of the caller's but the path; messages in English, for `explain` to recognise."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def stop_all(running: Iterable[tuple[Program, "subprocess.Popen[bytes]"]], *, patience: float = 10.0) -> None:
    """Stop in the order given, one after the other; whatever is deaf is killed with all that it started."""
    for program, process in running:
        end(process, program.stop, patience=patience)


def end(process: "subprocess.Popen[bytes]", signum: signal.Signals | None, *, patience: float) -> None:
    """Ask with the signal, if there is one, wait, then kill it with all that stayed in its session's first group."""
    if process.poll() is None:
        if signum is not None:
            process.send_signal(signum)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(is_ready: Callable[[], bool], *, seconds: float, alive: Callable[[], bool]) -> bool:
    """True when ready; False when the time is up or the program has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and alive():
        if is_ready():
            return True
        time.sleep(0.03)
    return False


def tail(log: Path, start: int = 0) -> list[str]:
    """The last lines of a log, of those written since byte `start`."""
    with contextlib.suppress(OSError), log.open("rb") as file:
        file.seek(max(start, log.stat().st_size - 20_000))
        return [line for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return []


def explain(name: str, log: Path, start: int = 0) -> TroubleError:
    """Why a program ended, out of its own log, in one sentence."""
    lines = tail(log, start)
    if any("No space left on device" in line for line in lines):
        return full_disk(log.parent)
    told = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error", "Error", "ERROR"))]
    last = (told or lines or ["it said nothing"])[-1].strip()
    return TroubleError(f"{name} failed: {last} (More in {log}.)")


def full_disk(place: Path) -> TroubleError:
    return TroubleError(f"The disk is full: make some room where {place} is, then start again.")
