from training.catalogue.actions.venues import save_venue
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Venue
from training.web.cells import Reader, tidy
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

NEEDS = frozenset({"name", "address", "capacity"})
COLUMNS = ("name", "address", "capacity", "access", "travel")


def plan_venues(table: Table, sitting: Sitting) -> Plan:
    plan = Plan("venues", warnings=require_columns(table, NEEDS, COLUMNS))
    held = {venue.name.casefold(): venue for venue in Venue.objects.all()}
    seen = Seen()
    for line in each(table.lines, sitting.advance):
        read = Reader(line, table.columns)
        wanted = _wanted(read)
        name = str(wanted["name"])
        if name and (first := seen.before(name.casefold(), line.number)):
            read.wrong("name", f"each venue once: it is in row {first} too")
        known = held.get(name.casefold())
        changes = changes_between(_words(vars(known)), _words(wanted)) if known else []
        planned = PlannedLine(line.number, name, Verdict.WRONG, changes, read.problems, wanted=(wanted, known))
        plan.lines.append(judged(planned, is_new=known is None))
    return plan


def _wanted(read: Reader) -> dict[str, object]:
    return {
        "name": read.text("name", is_required=True),
        "address": read.text("address", 300, is_required=True),
        "capacity": read.number("capacity", 1, 5000, is_required=True),
        "access": read.text("access", 2000),
        "travel": read.text("travel", 2000),
    }


def _words(fields: dict[str, object]) -> dict[str, str]:
    """What a list says; an empty cell says nothing."""
    return {name.capitalize(): tidy(str(fields[name])) for name in COLUMNS if fields[name]}


def apply_venues(lines: list[PlannedLine], sitting: Sitting) -> None:
    for line in lines:
        wanted, known = line.wanted
        venue = known or Venue()
        for name, value in wanted.items():
            if (value and name != "name") or venue.pk is None:
                setattr(venue, name, value)
        try:
            save_venue(venue=venue, revision=venue.revision, by=sitting.by)
        except CatalogueError as error:
            refuse_line(line, "name", str(error))


VENUES = Kind("venues", NEEDS, plan_venues, apply_venues)
