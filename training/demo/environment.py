"""What the demonstration's programs are told: settings as environment variables, and secrets kept in its folder."""

import json
import os
import sys
from pathlib import Path
from urllib.parse import quote

from training.demo import places
from training.demo.processes import TroubleError

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = sys.executable


def settings(folder: Path, *, port: int, database_url: str, redis_url: str) -> dict[str, str]:
    """Only the settings themselves, all of `training/config/settings.py`."""
    return {
        "DJANGO_SETTINGS_MODULE": "training.config.settings",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"filemail:///{quote(str(folder / 'mail'))}",
        "MUSTER_DEMO": "1",
        "MUSTER_SECRET_KEY": places.secret(folder, "secret-key"),
        "MUSTER_PAIRING_KEY": places.secret(folder, "pairing-key"),
        "MUSTER_PUBLIC_URL": f"http://localhost:{port}",
        "MUSTER_STATIC_ROOT": str(folder / "static"),
        "MUSTER_FILES_ROOT": str(folder / "files"),
    }


def remember(folder: Path, values: dict[str, str]) -> None:
    """For `recall`: another terminal's way to the servers of a running demonstration."""
    places.write_private(folder / "environment.json", json.dumps(values))


def recall(folder: Path) -> dict[str, str]:
    try:
        values: dict[str, str] = json.loads((folder / "environment.json").read_text())
    except FileNotFoundError:
        raise TroubleError("The demonstration has not started yet: run make demo first.") from None
    return values


def of_children(values: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **values, "PYTHONUNBUFFERED": "1"}
