"""What the demo's tests look at from outside: processes, by way of /proc, and the command line as somebody types it."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(**more: str) -> dict[str, str]:
    """Ours without the addresses of the servers that the test run itself uses."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return {**kept, **more}


def demo(*arguments: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """`python -m training.demo …`, run to its end."""
    command = [sys.executable, "-m", "training.demo", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=environment(**more), capture_output=True, text=True, timeout=60, check=False
    )


@contextlib.contextmanager
def started(*arguments: str | Path) -> Iterator["subprocess.Popen[str]"]:
    """`python -m training.demo …`, running; killed at the end of the block if it still is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "training.demo", *map(str, arguments)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        pids = descendants(process.pid)
        process.kill()
        process.communicate()
        eventually(lambda: not living(pids), seconds=5)


def descendants(pid: int) -> set[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = path.read_text().rpartition(")")[2].split()[1]
            parents[int(path.parent.name)] = int(parent)
    found, new = set(), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def living(pids: set[int]) -> set[int]:
    """Those that still run; what is dead and only waits for its parent to notice does not."""
    alive = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX":
                alive.add(pid)
    return alive


def eventually(is_so: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
