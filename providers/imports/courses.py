"""Courses out of a list. An empty cell says nothing: what Muster holds stays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from providers.imports.frameworks import frameworks
from providers.imports.words import EXPECTED_MODE, EXPECTED_REMIT, MODE_WORDS, MODES, REMITS
from training.catalogue.actions.courses import CourseShape, add_course, correct_course, publish_course, revise_outcomes
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Course, CourseVersion, Framework
from training.catalogue.plans import CourseText, Level
from training.governance.models import Priority
from training.web.cells import Reader
from training.web.importing import (
    Kind,
    Plan,
    PlannedLine,
    Seen,
    Sitting,
    Verdict,
    changes_between,
    each,
    judged,
    refuse_line,
    require_columns,
)
from training.web.tables import Table

NEEDS = frozenset({"code", "title", "mode", "remit", "learning_outcomes"})
COLUMNS = (
    *("code", "title", "level", "groups", "mode", "remit", "hours", "refresher_months", "priority", "lot"),
    "learning_outcomes",
)
TEXT_FIELDS = ("title", "aims", "audience", "content_warning", "what_to_bring", "hours", "refresher_months")


@dataclass(frozen=True)
class WantedCourse:
    """What the file says, and what Muster holds where the file says nothing."""

    code: str
    shape: CourseShape
    text: CourseText
    outcomes: list[str]
    levels: list[Level]
    priorities: list[str]
    known: CourseVersion | None


def plan_courses(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("courses", warnings=require_columns(table, NEEDS, COLUMNS))
    held, ladders, seen = _held(), frameworks(), Seen()
    for line in each(table.lines, sitting.advance):
        read = Reader(line, table.columns)
        code = _code(read, seen)
        known = held.get(code)
        wanted = _wanted(read, code, known, ladders)
        changes = changes_between(words_of(known), _words(wanted)) if known else []
        planned = PlannedLine(line.number, code, Verdict.WRONG, changes, read.problems, wanted=wanted)
        if known is None and not wanted.outcomes:
            planned.warnings.append("It lands as a draft: it says nothing about what people will be able to do.")
        plan.lines.append(judged(planned, is_new=known is None))
    return plan


def _held() -> dict[str, CourseVersion]:
    versions = CourseVersion.objects.filter(is_current=True).select_related("course")
    return {version.course.code.upper(): version for version in with_words(versions)}


def with_words(versions: "QuerySet[CourseVersion]") -> "QuerySet[CourseVersion]":
    """What `words_of` looks at, in a fixed number of queries."""
    priorities = Prefetch("course__priorities", Priority.objects.order_by("name"))
    return versions.prefetch_related("outcomes", "levels__framework", priorities)


def _code(read: Reader, seen: Seen) -> str:
    code = read.text("code", 20, is_required=True).upper()
    if (code and not code.replace("-", "").isalnum()) or not code.isascii() or code.startswith("-"):
        read.wrong("code", "letters, digits and dashes, like BSP001")
    elif code and (first := seen.before(code, read.row)):
        read.wrong("code", f"each course once: it is in row {first} too")
    return code


def _wanted(read: Reader, code: str, known: CourseVersion | None, ladders: dict[str, Framework]) -> WantedCourse:
    course = known.course if known else Course()
    shape = CourseShape(
        kind=course.kind,
        remit=read.one_of("remit", REMITS, EXPECTED_REMIT) or course.remit,
        usual_mode=read.one_of("mode", MODES, EXPECTED_MODE) or course.usual_mode,
        lot_number=read.number("lot", 1, 99) or course.lot_number,
    )
    before = CourseText(**{name: getattr(known, name) for name in TEXT_FIELDS}) if known else CourseText("")
    text = replace(
        before,
        title=read.text("title", is_required=True),
        hours=read.decimal("hours", Decimal("0.25"), Decimal(500)) or before.hours,
        refresher_months=read.number("refresher_months", 1, 240) or before.refresher_months,
    )
    held_outcomes = [outcome.text for outcome in known.outcomes.all()] if known else []
    return WantedCourse(
        code,
        shape,
        text,
        read.parts("learning_outcomes") or held_outcomes,
        _levels(read, known, ladders),
        read.parts("priority", "|;", 120) or ([priority.name for priority in course.priorities.all()] if known else []),
        known,
    )


def _levels(read: Reader, known: CourseVersion | None, ladders: dict[str, Framework]) -> list[Level]:
    held = {level.framework.code: level for level in known.levels.all()} if known else {}
    places = {code: Level(level.framework, level.lowest, level.highest) for code, level in held.items()}
    for column, codes, expected in (
        ("level", ("local",), "a local level, such as L3 or L2-3"),
        ("groups", ("groups", "adult-groups"), "groups 1 to 8 or A to D, such as 2-3 or B-C"),
    ):
        notation = read.text(column, 40)
        found = [Level(ladders[code], *place) for code in codes if (place := ladders[code].parse(notation))]
        if notation and not found:
            read.wrong(column, expected)
        for code in codes if found else ():
            places.pop(code, None)
        places |= {level.framework.code: level for level in found}
    return list(places.values())


def _words(wanted: WantedCourse) -> dict[str, str]:
    return {
        "Title": wanted.text.title,
        "How": MODE_WORDS.get(wanted.shape.usual_mode, ""),
        "Board": wanted.shape.remit,
        "Levels": _level_words((level.framework.code, level.lowest, level.highest) for level in wanted.levels),
        "Hours": decimal_words(wanted.text.hours),
        "Refresher months": str(wanted.text.refresher_months or ""),
        "Lot": str(wanted.shape.lot_number or ""),
        "Priority": " | ".join(sorted(wanted.priorities, key=str.casefold)),
        "Learning outcomes": " | ".join(wanted.outcomes),
    }


def words_of(version: CourseVersion | None) -> dict[str, str]:
    """What Muster holds, in the same words. Of a version loaded by `with_words`, without a query."""
    if version is None:
        return {}
    course = version.course
    return {
        "Title": version.title,
        "How": MODE_WORDS[course.usual_mode],
        "Board": course.remit,
        "Levels": _level_words((level.framework.code, level.lowest, level.highest) for level in version.levels.all()),
        "Hours": decimal_words(version.hours),
        "Refresher months": str(version.refresher_months or ""),
        "Lot": str(course.lot_number or ""),
        "Priority": " | ".join(sorted((priority.name for priority in course.priorities.all()), key=str.casefold)),
        "Learning outcomes": " | ".join(outcome.text for outcome in version.outcomes.all()),
    }


def _level_words(levels: Iterable[tuple[str, int, int]]) -> str:
    return ", ".join(f"{code} {low}–{high}" for code, low, high in sorted(levels))


def decimal_words(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def apply_courses(lines: list[PlannedLine], sitting: Sitting) -> None:
    for line in lines:
        try:
            _write(line.wanted, sitting)
        except CatalogueError as error:
            refuse_line(line, "code", str(error))


def _write(wanted: WantedCourse, sitting: Sitting) -> None:
    shape = replace(wanted.shape, priorities=[_priority(name) for name in wanted.priorities])
    said: dict[str, Any] = {"shape": shape, "text": wanted.text, "outcomes": wanted.outcomes, "levels": wanted.levels}
    by, now = sitting.by, sitting.now
    if wanted.known is None:
        version = add_course(code=wanted.code, by=by, now=now, **said)
        if wanted.outcomes:
            publish_course(course=version.course, by=by)
        return
    course = wanted.known.course
    if len(wanted.outcomes) == len(wanted.known.outcomes.all()):
        correct_course(course=course, revision=course.revision, by=by, **said)
    else:
        revise_outcomes(course=course, revision=course.revision, moves_drafts=True, by=by, now=now, **said)


def _priority(name: str) -> Priority:
    return Priority.objects.filter(name__iexact=name).first() or Priority.objects.create(name=name)


COURSES = Kind("courses", NEEDS, plan_courses, apply_courses)
