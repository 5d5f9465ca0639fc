from django.db import IntegrityError, transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import Venue
from training.people.models import User


@transaction.atomic
def save_venue(*, venue: Venue, revision: int, by: User) -> Venue:
    """Add or change a venue. Raises StaleError when somebody else changed it since `revision` was read."""
    require_coordinator(by)
    if venue.pk:
        held = Venue.objects.select_for_update().get(pk=venue.pk)
        if held.revision != revision:
            raise StaleError("venue", revision=held.revision)
    venue.name = " ".join(venue.name.split())
    if not venue.name or not venue.capacity:
        raise CatalogueError("Enter the venue’s name and how many it holds.")
    venue.revision = revision + 1 if venue.pk else 1
    try:
        with transaction.atomic():
            venue.save()
    except IntegrityError:
        raise CatalogueError(f"There is already a venue called {venue.name}.") from None
    return venue
