"""A trainer is confirmed in one place at a time: the look before, and the sentence that names the other date."""

import datetime
from collections.abc import Iterable, Sequence

from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, Session, Teaching
from training.people.models import Person
from training.web.words import when

# Who would be confirmed from when until when.
Claim = tuple[Person, datetime.datetime, datetime.datetime]


def clash_of(person: Person, sessions: Iterable[Session], *, event: Event) -> Teaching | None:
    """The first place elsewhere where this person is confirmed during one of these sessions of `event`."""
    return _first_clash([(person, session.starts_at, session.ends_at) for session in sessions], event)


def refuse_clashes(claims: Sequence[Claim], event: Event) -> None:
    """Raises CatalogueError with the sentence that names the other date."""
    if clash := _first_clash(claims, event):
        raise CatalogueError(sentence_of(clash))


def sentence_of(clash: Teaching) -> str:
    other = clash.session
    return (
        f"{clash.person.name} is confirmed for {other.event} at that time: {when(other)}. One of the two has to move."
    )


def _first_clash(claims: Sequence[Claim], event: Event) -> Teaching | None:
    for person, starts_at, ends_at in claims:
        elsewhere = Teaching.objects.clashing_with(person, starts_at, ends_at).exclude(session__event=event)
        if clash := elsewhere.select_related("person", "session__event").order_by("session__starts_at", "pk").first():
            return clash
    return None
