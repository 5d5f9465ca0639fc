"""The pseudonym under which one person's answers about one course are kept.

Whoever holds the database alone cannot tell from it who somebody is, nor make it from a booking: the key of the
HMAC is in the settings and never in the database.
"""

import hashlib
import hmac
import uuid

from django.conf import settings


def pairing_key(episode: uuid.UUID) -> str:
    """HMAC-SHA256 of a booking's episode, as 64 hexadecimal digits. A move to another date keeps the episode."""
    return hmac.new(settings.PAIRING_KEY.encode(), episode.bytes, hashlib.sha256).hexdigest()
