"""Run one command with both servers up: tests, benches, a shell."""

import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from training.demo import places, servers, template
from training.demo.processes import TroubleError, launch

FOR_TESTS = {
    "MUSTER_SECRET_KEY": "a-key-for-tests-alone-that-protects-nothing-0123456789",
    "MUSTER_PAIRING_KEY": "a-pairing-key-for-tests-alone-0123456789",
    "MUSTER_HTTPS": "0",
    "MUSTER_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}


def run(folder: Path, command: Sequence[str], *, migrated: bool) -> int:
    """The command's exit code. Servers that the caller names (DATABASE_URL and REDIS_URL, both) are used instead.

    With `migrated` the test database is copied from one that has all migrations (on our own servers only).
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return run_command(command, {})
    with places.first_free(folder) as place, servers.running(place, careless=True) as up:
        values = {"DATABASE_URL": up.database_url, "REDIS_URL": up.redis_url}
        if migrated:
            values["MUSTER_TEST_TEMPLATE"] = template.ensure(up.database_url, {**FOR_TESTS, **os.environ, **values})
        return run_command(command, values)


def run_command(command: Sequence[str], addresses: Mapping[str, str]) -> int:
    """In the foreground: Ctrl-C goes to the command by itself, SIGTERM is handed on; we outlast it to tidy up."""
    try:
        child = launch(command, orphaned=signal.SIGTERM, env={**FOR_TESTS, **os.environ, **addresses})
    except OSError as error:
        raise TroubleError(f"{command[0]} cannot be run: {error.strerror}.") from error

    def hand_on(signum: int, _: FrameType | None) -> None:
        child.send_signal(signum)

    before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN)}
    before[signal.SIGTERM] = signal.signal(signal.SIGTERM, hand_on)
    try:
        code = child.wait()
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
    return 128 - code if code < 0 else code
