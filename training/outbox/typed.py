"""What a person typed, kept apart from what the template says while a message is put together.

A value goes into the text between two marks of Unicode's private use, which no value may hold. So the form of
the message comes from the template alone: a name that starts with `# ` is no heading, and a reason that looks
like `[Label](address)` is no button.
"""

import re

OPEN, CLOSE = "\ue000", "\ue001"
MARKED = f"{OPEN}[^{CLOSE}]*{CLOSE}"
# The marks, what writes over or turns round the words after it, and control characters other than white space.
_UNWANTED = re.compile("[\ue000\ue001\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f-\x9f]")


class Address(str):
    """A web address that the template vouches for by `|link`."""

    __slots__ = ()


def mark(text: str) -> str:
    """On one line, and its web addresses made unclickable in programs that find them by themselves."""
    line = " ".join(_UNWANTED.sub("", text).split())
    return f"{OPEN}{line if isinstance(text, Address) else unlinked(line)}{CLOSE}"


def unlinked(line: str) -> str:
    """Shown with a gap, so that whoever reads can see what was done and to what."""
    return re.sub(r"\bwww\.", "www .", line.replace("://", ": //"), flags=re.IGNORECASE)


def unmark(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")
