"""What `docs/adr` and the contributing guide promise of the whole tree."""

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from training.config import parts

ROOT = Path(settings.BASE_DIR)
MODULES = [
    path
    for folder in ("training", "providers", "bookings", "evaluation")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
# A list of values that belongs in one file, and is never read as a whole.
LONG_BY_DESIGN = {"training/config/settings.py"}
# Written in two halves, so that this file does not name them either.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "deb.debian" + ".org"]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def lines_past_300(paths: list[Path]) -> set[str]:
    return {str(path.relative_to(ROOT)) for path in paths if len(path.read_text().splitlines()) > 300}


def test_no_module_is_too_long() -> None:
    assert lines_past_300(MODULES) <= LONG_BY_DESIGN


def test_no_test_module_is_too_long() -> None:
    assert lines_past_300(list((ROOT / "tests").rglob("*.py"))) == set()


def test_no_package_registry_is_named() -> None:
    naming = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked_files()
        for host in HOSTS
        if host.encode() in path.read_bytes()
    ]

    assert naming == []


def test_no_path_of_one_machine_is_named() -> None:
    home = re.compile(rb"/(?:home|Users|root)/[a-z]|" + re.escape(str(ROOT.parent)).encode() + rb"/")
    naming = [str(path.relative_to(ROOT)) for path in tracked_files() if home.search(path.read_bytes())]

    assert naming == []


def test_there_are_no_signals_and_no_custom_saves() -> None:
    offenders = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module in ("django.dispatch", "django.db.models.signals"):
                offenders.append(f"{path}: signals")
            if isinstance(node, ast.ClassDef) and path.match("*/models*"):
                offenders += [
                    f"{path}: {node.name}.save"
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and item.name == "save"
                ]

    assert offenders == []


def test_parts_stand_in_layer_order() -> None:
    apps = [dotted.removesuffix(".parts") for dotted in settings.PARTS]

    assert apps == [app for app in settings.LAYERS if app in apps]


def test_every_app_with_parts_is_listed() -> None:
    with_parts = [app for app in settings.LAYERS if (ROOT / app.replace(".", "/") / "parts.py").exists()]

    assert [f"{app}.parts" for app in with_parts] == settings.PARTS


def test_parts_hold_only_the_hooks() -> None:
    """Nothing but the few hooks is public in a `parts.py`, so that no ninth one creeps in."""
    found = {}
    for dotted in settings.PARTS:
        module = import_module(dotted)
        public = set(getattr(module, "__all__", ())) or {
            name
            for name, thing in vars(module).items()
            if callable(thing) and thing.__module__ == dotted and not name.startswith("_")
        }
        found[dotted] = public - set(parts.HOOKS)

    assert found == {dotted: set() for dotted in settings.PARTS}
