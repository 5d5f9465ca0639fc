"""What was done to a date's places, written down as it is done."""

import datetime

from bookings.models import PlacesStep
from training.catalogue.models import Event
from training.people.models import Person


def log_places(event: Event, code: str, sentence: str, *, by: Person | None, now: datetime.datetime) -> PlacesStep:
    """`by` is None when the clock did it. In the caller's transaction."""
    return PlacesStep.objects.create(event=event, at=now, by=by, code=code, sentence=sentence[:300])
