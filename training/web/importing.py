"""What reading a file in would do, a line for each of its rows, before anything is done.

An app's import works out a `Plan` from the tables of a file (`training.web.tables`); its page shows it, its command
prints it, and applying it is the app's own.
"""

import datetime
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.db import connection, transaction

from training.web.cells import Problem
from training.web.tables import Line, Table, TableError

# Called with the number of rows done since the last call.
Advance = Callable[[int], object]
T = TypeVar("T")


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass(frozen=True)
class Change:
    """One field of a row that Muster has already."""

    field: str
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.field}: {self.was or 'empty'} → {self.becomes or 'empty'}"


@dataclass
class PlannedLine:
    """What one row of the file means. `name` is what people call it; `wanted` is for whoever applies the plan."""

    row: int
    name: str
    verdict: Verdict
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    wanted: Any = None

    @property
    def sentences(self) -> list[str]:
        """Everything to be said of it, in words."""
        return [*map(str, self.problems), *map(str, self.changes), *self.warnings]


@dataclass
class Plan:
    """`kind` is what the rows are, in words: courses, dates, people. One for each sheet of a file."""

    kind: str
    lines: list[PlannedLine] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def counts(self) -> dict[Verdict, int]:
        counted = Counter(line.verdict for line in self.lines)
        return {verdict: counted[verdict] for verdict in Verdict}

    def of(self, verdict: Verdict) -> list[PlannedLine]:
        return [line for line in self.lines if line.verdict == verdict]

    @property
    def problems(self) -> list[Problem]:
        return [problem for line in self.lines for problem in line.problems]


def judged(line: PlannedLine, *, is_new: bool) -> PlannedLine:
    """Give the verdict that follows from what has been found."""
    if line.problems:
        line.verdict = Verdict.WRONG
    elif is_new:
        line.verdict = Verdict.NEW
    else:
        line.verdict = Verdict.CHANGED if line.changes else Verdict.UNCHANGED
    if line.verdict in (Verdict.WRONG, Verdict.UNCHANGED):
        line.wanted = None  # nobody writes it, and what it knows of tens of thousands of rows would fill the memory
    return line


def changes_between(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    return [Change(name, before.get(name, ""), words) for name, words in after.items() if before.get(name, "") != words]


def is_refused(plans: Iterable[Plan]) -> bool:
    """One wrong row refuses the whole file."""
    return any(line.verdict == Verdict.WRONG for plan in plans for line in plan.lines)


def has_work(plans: Iterable[Plan]) -> bool:
    return any(line.verdict in (Verdict.NEW, Verdict.CHANGED) for plan in plans for line in plan.lines)


def digest(plans: Iterable[Plan]) -> str:
    """The same for the same plan: what somebody agreed to is what is done."""
    said = [
        [plan.kind, *plan.warnings, *([line.row, line.name, line.verdict, *line.sentences] for line in plan.lines)]
        for plan in plans
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def require_columns(table: Table, required: Iterable[str], known: Iterable[str]) -> list[str]:
    """The sentences about columns that nobody reads. Raises TableError naming those that are missing."""
    missing = [column.replace("_", " ") for column in required if column not in table.columns]
    where = f" of the sheet “{table.name}”" if table.name else ""
    if missing:
        raise TableError(f"These columns{where} are missing: {', '.join(missing)}.")
    strange = [heading or key for key, heading in table.columns.items() if key not in set(known)]
    return [f"The column “{heading}”{where} is not read." for heading in strange]


def each(lines: Iterable[Line], advance: Advance) -> Iterator[Line]:
    """Go through the lines, telling of every hundred."""
    waiting = 0
    for line in lines:
        yield line
        waiting += 1
        if waiting == 100:
            advance(waiting)
            waiting = 0
    advance(waiting)


def in_parts(rows: Sequence[T], size: int = 1000) -> Iterator[Sequence[T]]:
    """The rows in order, so many at a time: a statement each."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


class Seen:
    """Which row of the file said something first: a second one is a mistake."""

    def __init__(self) -> None:
        self._rows: dict[Any, int] = {}

    def before(self, key: Any, row: int) -> int | None:
        """The row that had this key before; None the first time."""
        first = self._rows.setdefault(key, row)
        return None if first == row else first


@dataclass(frozen=True)
class Sitting:
    """Who reads a file in, when, and whom to tell how far it is."""

    by: Any
    now: datetime.datetime
    advance: Advance = field(default=lambda _: None)


@dataclass(frozen=True)
class Kind:
    """One kind of list. A table with all of `needs` among its columns is one; `apply` writes the lines given to it."""

    name: str
    needs: frozenset[str]
    plan: Callable[[Table, Sitting], Plan]
    apply: Callable[[list[PlannedLine], Sitting], None]


@dataclass(frozen=True)
class Outcome:
    plans: list[Plan]
    is_done: bool

    @property
    def is_refused(self) -> bool:
        return is_refused(self.plans)


class ChangedMeanwhileError(Exception):
    """What the file would do is no longer what was agreed to."""


def read_in(
    tables: Sequence[Table], kinds: Sequence[Kind], sitting: Sitting, *, keeps: bool, agreed: str = ""
) -> Outcome:
    """Plan and write every table, and take it all back again when one row is wrong or it is only a trial.

    So a trial finds whatever PostgreSQL or an action would refuse, and a sheet of dates finds the courses of the
    sheet before it. With `agreed`, the digest of an earlier trial, raises ChangedMeanwhileError when they differ.
    Raises TableError for a table of no known kind.
    """
    known = sorted(((_kind_of(table, kinds), table) for table in tables), key=lambda pair: kinds.index(pair[0]))
    with transaction.atomic():
        _spare_the_triggers()
        plans = []
        for kind, table in known:
            plan = kind.plan(table, sitting)
            plans.append(plan)
            kind.apply([line for line in plan.lines if line.verdict in (Verdict.NEW, Verdict.CHANGED)], sitting)
        is_done = keeps and not is_refused(plans)
        if is_done and agreed and digest(plans) != agreed:
            raise ChangedMeanwhileError
        if not is_done:
            transaction.set_rollback(True)
    return Outcome(plans, is_done)


def _spare_the_triggers() -> None:
    """Every trigger asks whether it is to be ignored, by reading a setting and catching the error when there is none.

    Each error caught makes PostgreSQL look through all constraints that the transaction has still to check: with n
    rows written, n × n. With the setting there (nothing is ignored) there is no error.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def _kind_of(table: Table, kinds: Sequence[Kind]) -> Kind:
    """Every column that makes a kind, or else the kind that most of them speak for, whose missing ones are named."""
    found = [kind for kind in kinds if kind.needs <= set(table.columns)]
    if found:
        return max(found, key=lambda kind: len(kind.needs))
    near = max(kinds, key=lambda kind: len(kind.needs & set(table.columns)) / len(kind.needs))
    if len(near.needs & set(table.columns)) * 2 < len(near.needs):
        where = f"The sheet “{table.name}”" if table.name else "This file"
        names = ", ".join(kind.name for kind in kinds)
        raise TableError(f"{where} is none of the lists read here ({names}). Its headings are not theirs.")
    require_columns(table, sorted(near.needs), [])
    raise AssertionError("a kind whose columns are all there was found above")


def refuse_line(line: PlannedLine, column: str, sentence: str) -> None:
    """An action refused the row: say so in its place."""
    line.problems.append(Problem(line.row, column, line.name, sentence))
    line.verdict = Verdict.WRONG
