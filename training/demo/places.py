"""A folder in var/ that one copy at a time works in: its lock, its secrets, its ports, and where its data may lie."""

import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from training.demo.processes import TroubleError, must_step_down

COPIES = 20
LASTING = "/var/tmp"  # noqa: S108  (mkdtemp below it; unlike /tmp it outlives a restart of the machine)
LOOPBACK = "127.0.0.1"


class TakenError(TroubleError):
    """Another process holds the folder."""


@contextlib.contextmanager
def claimed(folder: Path, *, note: str = "") -> Iterator[Path]:
    """Hold the folder's lock, which lies beside it: the folder itself may be dropped and made anew.

    The kernel lets go of it when the process ends, and its children do not inherit it. `note` is what whoever finds
    it taken is told beside the process's number.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 200).decode("utf-8", "replace").strip()
            raise TakenError(
                f"Another copy is already running in {folder} ({holder}): use that one, or stop it."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"process {os.getpid()}{note and ', '}{note}".encode())
        folder.mkdir(exist_ok=True)
        yield folder
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def first_free(folder: Path) -> Iterator[Path]:
    """The folder, or the first of folder-2, folder-3 … that nobody holds."""
    for number in range(1, COPIES + 1):
        place = folder if number == 1 else folder.with_name(f"{folder.name}-{number}")
        with contextlib.ExitStack() as stack:
            try:
                stack.enter_context(claimed(place))
            except TakenError:
                continue
            yield place
            return
    raise TroubleError(f"{COPIES} copies are running in {folder.parent} already: stop some of them first.")


def secret(folder: Path, name: str) -> str:
    """A random word that stays the same while the folder lives; only its owner can read it."""
    path = folder / name
    if not path.exists() or not path.read_text().strip():
        write_private(path, secrets.token_urlsafe(36))
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    draft.replace(path)


def port(folder: Path, name: str) -> int:
    """A free port on loopback: the one of last time where nobody has taken it since."""
    path = folder / f"{name}.port"
    with contextlib.suppress(OSError, ValueError):
        remembered = int(path.read_text())
        if is_free(remembered):
            return remembered
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        number: int = probe.getsockname()[1]
    path.write_text(f"{number}\n")
    return number


def is_free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a connection fading away does not count
        try:
            probe.bind((LOOPBACK, number))
        except OSError:
            return False
    return True


def data_home(folder: Path) -> Path:
    """Where the servers' data may lie: the folder, or a temporary one if they run as another user who cannot get there.

    The temporary one is written down in the folder, so that it is found (and dropped) again.
    """
    if not must_step_down() or others_can_reach(folder):
        return folder
    with contextlib.suppress(FileNotFoundError):
        return Path((folder / "elsewhere").read_text().strip()).resolve(strict=True)
    home = Path(tempfile.mkdtemp(prefix="muster-", dir=LASTING if os.access(LASTING, os.W_OK) else None))
    home.chmod(0o755)
    (folder / "elsewhere").write_text(f"{home}\n")
    return home


def others_can_reach(folder: Path) -> bool:
    return all(step.stat().st_mode & 0o001 for step in [folder.resolve(), *folder.resolve().parents])


def give_to_nobody(path: Path) -> None:
    if must_step_down():
        user = pwd.getpwnam("nobody")
        os.chown(path, user.pw_uid, user.pw_gid)


def drop(folder: Path) -> None:
    """Remove the folder and what it keeps elsewhere. Hold its lock."""
    with contextlib.suppress(FileNotFoundError):
        elsewhere = Path((folder / "elsewhere").read_text().strip())
        if elsewhere.name.startswith("muster-"):
            shutil.rmtree(elsewhere, ignore_errors=True)
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
