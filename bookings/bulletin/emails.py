"""The bulletin as a message, and as the same function shows it beforehand."""

import datetime

from bookings.bulletin.choosing import stop_url
from bookings.bulletin.letters import Letter
from bookings.models import Bulletin, MailKind
from training.outbox.posting import post
from training.outbox.rendering import Rendered, render_message
from training.people.emails import recipient
from training.people.models import Person

KIND = "bookings.bulletin"
# Older than that it tells of dates that have been.
OF_USE = datetime.timedelta(days=14)


def send_bulletin(bulletin: Bulletin, person: Person, letter: Letter, now: datetime.datetime) -> None:
    stop = stop_url(person, MailKind.BULLETIN)
    post(
        KIND,
        key=f"{bulletin.reference}:{person.reference}",
        to=recipient(person),
        now=now,
        context=_context(bulletin, letter, stop),
        has_secret=True,
        expires_at=now + OF_USE,
        unsubscribe_url=stop,
    )


def bulletin_message(bulletin: Bulletin, letter: Letter, stop: str) -> Rendered:
    """What somebody would read, whose link to stop it is `stop`."""
    return render_message(KIND, _context(bulletin, letter, stop))


def _context(bulletin: Bulletin, letter: Letter, stop: str) -> dict[str, object]:
    return {"bulletin": bulletin, "letter": letter, "stop": stop}
