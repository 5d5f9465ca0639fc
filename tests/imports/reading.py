"""Reading a file in, as the command and the page do."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from providers.imports.catalogue import CATALOGUE
from training.people.models import User
from training.web.importing import Kind, Outcome, Sitting, read_in
from training.web.tables import read_tables

DATA = Path(__file__).resolve().parents[2] / "training" / "demo" / "data"
NOW = datetime.datetime(2026, 5, 11, 6, tzinfo=datetime.UTC)
EVENTS = "reference,course_code,mode,sessions,venue,capacity,minimum,provider,trainer\n"


def take(content: bytes | str | Path, by: User, *, keeps: bool = True, kinds: Sequence[Kind] = CATALOGUE) -> Outcome:
    if isinstance(content, Path):
        content = content.read_bytes()
    data = content.encode() if isinstance(content, str) else content
    return read_in(read_tables(data), kinds, Sitting(by, NOW), keeps=keeps)


def said(outcome: Outcome) -> list[str]:
    """Every problem, in words."""
    return [str(problem) for plan in outcome.plans for problem in plan.problems]


def counted(outcome: Outcome) -> list[dict[str, int]]:
    return [{str(verdict): number for verdict, number in plan.counts().items() if number} for plan in outcome.plans]


def own_files(by: User) -> None:
    """What a list of dates needs."""
    for name in ("venues.csv", "courses.csv", "providers.csv", "contracts.csv"):
        assert take(DATA / name, by).is_done
