"""Short public references: what addresses of pages and people on the telephone use instead of row ids."""

import secrets

# Without 0/O, 1/I/L and U: read aloud and typed on a phone. 29 letters; 8 of them are 5 × 10¹¹.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Eight random letters, such as `7KM2QXPA`."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))
