"""bootstrap.sh with interpreters that only pretend, on a path that holds nothing else of the kind."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.demo.processes import ROOT

# What a good interpreter does when asked for an environment: leaves a python there that has pip, which notes its calls.
GOOD = r"""#!/bin/sh
case "$*" in
    *print*) echo 3.13 ;;
    *"sys.exit(sys.version_info"*) exit 0 ;;
    "-m venv "*)
        echo "$0" >>"$MADE"
        mkdir -p "$3/bin"
        cp "$INSIDE" "$3/bin/python" ;;
esac
"""
INSIDE = r"""#!/bin/sh
echo "$*" >>"$CALLS"
case "$*$BROKEN" in *"pip install"*[a-z].txt) ;; *"pip install"*) echo "$BROKEN"; exit 1 ;; esac
"""
# Debian's python3 without python3-venv.
WITHOUT_VENV = r"""#!/bin/sh
case "$*" in
    *print*) echo 3.11 ;;
    *"sys.exit(sys.version_info"*) exit 0 ;;
    *) echo "ensurepip is not available" >&2; exit 1 ;;
esac
"""
OLD = r"""#!/bin/sh
case "$*" in
    *print*) echo 3.9 ;;
    *) exit 1 ;;
esac
"""
TOOLS = ("sh", "cat", "chmod", "cmp", "cp", "dirname", "flock", "grep", "mkdir", "rm")


class Checkout:
    """A checkout with nothing but what bootstrap.sh looks at, and a path with nothing but what is put there."""

    def __init__(self, home: Path) -> None:
        self.top, self.path = home / "checkout", home / "bin"
        (self.top / "training" / "demo").mkdir(parents=True)
        shutil.copy(ROOT / "training" / "demo" / "bootstrap.sh", self.top / "training" / "demo")
        (self.top / "requirements.txt").write_text("django==5.2 \\\n    --hash=sha256:00\n")
        (self.top / "requirements-dev.txt").write_text("django==5.2\npytest==9.2\n")
        self.path.mkdir()
        for tool in TOOLS:
            if found := shutil.which(tool):
                (self.path / tool).symlink_to(found)
        self.calls, self.made = home / "calls", home / "made"
        self.inside = self.has("inside", INSIDE)

    def has(self, name: str, script: str) -> Path:
        (self.path / name).write_text(script)
        (self.path / name).chmod(0o755)
        return self.path / name

    def run(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        env = {"PATH": str(self.path), "CALLS": str(self.calls), "MADE": str(self.made), "INSIDE": str(self.inside)}
        command = ["sh", "training/demo/bootstrap.sh", *arguments]
        self.calls.write_text("")
        self.made.write_text("")
        return subprocess.run(
            command, cwd=self.top, env={**env, "BROKEN": "", **more}, capture_output=True, text=True, check=False
        )

    def installed(self) -> list[str]:
        return [line.rpartition(" ")[2] for line in self.calls.read_text().splitlines() if "pip install" in line]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_takes_another_interpreter_when_the_first_cannot(checkout: Checkout) -> None:
    checkout.has("python3", WITHOUT_VENV)
    good = checkout.has("python3.13", GOOD)

    done = checkout.run()

    assert (done.returncode, done.stderr) == (0, "")
    assert checkout.made.read_text() == f"{good}\n"
    assert checkout.installed() == ["requirements.txt"]


def test_the_named_interpreter_comes_first(checkout: Checkout, tmp_path: Path) -> None:
    checkout.has("python3", GOOD)
    named = shutil.move(checkout.has("mine", GOOD), tmp_path / "mine")

    checkout.run(PYTHON=str(named))

    assert checkout.made.read_text() == f"{named}\n"


def test_says_what_debian_lacks(checkout: Checkout) -> None:
    checkout.has("python3", WITHOUT_VENV)

    done = checkout.run()

    assert done.returncode == 1
    assert done.stderr == (
        "muster: python3 (3.11) cannot make a virtual environment: install its venv module (Debian, Ubuntu: "
        "apt install python3-venv) or name another Python with PYTHON=/path/to/python3.\n"
    )
    assert not (checkout.top / ".venv").exists()


@pytest.mark.parametrize(("name", "told"), [("python3", " (python3 is 3.9)"), ("perl", "")])
def test_says_that_python_is_old_or_missing(checkout: Checkout, name: str, told: str) -> None:
    checkout.has(name, OLD)

    done = checkout.run()

    assert done.returncode == 1
    assert done.stderr == (
        f"muster: Muster needs Python 3.11 or newer and found none{told}: install it with its venv module (Debian, "
        "Ubuntu: apt install python3 python3-venv) or name it with PYTHON=/path/to/python3.\n"
    )


def test_does_nothing_the_second_time(checkout: Checkout) -> None:
    checkout.has("python3", GOOD)
    checkout.run()

    done = checkout.run()

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (checkout.made.read_text(), checkout.installed()) == ("", [])


def test_the_tests_packages_hold_the_demonstrations(checkout: Checkout) -> None:
    checkout.has("python3", GOOD)
    checkout.run("requirements-dev.txt")

    checkout.run("requirements.txt")

    assert checkout.installed() == []


def test_a_changed_list_is_installed_into_the_same_place(checkout: Checkout) -> None:
    checkout.has("python3", GOOD)
    checkout.run()
    (checkout.top / "requirements.txt").write_text("django==5.3\n")

    checkout.run()

    assert (checkout.made.read_text(), checkout.installed()) == ("", ["requirements.txt"])


def test_an_interrupted_installation_is_done_again_from_the_start(checkout: Checkout) -> None:
    good = checkout.has("python3", GOOD)
    checkout.run()
    (checkout.top / ".venv" / "unfinished").touch()

    done = checkout.run()

    assert done.returncode == 0
    assert (checkout.made.read_text(), checkout.installed()) == (f"{good}\n", ["requirements.txt"])


def test_a_moved_checkout_gets_a_new_environment(checkout: Checkout) -> None:
    good = checkout.has("python3", GOOD)
    checkout.run()
    checkout.top = checkout.top.rename(checkout.top.with_name("moved"))

    checkout.run()

    assert checkout.made.read_text() == f"{good}\n"


def test_without_a_network_the_log_is_named(checkout: Checkout) -> None:
    checkout.has("python3", GOOD)

    done = checkout.run(BROKEN="Could not find a version that satisfies the requirement")

    assert done.returncode == 1
    log = checkout.top / "var" / "install.log"
    assert done.stderr == (
        f"muster: The packages could not be installed: is there a network? What pip said is in {log}.\n"
    )
    assert "Could not find a version" in log.read_text()
    assert checkout.run().returncode == 0


def test_a_full_disk(checkout: Checkout) -> None:
    checkout.has("python3", GOOD)

    done = checkout.run(BROKEN="OSError: [Errno 28] No space left on device")

    assert done.returncode == 1
    assert done.stderr == f"muster: The disk is full: make some room where {checkout.top} is, then start again.\n"


def test_the_script_is_plain_posix() -> None:
    shell = shutil.which("dash") or "sh"

    done = subprocess.run(
        [shell, "-n", ROOT / "training/demo/bootstrap.sh"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert os.access(ROOT / "training/demo/bootstrap.sh", os.R_OK)
