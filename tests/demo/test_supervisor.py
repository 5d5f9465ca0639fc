import os
import signal
import sys
from pathlib import Path

import pytest

from tests.demo.processes import descendants, eventually, living
from training.demo.processes import Program, TroubleError
from training.demo.supervisor import Supervisor


def ignore(line: str) -> None:
    assert line


def program(log: Path, code: str) -> Program:
    return Program(name="The worker", command=[sys.executable, "-c", code], log=log, environment=dict(os.environ))


def test_a_child_that_is_killed_is_started_again(tmp_path: Path) -> None:
    told: list[str] = []
    supervisor = Supervisor(told.append, first_pause=0.01)
    supervisor.start(program(tmp_path / "log", "import time; time.sleep(60)"))
    child = supervisor.children[0]
    assert child.process is not None
    first = child.process.pid

    os.kill(first, signal.SIGKILL)

    assert supervisor.watch(seconds=5, until=lambda: child.process is not None and child.process.pid != first)
    assert told == ["The worker was killed (signal 9); starting it again."]
    supervisor.stop()
    assert living(descendants(os.getpid())) == set()


def test_a_child_that_keeps_dying_ends_all_with_its_last_words(tmp_path: Path) -> None:
    supervisor = Supervisor(ignore, first_pause=0.01)
    supervisor.start(program(tmp_path / "log", "raise SystemExit('the table is gone')"))

    with pytest.raises(TroubleError) as caught:
        supervisor.watch(seconds=10)

    supervisor.stop()
    assert str(caught.value) == (
        "The worker ended 5 times within a minute, so everything was stopped. "
        f"Its last words: the table is gone (More in {tmp_path / 'log'}.)"
    )


def test_a_child_that_meets_a_full_disk(tmp_path: Path) -> None:
    supervisor = Supervisor(ignore, first_pause=0.01)
    supervisor.start(program(tmp_path / "log", "import os; raise OSError(28, os.strerror(28))"))

    with pytest.raises(TroubleError, match=r"^The disk is full: make some room where .* is, then start again\.$"):
        supervisor.watch(seconds=10)

    supervisor.stop()


def test_stopping_ends_what_the_children_started_too(tmp_path: Path) -> None:
    """Even a child that is deaf to SIGTERM."""
    deaf = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "subprocess.Popen(['sleep', '60']); print('ready', flush=True); time.sleep(60)"
    )
    supervisor = Supervisor(ignore)
    supervisor.start(program(tmp_path / "log", deaf))
    assert eventually(lambda: "ready" in (tmp_path / "log").read_text(), seconds=5)
    pids = descendants(os.getpid())
    assert len(pids) == 2

    supervisor.stop(patience=0.2)

    assert eventually(lambda: not living(pids), seconds=2)
