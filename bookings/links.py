"""Personal links: whoever holds one acts as the person of its booking, without signing in."""

from bookings.models import Offer, PersonalLink
from training.web.tokens import hash_token


def find_link(token: str, purpose: PersonalLink.Purpose) -> PersonalLink | None:
    """The link of this token, however old; None for whatever is not one. The page for both is the same."""
    rows = PersonalLink.objects.filter(token_hash=hash_token(token), purpose=purpose)
    joined = rows.select_related("booking__person", "booking__policy_version", "booking__employment__agency")
    return joined.select_related("booking__event__version__course").first()


def find_offer(token: str) -> Offer | None:
    """The offer that this token was sent with, open or not. Comes with its booking, date and person."""
    link = find_link(token, PersonalLink.Purpose.OFFER)
    if link is None:
        return None
    offer = link.booking.offers.filter(made_at=link.made_at).first()
    if offer is not None:
        offer.booking = link.booking
    return offer
