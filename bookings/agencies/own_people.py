"""Who of an organisation's people is meant by a pasted line. Nobody of another organisation is ever looked at."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bookings.agencies.pasted_names import Line, folded
from training.people.finding import find_employments
from training.people.models import Agency, Employment
from training.people.models.employment import EmploymentQuerySet

ALIKE_SHOWN = 3


@dataclass(frozen=True)
class Match:
    """`sure` is the one who is meant; else `perhaps` are those who may be. Both empty: nobody here is like that."""

    line: Line
    sure: Employment | None = None
    perhaps: Sequence[Employment] = ()


def match_lines(lines: Iterable[Line], agency: Agency, today: datetime.date) -> list[Match]:
    """One query for all, and one for each line that names nobody exactly."""
    rows = people_there(agency, today)
    known = list(rows.select_related("person", "agency").order_by("person__name", "pk"))
    return [_match(line, known, rows) for line in lines]


def people_there(agency: Agency, today: datetime.date) -> EmploymentQuerySet:
    """Who works there or will start there, with or without a login, as far as nobody has said no."""
    return Employment.objects.not_refused().not_over(today).of_present_persons().filter(agency=agency)


def _match(line: Line, known: Sequence[Employment], rows: EmploymentQuerySet) -> Match:
    name = folded(line.name)
    named = [one for one in known if name and folded(one.person.name) == name]
    at_address = [one for one in known if line.email and one.person.email == line.email]
    both = [one for one in named if one in at_address]
    for exact in (both, named if not line.email else [], at_address if not name else []):
        if len(exact) == 1:
            return Match(line, sure=exact[0])
    numbered = [one for one in known if one.employee_number and one.employee_number.casefold() == name]
    if len(numbered) == 1:
        return Match(line, sure=numbered[0])
    perhaps = both or [*named, *(one for one in at_address if one not in named)]
    if not perhaps and line.name:
        alike = sorted(find_employments(rows, line.name), key=lambda one: (-vars(one)["likeness"], one.pk))
        keys = {one.pk for one in alike[:ALIKE_SHOWN]}
        perhaps = [one for one in known if one.pk in keys]
    return Match(line, perhaps=perhaps)
