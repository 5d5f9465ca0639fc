"""The cell `sessions`: "02/07/2019 09:30-16:30; 09/07/2019 09:30-16:30", in London's time."""

import datetime
import itertools
import re
from collections.abc import Sequence

from training.catalogue.models import Session
from training.catalogue.plans import MOST_SESSIONS
from training.web.cells import EARLIEST, LATEST, Reader, day_of
from training.web.when import LONDON, in_london

# From when until when.
Span = tuple[datetime.datetime, datetime.datetime]
EXAMPLE = "02/07/2019 09:30-16:30"
_SITTING = re.compile(r"(\S+)\s+(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})", re.ASCII)


def read_days(read: Reader, *, is_e_learning: bool) -> list[Span]:
    """The sittings in order; empty when one of them is wrong, which is noted."""
    before = len(read.problems)
    texts = read.parts("sessions", ";", 60)
    if is_e_learning:
        if texts:
            read.wrong("sessions", "nothing: e-learning has no days")
        return []
    if not texts:
        if len(read.problems) == before:
            read.wrong("sessions", f"at least one day and time, like {EXAMPLE}; only e-learning has none")
        return []
    spans = [span for text in texts if (span := _span(read, text))]
    _check_together(read, spans)
    return sorted(spans) if len(read.problems) == before else []


def _span(read: Reader, text: str) -> Span | None:
    match = _SITTING.fullmatch(text)
    if match is None:
        read.wrong("sessions", f"a day and its times, like {EXAMPLE}", text)
        return None
    day = day_of(match[1])
    if day is None or not EARLIEST <= day <= LATEST:
        read.wrong("sessions", "a real date, like 28/02/2020", match[1])
        return None
    try:
        starts, ends = (datetime.time(int(match[n]), int(match[n + 1])) for n in (2, 4))
        if ends <= starts:
            read.wrong("sessions", "an end after its start", text.removeprefix(match[1]).strip())
            return None
        return in_london(day, starts), in_london(day, ends)
    except ValueError as error:
        expected = f"another time. {error}" if "clocks" in str(error) else "times from 00:00 to 23:59"
        read.wrong("sessions", expected.rstrip("."), text)
        return None


def _check_together(read: Reader, spans: Sequence[Span]) -> None:
    if len(spans) > MOST_SESSIONS:
        read.wrong("sessions", f"at most {MOST_SESSIONS} days")
    for first, second in itertools.pairwise(sorted(spans)):
        if second[0] < first[1]:
            read.wrong("sessions", "days that do not overlap")
            return


def days_words(spans: Sequence[Span]) -> str:
    return "; ".join(
        f"{starts.astimezone(LONDON):%d/%m/%Y %H:%M}-{ends.astimezone(LONDON):%H:%M}" for starts, ends in spans
    )


def spans_of(sessions: Sequence[Session]) -> list[Span]:
    return [(session.starts_at, session.ends_at) for session in sessions]
