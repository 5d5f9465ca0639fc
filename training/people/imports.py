"""People and organisations out of a partnership's lists.

Name, organisation and address together are a person's key: volunteers and faith groups share a mailbox, and a school
has two people of one name. An empty cell says nothing: what Muster holds stays.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Lower

from training.people.actions.agencies import save_agency
from training.people.errors import PeopleError
from training.people.forms.agencies import DOMAIN
from training.people.models import Agency, Employment, Person, Sector
from training.web.cells import Reader
from training.web.importing import (
    Change,
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
from training.web.when import london_day

AGENCY_NEEDS = frozenset({"name", "sector"})
AGENCY_COLUMNS = ("name", "short_name", "sector", "email_domains", "headcount", "charge_exempt", "group")
PEOPLE_NEEDS = frozenset({"name", "email", "agency"})
PEOPLE_COLUMNS = (*PEOPLE_NEEDS, "job_title", "manager_name", "manager_email", "employee_number", "mobile")
SECTORS = {words: sector for sector in Sector for words in (sector.value, sector.label.casefold())}
YES_OR_NO = {"yes": True, "no": False, "y": True, "n": False, "true": True, "false": False}
DETAILS = ("job_title", "manager_name", "manager_email", "employee_number")
CHUNK = 1000

Key = tuple[str, str, str]


def plan_agencies(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("organisations", warnings=require_columns(table, AGENCY_NEEDS, AGENCY_COLUMNS))
    held = {agency.name.casefold(): agency for agency in Agency.objects.select_related("group")}
    short_names = {agency.short_name.casefold(): agency for agency in held.values() if agency.short_name}
    names, shorts = Seen(), Seen()
    for line in each(table.lines, sitting.advance):
        read = Reader(line, table.columns)
        wanted = _agency(read)
        name, short = str(wanted["name"]), str(wanted["short_name"])
        known = held.get(name.casefold())
        if name and (first := names.before(name.casefold(), line.number)):
            read.wrong("name", f"each organisation once: it is in row {first} too")
        if short and (first := shorts.before(short.casefold(), line.number)):
            read.wrong("short_name", f"a short name of its own: row {first} has it too")
        if short and short_names.get(short.casefold(), known) is not known:
            read.wrong("short_name", f"a short name of its own: {short_names[short.casefold()]} has it")
        changes = changes_between(_agency_words(_held(known)), _agency_words(wanted)) if known else []
        planned = PlannedLine(line.number, name, Verdict.WRONG, changes, read.problems, wanted=(wanted, known))
        plan.lines.append(judged(planned, is_new=known is None))
    return plan


def _agency(read: Reader) -> dict[str, Any]:
    domains = [domain.lower().lstrip("@") for domain in read.parts("email_domains", " ,;|", 100)]
    for domain in domains:
        if not DOMAIN.fullmatch(domain):
            read.wrong("email_domains", "domains like example.org with spaces between", domain)
    return {
        "name": read.text("name", is_required=True),
        "short_name": read.text("short_name", 20),
        "sector": read.one_of("sector", SECTORS, f"one of {', '.join(sector.label for sector in Sector)}"),
        "email_domains": sorted(set(domains)),
        "headcount": read.number("headcount", 0, 1_000_000),
        "is_charge_exempt": read.one_of("charge_exempt", YES_OR_NO, "yes or no", is_required=False),
        "group": read.text("group"),
    }


def _held(agency: Agency) -> dict[str, Any]:
    plain = {name: getattr(agency, name) for name in ("short_name", "sector", "email_domains", "headcount")}
    group = agency.group.name if agency.group else ""
    return {**plain, "is_charge_exempt": agency.is_charge_exempt, "group": group}


def _agency_words(fields: dict[str, Any]) -> dict[str, str]:
    exempt = fields["is_charge_exempt"]
    words = {
        "Short name": fields["short_name"],
        "Sector": Sector(fields["sector"]).label if fields["sector"] else "",
        "E-mail domains": " ".join(sorted(fields["email_domains"])),
        "Headcount": "" if fields["headcount"] is None else str(fields["headcount"]),
        "Never charged": "" if exempt is None else "yes" if exempt else "no",
        "Group": fields["group"],
    }
    return {label: value for label, value in words.items() if value}


def apply_agencies(lines: list[PlannedLine], sitting: Sitting) -> None:
    for line in lines:
        wanted, known = line.wanted
        agency = known or Agency(name=wanted["name"])
        for name in ("short_name", "sector", "email_domains", "headcount", "is_charge_exempt"):
            if wanted[name] not in (None, "", []):
                setattr(agency, name, wanted[name])
        try:
            save_agency(agency=agency, revision=agency.revision, new_group=wanted["group"], by=sitting.by)
        except PeopleError as error:
            refuse_line(line, "name", str(error))


@dataclass
class WantedPerson:
    """A row read; `known` is the employment that it is about, if Muster has it."""

    name: str
    email: str
    mobile: str
    agency: Agency
    details: dict[str, str]
    warnings: list[str]
    known: Employment | None = None
    first_day: datetime.date | None = None  # of work there, when something older than the list proves it


def plan_people(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("people", warnings=require_columns(table, PEOPLE_NEEDS, PEOPLE_COLUMNS))
    agencies = {agency.name.casefold(): agency for agency in Agency.objects.exclude(standing=Agency.Standing.CLOSED)}
    seen, lines, today = Seen(), iter(each(table.lines, sitting.advance)), london_day(sitting.now)
    while chunk := list(islice(lines, CHUNK)):
        readers = [Reader(line, table.columns) for line in chunk]
        wanted = [_person(read, agencies, seen) for read in readers]
        held = _held_employments([one for one in wanted if one], today)
        for read, one in zip(readers, wanted, strict=True):
            plan.lines.append(_plan_person(read, one, held))
    return plan


def _person(read: Reader, agencies: dict[str, Agency], seen: Seen) -> WantedPerson | None:
    name, email = read.text("name", 120, is_required=True), read.email("email")
    agency = read.one_of("agency", agencies, "an organisation that Muster knows")
    details = {
        "job_title": read.text("job_title", 120),
        "manager_name": read.text("manager_name", 120),
        "manager_email": read.email("manager_email"),
        "employee_number": read.text("employee_number", 40),
    }
    warnings = []
    if email and details["manager_email"] == email:  # the office's mailbox is no way to reach a manager
        details["manager_email"] = ""
        warnings.append("The manager’s address is their own, so it is left out.")
    if not email:
        warnings.append("There is no e-mail address: they get no messages.")
    mobile = read.text("mobile", 20)
    if agency is None or read.problems:
        return None
    if first := seen.before(key_of(name, email, agency), read.row):
        read.wrong("name", f"each person once: they are in row {first} too")
    return WantedPerson(name, email, mobile, agency, details, warnings)


def key_of(name: str, email: str, agency: Agency) -> Key:
    return (name.casefold(), email.lower(), str(agency.pk))


def _held_employments(wanted: list[WantedPerson], today: datetime.date) -> dict[Key, Employment]:
    """By key: where these people work now. One query for the whole part of the file."""
    rows = Employment.objects.not_refused().not_over(today).of_present_persons().select_related("person", "agency")
    names = {one.name.lower() for one in wanted}
    found = rows.annotate(name_key=Lower("person__name")).filter(name_key__in=names).order_by("period", "pk")
    return {key_of(work.person.name, work.person.email, work.agency): work for work in found}


def _plan_person(read: Reader, wanted: WantedPerson | None, held: dict[Key, Employment]) -> PlannedLine:
    if wanted is None:
        return judged(
            PlannedLine(read.row, read.text("name", 120), Verdict.WRONG, problems=read.problems), is_new=False
        )
    wanted.known = held.get(key_of(wanted.name, wanted.email, wanted.agency))
    planned = PlannedLine(read.row, f"{wanted.name}, {wanted.agency}", Verdict.WRONG, problems=read.problems)
    planned.wanted, planned.warnings = wanted, wanted.warnings
    if wanted.known is not None:
        planned.changes = _person_changes(wanted, wanted.known)
    return judged(planned, is_new=wanted.known is None)


def _person_changes(wanted: WantedPerson, known: Employment) -> list[Change]:
    before = {name: getattr(known, name) for name in DETAILS} | {"mobile": known.person.mobile}
    after = {**wanted.details, "mobile": wanted.mobile}
    said = {name: words for name, words in after.items() if words}
    return [
        Change(change.field.replace("_", " ").capitalize(), change.was, change.becomes)
        for change in changes_between(before, said)
    ]


def apply_people(lines: list[PlannedLine], sitting: Sitting) -> None:
    """New people in bulk; they count as confirmed, since a coordinator's list says so."""
    new = [line.wanted for line in lines if line.verdict == Verdict.NEW]
    for start in range(0, len(new), CHUNK):
        write_new_people(new[start : start + CHUNK], sitting)
    for line in lines:
        if line.verdict == Verdict.CHANGED:
            _change(line.wanted)


