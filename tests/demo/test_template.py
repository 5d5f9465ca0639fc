from pathlib import Path

import pytest

from training.demo import template

MIGRATION = Path("training/people/migrations/0001_first.py")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for path in (MIGRATION, Path("requirements.txt"), Path("training/config/settings.py")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("first")
    return tmp_path


@pytest.mark.parametrize("path", [MIGRATION, Path("requirements.txt"), Path("training/config/settings.py")])
def test_fingerprint_changes_with_whatever_decides_the_tables(checkout: Path, path: Path) -> None:
    before = template.fingerprint(checkout)

    (checkout / path).write_text("second")

    assert template.fingerprint(checkout) != before


def test_fingerprint_changes_with_a_new_migration_but_not_with_a_view(checkout: Path) -> None:
    before = template.fingerprint(checkout)

    (checkout / "training" / "people" / "views.py").write_text("new")
    with_view = template.fingerprint(checkout)
    (checkout / MIGRATION).with_name("0002_second.py").write_text("new")

    assert with_view == before
    assert template.fingerprint(checkout) != before
