"""What the import commands share: reading the file, the bar, a line for every row that is not as it was."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import pghistory
from django.core.management.base import CommandError
from tqdm import tqdm

from training.web.importing import Kind, Outcome, Sitting, Verdict, read_in
from training.web.tables import LARGEST_MEGABYTES, TableError, read_tables

SHOWN_ROWS = 200


def run_import(path: Path, kinds: Sequence[Kind], *, by: Any, now: Any, is_trial: bool, out: TextIO) -> None:
    """Raises CommandError with a sentence when the file cannot be read or one of its rows is wrong.

    The audit says in whose name it was done, as it does of a page.
    """
    try:
        tables = read_tables(_content(path))
        rows = sum(len(table.lines) for table in tables)
        bar_of_rows = tqdm(total=rows, unit=" rows", disable=None, leave=False)
        with bar_of_rows as bar, pghistory.context(user=by.pk, page=""):
            outcome = read_in(tables, kinds, Sitting(by, now, bar.update), keeps=not is_trial)
    except TableError as error:
        raise CommandError(str(error)) from None
    report(outcome, out)
    if outcome.is_refused:
        wrong = sum(plan.counts()[Verdict.WRONG] for plan in outcome.plans)
        raise CommandError(f"Nothing was changed: {wrong} of {rows:,} rows are wrong. Mend them and run it again.")
    out.write("This was a trial: nothing was changed.\n" if is_trial else "Done.\n")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_MEGABYTES * 1024 * 1024:
            raise CommandError(f"This file is larger than {LARGEST_MEGABYTES} MB. Split it, a year at a time.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def report(outcome: Outcome, out: TextIO) -> None:
    for plan in outcome.plans:
        for warning in plan.warnings:
            out.write(f"{warning}\n")
        for problem in plan.problems:
            out.write(f"{problem}\n")
        said = [
            f"Row {line.row} ({line.name}): {sentence}\n"
            for line in plan.lines
            if line.verdict != Verdict.WRONG
            for sentence in [*map(str, line.changes), *line.warnings]
        ]
        out.writelines(said[:SHOWN_ROWS])
        if len(said) > SHOWN_ROWS:
            out.write(f"… and {len(said) - SHOWN_ROWS:,} lines more.\n")
        counts = ", ".join(f"{number:,} {verdict}" for verdict, number in plan.counts().items())
        out.write(f"{plan.kind.capitalize()}: {counts}.\n")
