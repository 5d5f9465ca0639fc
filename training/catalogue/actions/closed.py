"""Which organisations a date of a “Session for one organisation” is for."""

from collections.abc import Iterable

from django.db import transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import ClosedFor, Course, Event
from training.people.models import Agency, User

MOST_ORGANISATIONS = 20


@transaction.atomic
def close_for(*, event: Event, agencies: Iterable[Agency], revision: int, by: User) -> Event:
    """Exactly these see the date and book it from now on. Who is booked stays booked. The same again changes nothing.

    Raises CatalogueError for a date that everybody may book, for none while it is open, and for too many; StaleError
    when somebody else changed the date since `revision` was read.
    """
    require_coordinator(by)
    locked = Event.objects.select_for_update(of=("self",)).select_related("version__course").get(pk=event.pk)
    wanted = {agency.pk for agency in agencies}
    there = set(locked.closed_for.values_list("agency_id", flat=True))
    if wanted == there:
        return locked
    if locked.revision != revision:
        raise StaleError("date", revision=locked.revision)
    _check(locked, wanted)
    locked.closed_for.exclude(agency_id__in=wanted).delete()
    ClosedFor.objects.bulk_create(ClosedFor(event=locked, agency_id=pk) for pk in sorted(wanted - there))
    locked.revision += 1
    locked.save(update_fields=["revision"])
    return locked


def _check(event: Event, wanted: set[int]) -> None:
    if event.version.course.kind != Course.Kind.CLOSED:
        raise CatalogueError("This course is for everybody. Make it a session for one organisation first.")
    if event.standing == Event.Standing.CANCELLED:
        raise CatalogueError("This date is cancelled. Copy it to make a new one.")
    if event.standing == Event.Standing.PUBLISHED and not wanted:
        raise CatalogueError(
            "Leave at least one organisation: the date is open. Or take it back to draft.", field="another"
        )
    if len(wanted) > MOST_ORGANISATIONS:
        raise CatalogueError(f"Choose {MOST_ORGANISATIONS} organisations at most.", field="another")
