"""Why something is not possible, as data that a page and an action share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One reason. `code` is for tests and counts, `sentence` and `what_to_do` for the person.

    A reason that is not blocking is a warning: the action goes ahead and the page says it.
    """

    code: str
    sentence: str
    what_to_do: str = ""
    blocking: bool = True
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.sentence} {self.what_to_do}".strip()


def blocking(reasons: Iterable[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.blocking]


def as_sentence(reasons: Iterable[Reason]) -> str:
    """All of them as one text, for an exception's message."""
    return " ".join(str(reason) for reason in reasons)
