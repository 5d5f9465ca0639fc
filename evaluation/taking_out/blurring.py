"""Answers of dates that few have answered leave without what would say to whom they belong.

The bookings of a date are in the same file, with where each person works. Of a date that two people came to, or that
one police officer came to, an answer that names its date and its sector names a person. So at each stage of each date

- that fewer than five answered (or than the partnership shows), the date, the sector, the day, the pseudonym and the
  outcomes rated stay behind: what is left is a rating of that question by somebody;
- where some sector has fewer than five, no answer names its sector: the one left without would be as good as named.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from evaluation.models import Response
from training.people.models import Partnership

ANSWER, RESPONSE = "evaluation.Answer", "evaluation.Response"
# What stays behind of a date with few answers.
OF_A_DATE: Mapping[str, frozenset[str]] = {
    RESPONSE: frozenset({"event_id", "sector", "on", "pairing_key"}),
    ANSWER: frozenset({"outcome_id"}),
}
# By which columns the date and the stage of a row are found.
PLACE = {RESPONSE: ("event_id", "stage"), ANSWER: ("response__event_id", "response__stage")}
# Rows in an order that says nothing: by their random ids, and not by a number that rises with the hour.
ORDER = {ANSWER: ("response_id", "question_id", "outcome_id")}
Place = tuple[Any, ...]


@dataclass(frozen=True)
class Few:
    """Dates and stages that fewer than `below` have answered, and those where fewer of some sector have."""

    below: int
    dates: frozenset[Place]
    sectors: frozenset[Place]

    def is_blank(self, label: str, column: str, place: Place) -> bool:
        """Whether this column of a row that is of this date and stage leaves empty."""
        if place in self.dates:
            return column in OF_A_DATE[label]
        return column == "sector" and place in self.sectors


def count_few() -> Few:
    """Read once for a file. In memory: a pair for each date and stage that somebody has answered."""
    below = max([5, *Partnership.objects.values_list("withhold_below", flat=True)])
    rows = Response.objects.values_list("event_id", "stage", "sector").annotate(Count("pk")).order_by()
    totals: dict[Place, int] = defaultdict(int)
    sectors = set()
    for event, stage, _, number in rows.iterator(chunk_size=2000):
        totals[event, stage] += number
        if number < below:
            sectors.add((event, stage))
    dates = frozenset(place for place, number in totals.items() if number < below)
    return Few(below, dates, frozenset(sectors))
