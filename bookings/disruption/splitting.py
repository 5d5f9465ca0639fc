"""Other days and times for the sittings of a date: pure arithmetic on what clocks in London show."""

import datetime
from collections.abc import Sequence
from dataclasses import replace

from training.catalogue.plans import SessionPlan
from training.web.when import LONDON, in_london

# Nobody learns from a screen for a whole day: a longer sitting is split, with a break of an hour.
LONGEST_ONLINE = datetime.timedelta(hours=4)
HALF_A_BREAK = datetime.timedelta(minutes=30)
WHOLE, SAME_DAY, WEEK_LATER = "whole", "same_day", "week_later"


def split_long(sittings: Sequence[SessionPlan], how: str) -> list[SessionPlan]:
    """Each sitting longer than four hours as two halves: on the same day with an hour between, or the second half at
    the same time of a later week, the first with nothing on. In the order of time; the first half keeps its row."""
    halves: list[SessionPlan] = []
    for sitting in sittings:
        if how == WHOLE or sitting.ends_at - sitting.starts_at <= LONGEST_ONLINE:
            halves.append(sitting)
            continue
        middle = sitting.starts_at + (sitting.ends_at - sitting.starts_at) / 2
        first = replace(sitting, ends_at=middle - HALF_A_BREAK)
        second = replace(sitting, starts_at=middle + HALF_A_BREAK, was=None)
        halves += [first, _later(first, [*sittings, *halves]) if how == WEEK_LATER else second]
    return sorted(halves, key=lambda one: one.starts_at)


def _later(half: SessionPlan, taken: Sequence[SessionPlan]) -> SessionPlan:
    week = 1
    while True:
        moved = replace(shifted(half, 7 * week), was=None)
        if not any(one.starts_at < moved.ends_at and moved.starts_at < one.ends_at for one in taken):
            return moved
        week += 1


def shifted(sitting: SessionPlan, days: int) -> SessionPlan:
    """So many days later at the same time, whatever the clocks do between. Raises ValueError for a time left out."""
    return replace(sitting, starts_at=_shifted(sitting.starts_at, days), ends_at=_shifted(sitting.ends_at, days))


def _shifted(moment: datetime.datetime, days: int) -> datetime.datetime:
    shown = moment.astimezone(LONDON)
    return in_london(shown.date() + datetime.timedelta(days=days), shown.time())
