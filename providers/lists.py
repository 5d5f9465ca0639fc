"""Every list that goes out and comes in again: one set of columns each, so that a file read back changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from providers.exporting import courses_sheet, dates_sheet
from providers.imports import venues as venue_list
from providers.imports.contracts import CONTRACT_COLUMNS
from providers.models import Contract, Engagement, Provider
from providers.terms import time_of
from training.catalogue.models import Course, Event, Venue
from training.people.models import Employment, Person, Role, RoleGrant
from training.web.downloads import Sheet


@dataclass(frozen=True)
class ListOut:
    """`what` says in words what a row is; `count` how many there are."""

    name: str
    title: str
    what: str
    sheet: Callable[[], Sheet]
    count: Callable[[], int]


def venues_sheet() -> Sheet:
    rows = ([getattr(one, column) for column in venue_list.COLUMNS] for one in Venue.objects.order_by("name"))
    return Sheet("Venues", venue_list.COLUMNS, rows)


def providers_sheet() -> Sheet:
    rows = Provider.objects.order_by("name").values_list("name", "contact_email")
    return Sheet("Providers", ("name", "contact_email"), rows)


def contracts_sheet() -> Sheet:
    rows = Contract.objects.select_related("provider").prefetch_related("terms", "options").order_by("reference")
    return Sheet("Contracts", CONTRACT_COLUMNS, (_contract_row(one) for one in rows))


def _contract_row(contract: Contract) -> list[object]:
    first = min((term.period for term in contract.terms.all() if term.kind == "initial"), key=lambda one: one.lower)
    months = (first.upper.year - first.lower.year) * 12 + first.upper.month - first.lower.month
    return [
        contract.reference,
        contract.lot_number,
        contract.provider.name,
        time_of(contract).starts_on,
        months,
        "+".join(str(option.months) for option in contract.options.all()),
        _whole_pounds(contract.value_pence),
        contract.title,
    ]


def _whole_pounds(pence: int | None) -> int | None:
    """As the import reads it; with pence it says nothing, rather than something else."""
    return None if pence is None or pence % 100 else pence // 100


def trainers_sheet() -> Sheet:
    """Who trains for a provider, and whoever has the role and is lent by where they work."""
    return Sheet("Trainers", ("name", "works_for", "email"), _trainer_rows())


def _trainer_rows() -> Iterator[list[object]]:
    today = timezone.localdate()
    engaged = Engagement.objects.on(today).filter(is_manager=False, person__in=Person.objects.present())
    rows = engaged.select_related("person", "provider").order_by("person__name", "provider__name", "pk")
    for row in rows:
        yield [row.person.name, row.provider.name, row.person.email]
    role = RoleGrant.objects.on(today).filter(role=Role.TRAINER).exclude(person__in=engaged.values("person"))
    lent = Employment.objects.not_refused().on(today).of_present_persons().filter(person__in=role.values("person"))
    lent = lent.filter(agency__standing="settled").select_related("person", "agency")
    for work in lent.order_by("person__name", "agency__name", "pk"):
        yield [work.person.name, work.agency.name, work.person.email]


LISTS = (
    ListOut("venues", "Venues", "a room with its address and how many it holds", venues_sheet, Venue.objects.count),
    ListOut("courses", "Courses", "a course as it stands now", courses_sheet, Course.objects.count),
    ListOut("providers", "Providers", "who delivers training", providers_sheet, Provider.objects.count),
    ListOut("contracts", "Contracts", "what was agreed at first", contracts_sheet, Contract.objects.count),
    ListOut("trainers", "Trainers", "who trains, and for whom", trainers_sheet, lambda: len(list(_trainer_rows()))),
    ListOut("dates", "Dates", "a date with its days, room, provider and trainers", dates_sheet, Event.objects.count),
)


def every_sheet() -> list[Sheet]:
    return [one.sheet() for one in LISTS]
