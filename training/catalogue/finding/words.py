"""What somebody typed, as words, and how far two spellings are apart. Pure functions."""

import re
from collections.abc import Iterable, Iterator

from training.web.forms import INVISIBLE

LONGEST_TEXT = 100
MOST_WORDS = 12
LONGEST_PHRASE = 5
# Shorter words are abbreviations: one letter away there is always another one.
SHORTEST_CORRECTED = 4
# What every entry of the catalogue is: "neglect training" asks about neglect.
SAYS_NOTHING = frozenset(
    ["training", "trainings", "course", "courses", "class", "classes", "workshop", "workshops", "webinar", "webinars"]
)
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")


def tidy(text: str) -> str:
    """The text as it is printed again: one line, at most a hundred characters, nothing invisible in it."""
    return " ".join(INVISIBLE.sub("", " ".join(text.split())).split())[:LONGEST_TEXT].strip()


def words_of(text: str) -> list[str]:
    """Its words in lower case, `DSL’s` as `dsl`, `self-harm` as two; signs and emoji are none. At most twelve."""
    words = _WORD.findall(_POSSESSIVE.sub("", text.lower()))
    return [word for word in words if word not in SAYS_NOTHING][:MOST_WORDS]


def phrases_of(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Every run of at most five words, the longest first: where it starts, how many, its text."""
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield start, length, " ".join(words[start : start + length])


def spellings_of(phrase: str) -> list[str]:
    """As it stands, and without the s of a plural: `dsls` is looked up as `dsl` too."""
    return [phrase, phrase[:-1]] if phrase.endswith("s") and len(phrase) > 2 else [phrase]


def nearest_word(word: str, candidates: Iterable[str]) -> str | None:
    """The first of `candidates`, likeliest first, that is fewest slips away; None when all are too far.

    One slip is always forgiven, two in a word of six letters, three in one of nine; with more than one
    the first letter must be right, or "cooking" would find "working".
    """
    if len(word) < SHORTEST_CORRECTED:
        return None
    allowed = 3 if len(word) >= 9 else 2 if len(word) >= 6 else 1
    best, fewest = None, allowed + 1
    for candidate in candidates:
        slips = slips_between(word, candidate)
        if slips < fewest and (slips == 1 or candidate[0] == word[0]):
            best, fewest = candidate, slips
    return best


def slips_between(one: str, other: str) -> int:
    """Letters missing, added, wrong, or two neighbours swapped (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
