"""What a browser keeps for somebody is marked with their account, so that nobody else on the same device sees it."""

from django.utils.crypto import salted_hmac

from training.people.models import User

SALT = "muster.people.device"
LENGTH = 24


def account_key(user: object) -> str:
    """A word that stands for this account on its devices, never its number; empty for the signed-out."""
    if not isinstance(user, User) or user.pk is None:
        return ""
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()[:LENGTH]
