"""Names that somebody pastes, one a line: "Name", "Name <address>", "address", or a row of a spreadsheet. Pure."""

import re
import unicodedata
from dataclasses import dataclass

MOST_LINES = 60
_ADDRESS = re.compile(r"[^\s<>,;\"'()]+@[^\s<>,;\"'()]+\.[^\s<>,;\"'()]+")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class Line:
    """`number` counts from 1 among the lines that say something; `name` or `email` may be empty, not both."""

    number: int
    text: str
    name: str
    email: str

    @property
    def key(self) -> str:
        """The same for the same words, so that the same list sent again is the same bookings."""
        return f"{folded(self.name)}|{self.email}"


def read_lines(text: str) -> list[Line]:
    """In their order, at most one more than allowed; empty lines and what stands there already are left out."""
    lines: list[Line] = []
    seen: set[str] = set()
    for raw in text.replace("\x00", "").splitlines():
        name, email = _parts(_BULLET.sub("", raw))
        line = Line(len(lines) + 1, " ".join(raw.split())[:200], name, email)
        if (name or email) and line.key not in seen:
            seen.add(line.key)
            lines.append(line)
        if len(lines) > MOST_LINES:
            break
    return lines


def _parts(raw: str) -> tuple[str, str]:
    found = _ADDRESS.search(raw)
    email = found.group().lower()[:254] if found else ""
    rest = raw.replace(found.group(), " ") if found else raw
    return _name(re.sub(r"[<>;\t\"()]", " ", rest)), email


def _name(text: str) -> str:
    """ "Okafor, Ada" is Ada Okafor, as address books write it."""
    text = " ".join(text.split()).strip(" ,")
    last, comma, first = text.partition(",")
    if comma and first.strip() and "," not in first:
        text = f"{first.strip()} {last.strip()}"
    return text[:120]


def folded(text: str) -> str:
    """Without accents, capitals and the differences between apostrophes: how two spellings of a name are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‘", "'"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
