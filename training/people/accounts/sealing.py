"""Secrets of second steps as the database holds them: encrypted, so that a stolen backup makes no codes.

The keys come from `settings.SECOND_FACTOR_KEYS`, outside the database. The first one seals, all of them open: a new
key goes in front, `manage.py seal_second_factors` seals everything with it, and then the old one may go.
"""

import base64
import logging
import secrets

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

logger = logging.getLogger("muster.sign_in")

MARK = "sealed:"  # what was kept before there was a key has no mark, and is read as it is
PURPOSE = b"muster second factor"
# Where a row keeps a secret: of the app, of the recovery codes.
SECRETS = ("secret", "seed")


def seal(text: str) -> str:
    return MARK + _keys().encrypt(text.encode()).decode()


def unseal(kept: str) -> str:
    """The secret; where no key of ours opens it, one that nobody has: every code is wrong, and no page breaks."""
    try:
        return _opened(kept)
    except InvalidToken:
        logger.error("A second step cannot be read: its key is missing from MUSTER_SECOND_FACTOR_KEYS")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _opened(kept: str) -> str:
    return _keys().decrypt(kept.removeprefix(MARK).encode()).decode() if kept.startswith(MARK) else kept


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in settings.SECOND_FACTOR_KEYS])


def _derived(key: str) -> bytes:
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=PURPOSE).derive(key.encode()))


@transaction.atomic
def seal_all() -> tuple[int, int]:
    """Seal every second step with the first key. Returns how many were sealed, and how many no key opens."""
    sealed, unreadable = 0, 0
    for row in Authenticator.objects.select_for_update().order_by("pk"):
        try:
            row.data = {name: seal(_opened(value)) if name in SECRETS else value for name, value in row.data.items()}
        except InvalidToken:
            unreadable += 1
            continue
        row.save(update_fields=["data"])
        sealed += 1
    return sealed, unreadable
