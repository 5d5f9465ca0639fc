"""The form of a report that is the truth: JSON with sorted keys and no spaces, and a hash of each section."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """The same figures give the same text, byte for byte."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def section_hashes(report: dict[str, Any]) -> dict[str, str]:
    """One hash a section, so that one can be redacted on record while the others still prove themselves."""
    return {name: digest(section) for name, section in report["sections"].items()}
