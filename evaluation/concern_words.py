"""Words in an answer that may be about somebody's safety: a list as data, which errs on the side of a look too many.

It decides only whether a duty person reads the words at once; it never refuses an answer.
"""

import csv
import re
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "data" / "concern_words.csv"


def may_be_a_concern(text: str) -> bool:
    """Whether one of the phrases stands in the text as whole words, whatever the case, spacing and hyphens."""
    return _pattern().search(_plain(text)) is not None


def _plain(text: str) -> str:
    """Lower case, with one space for whatever is no letter or digit; an apostrophe goes without one."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub("['’]", "", text.casefold())).split())


@cache
def _pattern() -> re.Pattern[str]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        phrases = [_plain(row["phrase"]) for row in csv.DictReader(file)]
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in phrases if phrase) + r")\b")
