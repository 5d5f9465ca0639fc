"""The messages of this app, one function each; every one is called inside its action's transaction."""

import datetime

from training.catalogue.models import Event
from training.outbox.posting import post
from training.people.emails import absolute, recipient
from training.programme.models import DemandSignal


def tell_date_opened(signal: DemandSignal, event: Event, now: datetime.datetime) -> None:
    """A course that somebody asked about has a date."""
    post(
        "programme.date_opened",
        key=f"{signal.pk}",
        to=recipient(signal.person),
        now=now,
        context={
            "event": event,
            "sessions": list(event.sessions.select_related("venue").order_by("position")),
            "page": absolute("catalogue:event", event.reference),
        },
        expires_at=event.starts_at,
    )