def write_new_people(wanted: Sequence[WantedPerson], sitting: Sitting) -> list[Employment]:
    """These people and where they work, in two statements; the employments in the same order."""
    today = london_day(sitting.now)
    persons = Person.objects.bulk_create(
        Person(name=one.name, email=one.email, mobile=one.mobile, created_at=sitting.now) for one in wanted
    )
    return Employment.objects.bulk_create(
        Employment(
            person=person,
            agency=one.agency,
            period=DateRange(min(one.first_day or today, today), None),
            standing=Employment.Standing.CONFIRMED,
            settled_by=sitting.by.person,
            settled_at=sitting.now,
            **one.details,
        )
        for person, one in zip(persons, wanted, strict=True)
    )


def _change(wanted: WantedPerson) -> None:
    known = wanted.known
    if known is None:
        raise TypeError("only a known employment changes")
    work = Employment.objects.select_for_update().get(pk=known.pk)
    changed = {name: words for name, words in wanted.details.items() if words and words != getattr(work, name)}
    for name, words in changed.items():
        setattr(work, name, words)
    if changed:
        work.save(update_fields=list(changed))
    if wanted.mobile and wanted.mobile != known.person.mobile:
        person = Person.objects.select_for_update().get(pk=known.person_id)
        person.mobile = wanted.mobile
        person.revision += 1
        person.save(update_fields=["mobile", "revision"])


AGENCIES = Kind("organisations", AGENCY_NEEDS, plan_agencies, apply_agencies)
PEOPLE_LIST = Kind("people", PEOPLE_NEEDS, plan_people, apply_people)
PEOPLE = (AGENCIES, PEOPLE_LIST)
