"""A mail to the training leads of organisations with few booked: once a lead, whatever is clicked."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction

from bookings import emails
from bookings.errors import BookingsError
from bookings.filling import written_to
from bookings.models import SeatMail, SeatMailReader
from bookings.rights import Actor, require_coordinator
from training.catalogue.models import Event
from training.people.models import Agency, Person


@transaction.atomic
def send_seat_mail(
    *,
    events: Sequence[Event],
    agencies: Sequence[Agency],
    words: str,
    submission: uuid.UUID,
    by: Actor,
    now: datetime.datetime,
) -> SeatMail:
    """Each lead gets one message, however many of these organisations are theirs. Sent twice it is one mail.

    `events` come from `open_dates`. Refused where nobody would get it.
    """
    person = require_coordinator(by)
    if not events:
        raise BookingsError("None of these dates can be booked any more. Choose others.")
    made = {"words": words.strip()[:500], "sent_at": now, "by": person}
    mail, is_new = SeatMail.objects.get_or_create(submission=submission, defaults=made)
    if not is_new:
        return mail
    leads = leads_of(agencies, now)
    if not leads:
        raise BookingsError("None of these organisations has a training lead who can be written to. Choose others.")
    mail.events.set(events)
    rows = [SeatMailReader(mail=mail, person=lead, agency=one) for lead, theirs in leads for one in theirs]
    SeatMailReader.objects.bulk_create(rows)
    for lead, theirs in leads:
        emails.tell_places_left(mail, events, lead, theirs, now)
    return mail


def leads_of(agencies: Sequence[Agency], now: datetime.datetime) -> list[tuple[Person, list[Agency]]]:
    """Those with an address who want such mails, by name, each with the organisations of these that they lead."""
    found: dict[Person, list[Agency]] = {}
    rows = written_to(now).filter(agency__in=agencies).exclude(person__email="")
    for grant in rows.select_related("person", "agency").order_by("person__name", "person_id", "agency__name"):
        theirs = found.setdefault(grant.person, [])
        if grant.agency is not None and grant.agency not in theirs:
            theirs.append(grant.agency)
    return list(found.items())
