"""What goes wrong on somebody's machine is told in one sentence, without a traceback."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo.processes import demo
from tests.journeys.site import free_port
from training.demo import places


def test_a_busy_port(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = demo("up", "--dir", folder, "--port", str(port))

    assert done.returncode == 1
    sentence = (
        rf"muster: Port {port} is taken by another program: stop that, or choose a port with make demo PORT=\d+\."
    )
    assert re.fullmatch(sentence, done.stderr.strip())


def test_another_copy(folder: Path) -> None:
    with places.claimed(folder, note="http://localhost:8123"):
        done = demo("up", "--dir", folder, "--port", "8123")

    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"muster: Another copy is already running in {folder} (process {os.getpid()}, http://localhost:8123): "
        "use that one, or stop it."
    )


def test_a_port_that_is_none(folder: Path) -> None:
    done = demo("up", "--dir", folder, "--port", "70000")

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("a port is a number from 1 to 65535, not 70000")


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m,mode=755", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"NOT CHECKED: a full disk needs the right to mount a small one ({mounted.stderr.strip()})")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    done = demo("up", "--dir", small_disk / "demo", "--port", str(free_port()))

    assert done.returncode == 1
    assert re.fullmatch(
        rf"muster: The disk is full: make some room where {small_disk}\S* is, then start again\.", done.stderr.strip()
    )


def test_a_full_disk_before_anything_is_written(small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "ballast").write_bytes(bytes(13_000_000))

    done = demo("up", "--dir", small_disk / "demo", "--port", str(free_port()))

    assert done.returncode == 1
    assert re.fullmatch(r"muster: The disk is full: .*", done.stderr.strip())


def test_no_demonstration_yet(folder: Path) -> None:
    done = demo("run", "--dir", folder, "--", "true")

    assert (done.returncode, done.stderr.strip()) == (
        1,
        "muster: The demonstration has not started yet: run make demo first.",
    )
