"""Completions out of the licensed platform's list, and whose each of them is.

Three rules in this order: the platform's own number, once somebody has said whose it is; name and address together;
name and organisation, when only one person there has that name. What fits none is kept for a coordinator to settle.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower

from training.catalogue.models import CourseVersion
from training.elearning.actions import record_completions
from training.elearning.models import Completion, PlatformAccount
from training.people.models import Employment, Person
from training.web.cells import Reader
from training.web.importing import (
    Plan,
    PlannedLine,
    Seen,
    Sitting,
    Verdict,
    each,
    in_parts,
    judged,
    require_columns,
)
from training.web.tables import Table
from training.web.when import london_day

NEEDS = frozenset({"course_code", "completed_on", "name"})
COLUMNS = (*sorted(NEEDS), "email", "agency", "external_id")

Key = tuple[int, object, str, str, str]


@dataclass
class Wanted:
    read: Reader
    completion: Completion


def plan_completions(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("completions", warnings=require_columns(table, NEEDS, COLUMNS))
    versions = CourseVersion.objects.filter(is_current=True).select_related("course")
    courses = {version.course.code.casefold(): version for version in versions}
    wanted = [_wanted(Reader(line, table.columns), courses, sitting) for line in each(table.lines, sitting.advance)]
    good = [one.completion for one in wanted if not one.read.problems]
    held, seen = _held(good), Seen()
    _match([one for one in good if _key(one) not in held])
    for one in wanted:
        plan.lines.append(_line(one, held, seen))
    return plan


def _wanted(read: Reader, courses: dict[str, CourseVersion], sitting: Sitting) -> Wanted:
    version = read.one_of("course_code", courses, "the code of a course that Muster has")
    on = read.day("completed_on", is_required=True)
    if on is not None and on > london_day(sitting.now):
        read.wrong("completed_on", "a day that is past")
    completion = Completion(
        version=version,
        on=on or london_day(sitting.now),  # a row without its day is wrong
        name=read.text("name", 120, is_required=True),
        email=read.email("email"),
        agency_name=read.text("agency"),
        external_id=read.text("external_id", 60),
        read_at=sitting.now,
    )
    return Wanted(read, completion)


def _key(one: Completion) -> Key:
    return (one.version_id, one.on, one.name, one.email, one.external_id)


def _held(completions: Sequence[Completion]) -> set[Key]:
    versions = {one.version_id for one in completions}
    names = sorted({one.name for one in completions})
    held: set[Key] = set()
    for some in in_parts(names):
        held.update(map(_key, Completion.objects.filter(version_id__in=versions, name__in=some)))
    return held


def _match(completions: Sequence[Completion]) -> None:
    """Give each its person, where exactly one fits the first rule that speaks."""
    for some in in_parts(completions):
        numbers = [one.external_id for one in some if one.external_id]
        accounts = PlatformAccount.objects.filter(external_id__in=numbers)
        by_number = dict(accounts.values_list("external_id", "person_id"))
        names = {one.name.lower() for one in some}
        by_address: dict[tuple[str, str], set[int]] = defaultdict(set)
        people = Person.objects.present().annotate(key=Lower("name")).filter(key__in=names).exclude(email="")
        for pk, name, email in people.values_list("pk", "key", "email"):
            by_address[name, email.lower()].add(pk)
        by_agency: dict[tuple[str, str], set[int]] = defaultdict(set)
        works = Employment.objects.not_refused().of_present_persons().annotate(key=Lower("person__name"))
        for pk, name, agency in works.filter(key__in=names).values_list("person_id", "key", "agency__name"):
            by_agency[name, agency.casefold()].add(pk)
        for one in some:
            name = one.name.lower()
            found = {by_number[one.external_id]} if one.external_id in by_number else set()
            found = found or by_address[name, one.email.lower()] or by_agency[name, one.agency_name.casefold()]
            one.person_id = next(iter(found)) if len(found) == 1 else None


def _line(wanted: Wanted, held: set[Key], seen: Seen) -> PlannedLine:
    one, read = wanted.completion, wanted.read
    line = PlannedLine(read.row, one.name, Verdict.WRONG, problems=read.problems, wanted=one)
    if read.problems:
        return line
    line.name = f"{one.name}, {one.version.course.code}"
    if first := seen.before(_key(one), read.row):
        read.wrong("name", f"each completion once: it is in row {first} too")
    is_new = _key(one) not in held
    if is_new and one.person_id is None:
        line.warnings.append("Nobody fits by number, address or organisation: it waits to be settled.")
    return judged(line, is_new=is_new)


def apply_completions(lines: Sequence[PlannedLine], sitting: Sitting) -> list[Completion]:
    """Keep each row; those of known people go into their records. Gives what was kept."""
    rows: list[Completion] = [line.wanted for line in lines if not line.problems]
    for some in in_parts(rows):
        Completion.objects.bulk_create(some)
        record_completions(completions=some, now=sitting.now)
    return rows
