"""Sessions for one organisation: only its people can be booked, as a reason, and which of their workplaces fits."""

from collections.abc import Iterator

from django.db.models import prefetch_related_objects

from training.catalogue.models import Course, Event
from training.people.models import Agency, Employment, Person
from training.web.reasons import Reason


def organisations_of(event: Event) -> list[Agency] | None:
    """None when the date is for everybody. Read once for each `event`, however many people it is asked for."""
    if event.version.course.kind != Course.Kind.CLOSED:
        return None
    prefetch_related_objects([event], "closed_for__agency")
    return sorted((one.agency for one in event.closed_for.all()), key=lambda agency: agency.name)


def fitting_first(event: Event, works: list[Employment]) -> list[Employment]:
    """The workplaces of somebody, those that the date is for before the others."""
    named = organisations_of(event)
    return works if named is None else sorted(works, key=lambda work: work.agency not in named)


def reasons_of_a_closed_date(
    event: Event, person: Person, employment: Employment | None, *, is_self: bool
) -> Iterator[Reason]:
    named = organisations_of(event)
    if named is None or employment is None:  # that nobody said where they work is a reason of its own
        return
    if not named:
        yield Reason(
            "closed_for_nobody", "It does not say for which organisation this date is.", "Ask the training team."
        )
    elif employment.agency not in named:
        names = " and ".join(agency.name for agency in named)
        who = "you" if is_self else person.name
        yield Reason(
            "closed_to_others",
            f"This date is only for people of {names}, and {who} would come from {employment.agency}.",
            "Choose the place of work there, or look for another course.",
            data={"agencies": [agency.reference for agency in named]},
        )
