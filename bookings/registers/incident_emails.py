"""The messages about something that happened at a date. What was written stands on its page alone."""

import datetime
from collections.abc import Iterable

from bookings.models import Incident
from training.outbox.posting import post
from training.people.emails import absolute, recipient
from training.people.models import Person


def tell_coordinators(incident: Incident, people: Iterable[Person], *, now: datetime.datetime) -> None:
    _post("incident_reported", incident, people, key=incident.reference, now=now)


def tell_duty(incident: Incident, people: Iterable[Person], *, now: datetime.datetime) -> None:
    _post("incident_duty", incident, people, key=incident.reference, now=now)


def chase(incident: Incident, people: Iterable[Person], *, now: datetime.datetime, day: datetime.date) -> None:
    """Each working day until it is closed; somebody with both roles gets it once."""
    _post("incident_open", incident, people, key=f"{incident.reference}:{day.isoformat()}", now=now)


def _post(message: str, incident: Incident, people: Iterable[Person], *, key: str, now: datetime.datetime) -> None:
    context = {
        "incident": incident,
        "event": incident.session.event,
        "title": incident.session.event.version.title,
        "page": absolute("bookings:incident", incident.reference),
    }
    for person in people:
        to = recipient(person)
        post(f"bookings.{message}", key=f"{key}:{person.reference}", to=to, now=now, context=context)
