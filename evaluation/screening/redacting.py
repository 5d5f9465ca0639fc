"""A comment in pieces for the page, and the text that is left when some of them are taken out."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evaluation.screening.kinds import INSTEAD, Kind, Suspicion

TAKEN_OUT = "[taken out]"


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; `suspicion` says what it may be, if anything."""

    text: str
    suspicion: Suspicion | None = None


def pieces(text: str, found: Sequence[Suspicion]) -> list[Piece]:
    """The whole text, cut at the suspicions."""
    cut, at = [], 0
    for one in found:
        cut += [Piece(text[at : one.start]), Piece(text[one.start : one.end], one)]
        at = one.end
    return [piece for piece in [*cut, Piece(text[at:])] if piece.text]


def redacted(text: str, found: Sequence[Suspicion], keys: Collection[str], words: Collection[str] = ()) -> str:
    """The text with the chosen suspicions named by their kind, and further words taken out wherever they stand.

    What is left of a name is taken out elsewhere too: "Jordan" once, and every Jordan is gone.
    """
    chosen = [one for one in found if one.key in keys]
    names = {text[one.start : one.end] for one in chosen if one.kind == Kind.NAME}
    left = "".join(
        INSTEAD[piece.suspicion.kind] if piece.suspicion in chosen and piece.suspicion else piece.text
        for piece in pieces(text, found)
    )
    for name in sorted(names, key=len, reverse=True):
        left = _without(left, name, INSTEAD[Kind.NAME])
    for word in sorted(words, key=len, reverse=True):
        left = _without(left, word, TAKEN_OUT)
    return left


def missing(text: str, words: Collection[str]) -> list[str]:
    """Those of the words that do not stand in the text."""
    return [word for word in words if not _pattern(word).search(text)]


def _without(text: str, word: str, instead: str) -> str:
    return _pattern(word).sub(lambda _: instead, text)


def _pattern(word: str) -> re.Pattern[str]:
    """The word as a whole, whatever the case and the spaces."""
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, word.split())) + r"(?!\w)", re.IGNORECASE)
