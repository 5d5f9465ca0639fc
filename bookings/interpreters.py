"""An adjustment that needs an interpreter is ordered for on the day of booking: it takes three to four weeks."""

import datetime
import re

from bookings.models import HOLDING_A_PLACE, AccessNeed, Booking
from training.catalogue.actions.orders import need_interpreter
from training.people.models import Person

WORDS = re.compile(
    r"\b(interpret\w*|bsl|sign[- ]?language|signer|lip[- ]?speak\w*|palantyp\w*|speech[- ]to[- ]text|note[- ]?taker)\b",
    re.IGNORECASE,
)


def asks_for_interpreter(what_to_do: str) -> bool:
    """Whether what somebody typed names one. One too many is looked at by a coordinator; one too few costs a place."""
    return WORDS.search(what_to_do) is not None


def order_interpreter(booking: Booking, *, by: Person | None, now: datetime.datetime) -> None:
    """Once somebody who asks for one has a place; the order holds how many, never who. Under the date's lock."""
    if booking.status not in HOLDING_A_PLACE:
        return
    need = AccessNeed.objects.filter(booking=booking).first()
    if need is not None and asks_for_interpreter(need.what_to_do):
        need_interpreter(event=booking.event, by=by, now=now)
