"""What the views of this app look up, by the reference in the address: 404 for what is not to be seen."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from training.catalogue.errors import CatalogueError
from training.catalogue.models import Course, Event, Venue
from training.people.access import user_of
from training.people.models import Person


def course_or_404(code: str) -> Course:
    return get_object_or_404(Course, code__iexact=code)


def venue_or_404(reference: str) -> Venue:
    return get_object_or_404(Venue, reference=reference)


def event_or_404(request: HttpRequest, reference: str) -> Event:
    """With everything that its page and its problems show."""
    return get_object_or_404(Event.objects.visible_to(user_of(request)).with_details(), reference=reference)


def trainer_or_404(event: Event, reference: str) -> Person:
    """Somebody who has been asked to teach this date."""
    asked = Person.objects.filter(teachings__session__event=event, reference=reference)
    return get_object_or_404(asked.distinct())


def try_action(request: HttpRequest, action: Callable[[], object], done: str) -> bool:
    """Run an action behind a single button: `done` in green, or the refusal's sentence, on the next page."""
    try:
        action()
    except CatalogueError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
