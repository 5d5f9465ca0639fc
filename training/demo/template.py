"""A database with every migration applied, kept for the tests to copy: a copy takes a tenth of a second.

Its name holds a fingerprint of all that decides what is in it, so it is never out of date, and no test writes to it.
"""

import hashlib
import subprocess
from pathlib import Path

import psycopg

from training.demo.environment import PYTHON, ROOT
from training.demo.processes import TroubleError

PREFIX = "muster_migrated_"


def ensure(database_url: str, settings: dict[str, str]) -> str:
    """The template's name, for MUSTER_TEST_TEMPLATE. It takes that name once it is whole."""
    server = database_url.rpartition("/")[0]
    name = PREFIX + fingerprint(ROOT)
    draft = f"{PREFIX}draft"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        found = {row[0] for row in connection.execute(query, [PREFIX])}
        if name in found:
            return name
        for old in found:
            connection.execute(f'DROP DATABASE "{old}"')
        connection.execute(f'CREATE DATABASE "{draft}"')
        _migrate({**settings, "DATABASE_URL": f"{server}/{draft}"})
        connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


def _migrate(settings: dict[str, str]) -> None:
    done = subprocess.run([PYTHON, "manage.py", "migrate", "-v0"], cwd=ROOT, env=settings, check=False)
    if done.returncode:
        raise TroubleError("The migrations failed: the reason stands above.")


def fingerprint(root: Path) -> str:
    """Changes with any migration, the packages (which bring migrations too) and the settings."""
    digest = hashlib.sha256()
    migrations = [path for depth in ("*", "*/*") for path in root.glob(f"{depth}/migrations/*.py")]
    for path in [*sorted(migrations), root / "requirements.txt", root / "training" / "config" / "settings.py"]:
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
