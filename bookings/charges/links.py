"""The personal links that ask why somebody did not come."""

import datetime

from bookings.charges.answering import SOURCES
from bookings.links import find_link
from bookings.models import Charge, ChargeStatus, PersonalLink


def charge_of(token: str, now: datetime.datetime) -> tuple[Charge, PersonalLink.Purpose] | None:
    """What this link asks about, while it may be answered: None for what is decided, over or no link of ours."""
    for purpose in SOURCES:
        link = find_link(token, purpose)
        if link is not None and link.expires_at > now:
            rows = Charge.objects.filter(booking=link.booking, status=ChargeStatus.ASKED, found_at=link.made_at)
            charge = rows.select_related("agency").first()
            if charge is not None:
                charge.booking = link.booking
                return charge, purpose
    return None
