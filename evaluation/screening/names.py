"""Words that may be somebody's name. Our own table of people is not asked: a child is not in it."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
WORD = re.compile(r"[^\W\d_](?:[\w'’-]{0,40}\w)?")
TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "pc", "dc", "ds", "auntie", "uncle", "nan"))
INITIALS = re.compile(r"\b[A-Z]\. ?[A-Z]\b\.?")
# A first word before one of these is who did it: "Kai was left alone".
DOING = frozenset(("was", "has", "had", "said", "says", "told", "lives", "lived", "went", "goes", "came", "and", "who"))
ENDINGS = ("ing", "ed", "ly", "tion", "ment", "ness", "ity", "s")


def find_names(text: str) -> Iterator[tuple[int, int]]:
    """The spans of words, or of several in a row, that may be a name."""
    yield from (match.span() for match in INITIALS.finditer(text))
    words = list(WORD.finditer(text))
    suspected = [_may_be_a_name(text, words, place) for place in range(len(words))]
    start = None
    for place, word in enumerate(words):
        if suspected[place] and start is None:
            start = word.start()
        if start is not None and not _goes_on(text, words, suspected, place):
            yield start, _end_of(word)
            start = None


def is_known(word: str) -> bool:
    """Whether a capital on this word says nothing: an ordinary word, a place of work, a day, a method."""
    plain = _plain(word)
    return plain in _column("known_words.csv") or (plain.endswith("s") and plain[:-1] in _column("known_words.csv"))


@cache
def _column(name: str) -> frozenset[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"].casefold() for row in csv.DictReader(file))


def _plain(word: str) -> str:
    return re.sub(r"['’](?:s|d|ll|ve|re|m)?$", "", word.casefold()).replace("’", "'")


def _may_be_a_name(text: str, words: list[re.Match[str]], place: int) -> bool:
    word = words[place][0]
    plain = _plain(word)
    if plain in _column("first_names.csv"):
        return True
    if not word[0].isupper() or is_known(word):
        return False
    if place and words[place - 1][0].casefold() in TITLES:
        return True
    if plain in TITLES or len(word) == 1 or (word.isupper() and len(word) < 7):
        return False
    return not _starts_a_sentence(text, words[place].start()) or _looks_like_somebody(text, words, place)


def _starts_a_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'“‘(*-–•").rstrip(" \t")
    return not before or before[-1] in ".!?:;\n\r…/"


def _looks_like_somebody(text: str, words: list[re.Match[str]], place: int) -> bool:
    """A first word: the family name follows it, or what somebody does, or it owns something."""
    word = words[place][0]
    if re.search(r"['’]s$", word):
        return True
    if place + 1 == len(words) or _plain(word).endswith(ENDINGS):
        return False
    following = words[place + 1]
    if text[words[place].end() : following.start()].strip():
        return False
    has_family_name = following[0][0].isupper() and not following[0].isupper() and not is_known(following[0])
    return has_family_name or following[0].casefold() in DOING


def _goes_on(text: str, words: list[re.Match[str]], suspected: list[bool], place: int) -> bool:
    """Whether the next word belongs to the same name."""
    if place + 1 == len(words) or not suspected[place + 1] or _end_of(words[place]) != words[place].end():
        return False
    return not text[words[place].end() : words[place + 1].start()].strip(" ")


def _end_of(word: re.Match[str]) -> int:
    """Without the 's of what somebody owns."""
    return word.end() - (2 if re.search(r"['’]s$", word[0]) else 0)
