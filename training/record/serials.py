"""The numbers of certificates: long and random, since the page that checks them asks for no login."""

import re
import secrets

from training.web.references import ALPHABET

# 29 letters, 16 of them: 2 × 10²³. Whoever tries a million a second for a century finds none.
LENGTH = 16
PATTERN = f"^[{ALPHABET}]{{{LENGTH}}}$"


def new_serial() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def printed(serial: str) -> str:
    """ "7KM2 QXPA 3VNE 8TRD": in fours, as people read it out and type it."""
    return " ".join(serial[start : start + 4] for start in range(0, len(serial), 4))


def read_serial(text: str) -> str:
    """What somebody typed, with spaces and dashes as they like; empty when it cannot be a serial."""
    serial = re.sub(r"[\s\-–]", "", text[:60]).upper()
    return serial if re.fullmatch(PATTERN, serial) else ""
