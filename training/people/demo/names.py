"""Names as a London borough has them, and the addresses that go with them. Nobody here exists."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from random import Random

from training.people.models import Agency

# Letters that have no accent to take off.
_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae"})
PRIVATE_DOMAINS = ("inbox.example", "postbox.example")


@dataclass(frozen=True)
class Community:
    weight: int
    given: list[str]
    family: list[str]


class Names:
    def __init__(self, rows: list[dict[str, str]], rng: Random) -> None:
        self._rng = rng
        everybody = [_community(row) for row in rows]
        self._single = [name for community in everybody if not community.family for name in community.given]
        self._communities = [community for community in everybody if community.family]
        self._weights = [community.weight for community in self._communities]

    def draw(self) -> str:
        """Mostly both names from one community; some married into another, some double, a few single."""
        chance = self._rng.random()
        if chance < 0.006:
            return self._rng.choice(self._single)
        own, other = self._rng.choices(self._communities, self._weights, k=2)
        given = self._rng.choice(own.given)
        if chance < 0.05:
            return f"{given} {self._rng.choice(own.family)}-{self._rng.choice(other.family)}"
        return f"{given} {self._rng.choice((other if chance < 0.14 else own).family)}"

    def of_childminder(self, agency: str) -> str:
        """Whose name the organisation bears: "Pam Ashworth, childminder", or "Mrs R. Adeyemi, childminder"."""
        name = agency.removesuffix(", childminder")
        if ". " not in name:
            return name
        initial, family = name.split(". ", 1)
        given = [word for community in self._communities for word in community.given if word[0] == initial[-1]]
        return f"{self._rng.choice(given)} {family}"


def _community(row: dict[str, str]) -> Community:
    return Community(int(row["weight"]), _words(row["given"]), _words(row["family"]))


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split("|") if word.strip()]


class Addresses:
    """One mailbox each where the organisation has mail; elsewhere the office's, shared, or a private one."""

    def __init__(self, rng: Random, taken: list[str]) -> None:
        self._rng = rng
        self._taken = Counter(taken)

    def at_work(self, name: str, agency: Agency) -> str:
        if agency.email_domains:
            return self.at(agency.email_domains[0], name)
        chance = self._rng.random()
        if chance < 0.6:
            return f"office@{plain(agency.name)[:24]}.example"
        return self.private(name) if chance < 0.92 else ""

    def private(self, name: str) -> str:
        return self.at(self._rng.choice(PRIVATE_DOMAINS), name)

    def at(self, domain: str, name: str) -> str:
        words = [word for word in map(plain, re.split(r"[\s-]", name)) if word not in {"", "dr", "rev", "sgt"}]
        address = f"{'.'.join(words)}@{domain}"
        self._taken[address] += 1
        number = self._taken[address]
        return address if number == 1 else f"{'.'.join(words)}{number}@{domain}"


def plain(text: str) -> str:
    """Only small letters a to z and digits, for a mail address."""
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]", "", bare)
