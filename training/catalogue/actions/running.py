""" "Run or pull?" answered with run. To pull is `bookings/pulling.py`: whoever is booked has to be told."""

import datetime

from django.db import transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.actions.standing import run_with_those_booked
from training.catalogue.emails import tell_trainer_it_runs
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, RunDecision, Teaching
from training.people.models import Person, User


@transaction.atomic
def decide_to_run(*, event: Event, by: User, now: datetime.datetime, reason: str = "") -> Event:
    """It runs with as many as are booked; its trainers are told so. A second click changes nothing.

    Decided again only when fewer are booked than were enough then: see `run_with_those_booked`.
    """
    person = require_coordinator(by)
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if locked.standing != Event.Standing.PUBLISHED:
        raise CatalogueError(f"{event} is not open, so there is nothing to decide.")
    if locked.ends_at is not None and locked.ends_at <= now:
        raise CatalogueError(f"{event} is over.")
    booked, needed = locked.places_held, locked.minimum
    if booked >= needed and RunDecision.objects.of(locked).is_to_run():
        return locked
    run_with_those_booked(event=locked, by=by, now=now)
    reason = " ".join(reason.split())[:300]
    decision = RunDecision.objects.create(
        event=locked, outcome=RunDecision.Outcome.RUN, reason=reason, by=person, at=now, booked=booked, needed=needed
    )
    taught = Teaching.objects.live().filter(session__event=locked).values("person")
    for trainer in Person.objects.filter(pk__in=taught).order_by("pk"):
        tell_trainer_it_runs(trainer, decision, now=now)
    return locked
