"""Lists of this app as tables: the columns, and each row in words."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html

from training.outbox.models import Message, State
from training.people.audit_trail import Change
from training.people.forms.outbox import STATE_WORDS, kind_in_words
from training.people.models import Agency, AgencyHeadcount, Employment, Person, RoleGrant
from training.web.components import Cell, Column, Table
from training.web.words import clock, day

STATE_COLOURS = {
    State.SENT: "green",
    State.FAILED: "red",
    State.RETURNED: "red",
    State.UNCERTAIN: "orange",
    State.EXPIRED: "grey",
    State.PENDING: "blue",
    State.SENDING: "blue",
}
STANDING_COLOURS = {
    Employment.Standing.CONFIRMED: "green",
    Employment.Standing.RECOGNISED: "teal",
    Employment.Standing.CLAIMED: "yellow",
    Employment.Standing.REFUSED: "grey",
}


def _table(caption: str, labels: Iterable[str], rows: Iterable[list[object]]) -> Table:
    return Table(caption, [Column(label) for label in labels], list(rows), is_caption_hidden=True)


def persons_table(persons: Iterable[Person]) -> Table:
    """Each person's `workplaces` must have been fetched: the employments of today."""
    labels = ("Name", "E-mail", "Where they work", "Login")
    return _table("People", labels, [_person_row(person) for person in persons])


def _person_row(person: Person) -> list[object]:
    workplaces: list[Employment] = getattr(person, "workplaces", [])
    hint = "To settle" if person.standing == Person.Standing.PROVISIONAL else person.reference
    return [
        Cell(person.name, url=reverse("people:person", args=[person.reference]), hint=hint),
        person.email or "–",
        ", ".join(work.agency.name for work in workplaces) or "–",
        "Has a login" if hasattr(person, "user") else "None",
    ]


def lead_table(employments: Iterable[Employment], *, new_since: datetime.date, shows_agency: bool) -> Table:
    """A lead's own people; who started on `new_since` or later is new. `shows_agency` when they lead several."""
    labels = ("Name", "Employee number", "Job", "Started", "Leaving")
    return _table("Your people", labels, [_lead_row(employment, new_since, shows_agency) for employment in employments])


def _lead_row(employment: Employment, new_since: datetime.date, shows_agency: bool) -> list[object]:
    names = [employment.agency.reference, employment.person.reference]
    is_new = employment.first_day >= new_since
    how = employment.get_kind_display()
    last = format_html(
        '{}<span class="govuk-visually-hidden"> of {}</span>',
        f"Last day {day(employment.last_day)}" if employment.last_day else "Record a last day",
        employment.person.name,
    )
    return [
        Cell(employment.person.name, hint=employment.person.email),
        employment.employee_number or "–",
        Cell(employment.job_title or "–", hint=employment.agency.name if shows_agency else how),
        Cell(day(employment.first_day), hint="New" if is_new else ""),
        Cell(last, url=reverse("people:agency-leaving", args=names)),
    ]


def leavers_table(employments: Iterable[Employment]) -> Table:
    """Who left: their name and last day. What came after is not the former employer's to see."""
    rows: list[list[object]] = [
        [row.person.name, day(row.last_day) if row.last_day else "–", row.agency.name] for row in employments
    ]
    return _table("Who has left in the last year", ("Name", "Last day", "Organisation"), rows)


def headcounts_table(headcounts: Iterable[AgencyHeadcount]) -> Table:
    """The yearly returns of one organisation, the newest first."""
    labels = ("Most days with children or adults at risk", "Now and then", "Hardly ever", "All")
    columns = [Column("Year from"), *(Column(label, is_numeric=True) for label in labels), Column("Source")]
    rows = [[one.year, one.daily, one.sometimes, one.rarely, one.total, one.source] for one in headcounts]
    return Table("Yearly returns", columns, rows, is_caption_hidden=True)


def agencies_table(agencies: Iterable[Agency]) -> Table:
    """Each organisation carries `people`: how many work there today."""
    columns = [
        Column("Organisation"),
        Column("Sector"),
        Column("Group"),
        Column("E-mail domains"),
        Column("People known", is_numeric=True),
    ]
    return Table("Organisations", columns, [_agency_row(agency) for agency in agencies], is_caption_hidden=True)


def _agency_row(agency: Agency) -> list[object]:
    is_typed = agency.standing == Agency.Standing.PROVISIONAL
    return [
        Cell(
            agency.name,
            url=reverse("people:agency-edit", args=[agency.reference]),
            hint="To settle" if is_typed else "",
        ),
        agency.get_sector_display(),
        agency.group.name if agency.group else "–",
        ", ".join(agency.email_domains) or "–",
        getattr(agency, "people", 0),
    ]


def roles_table(grants: Iterable[RoleGrant]) -> Table:
    labels = ("Person", "Role", "From", "Until", "Why", "Given by")
    return _table("Who holds which role", labels, [_role_row(grant) for grant in grants])


def _role_row(grant: RoleGrant) -> list[object]:
    return [
        Cell(grant.person.name, url=reverse("people:person", args=[grant.person.reference])),
        Cell(grant.get_role_display(), hint=grant.agency.name if grant.agency else ""),
        day(grant.first_day),
        day(grant.last_day) if grant.last_day else "–",
        grant.reason,
        grant.granted_by.name if grant.granted_by else "–",
    ]


def outbox_table(messages: Iterable[Message]) -> Table:
    labels = ("Message", "To", "Written", "State")
    return _table("Messages", labels, [_outbox_row(message) for message in messages])


def _outbox_row(message: Message) -> list[object]:
    return [
        Cell(
            message.subject,
            url=reverse("people:outbox-message", args=[message.reference]),
            hint=kind_in_words(message.kind),
        ),
        Cell(message.to_name or message.goes_to, hint=message.goes_to if message.to_name else ""),
        f"{day(message.created_at)}, {clock(message.created_at)}",
        state_cell(message),
    ]


def own_messages_table(messages: Iterable[Message]) -> Table:
    rows: list[list[object]] = [
        [
            Cell(message.subject, url=reverse("people:my-message", args=[message.reference])),
            f"{day(message.created_at)}, {clock(message.created_at)}",
            message.goes_to,
            state_cell(message),
        ]
        for message in messages
    ]
    return _table("Messages sent to you", ("Subject", "Written", "To", "State"), rows)


def state_cell(message: Message) -> Cell:
    return Cell(STATE_WORDS[message.state], tag=STATE_COLOURS[State(message.state)])


def history_table(changes: Iterable[Change]) -> Table:
    rows: list[list[object]] = [
        [
            f"{day(change.at)}, {clock(change.at)}",
            Cell(change.what, hint=f"Why: {change.reason}" if change.reason else ""),
            change.values,
            Cell(change.who, hint=change.page),
        ]
        for change in changes
    ]
    return _table("History", ("When", "What", "Then", "Who"), rows)
