"""`import_catalogue` and `import_people`, as somebody at a terminal sees them."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_user
from tests.imports.reading import DATA
from training.catalogue.models import Course, Venue
from training.people.models import Agency, Role, User


def run(command: str, *arguments: str | Path) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_catalogue(by: User) -> None:
    assert run("import_catalogue", DATA / "courses.csv") == "Courses: 32 new, 0 changed, 0 unchanged, 0 wrong.\nDone.\n"
    assert Course.objects.count() == 32


def test_a_trial_says_so(by: User) -> None:
    said = run("import_catalogue", DATA / "venues.csv", "--dry-run")

    assert said.endswith("This was a trial: nothing was changed.\n")
    assert not Venue.objects.exists()


def test_people(by: User) -> None:
    assert run("import_people", DATA / "agencies.csv").startswith("Organisations: 59 new")
    assert Agency.objects.count() == 59


def test_a_wrong_row_is_a_line_and_a_failure(by: User, tmp_path: Path) -> None:
    file = tmp_path / "venues.csv"
    file.write_text("name,address,capacity\nHall,Street,many\n")
    out = io.StringIO()

    with pytest.raises(CommandError, match="Nothing was changed: 1 of 1 rows are wrong"):
        call_command("import_catalogue", str(file), stdout=out)

    assert "Row 2, capacity: found “many”, expected a whole number from 1 to 5,000." in out.getvalue()


def test_refusals_are_sentences(by: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run("import_catalogue", tmp_path / "nothing.csv")
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        run("import_catalogue", tmp_path)
    with pytest.raises(CommandError, match="has no login that may do this"):
        run("import_catalogue", DATA / "venues.csv", "--by", make_user(role=Role.PDL_MEMBER).email)


def test_nobody_to_do_it(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody may do this yet"):
        run("import_catalogue", DATA / "venues.csv")
