"""The tokens of personal links: long, random, kept only as a hash."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """A token for a link's address and the hash to keep."""
    token = secrets.token_urlsafe(32)
    return token, hash_token(token)


def hash_token(token: str) -> str:
    """SHA-256 of the token, as hexadecimal: enough for 256 random bits, which nobody guesses."""
    return hashlib.sha256(token.encode()).hexdigest()
