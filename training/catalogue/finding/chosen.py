"""The filters in force, each as a link that takes it away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from training.catalogue.finding.wanted import Wanted
from training.web.components import Facet
from training.web.words import day


@dataclass(frozen=True)
class Chosen:
    """`url` is the same search without it."""

    group: str
    label: str
    url: str


def chosen_filters(query: QueryDict, wanted: Wanted, facets: Sequence[Facet]) -> list[Chosen]:
    """`query` holds only what was understood (`wanted.as_query`)."""
    return [Chosen(group, label, _without(query, name, value)) for group, label, name, value in _all(wanted, facets)]


def _all(wanted: Wanted, facets: Sequence[Facet]) -> Iterator[tuple[str, str, str, str]]:
    for facet in facets:
        for option in facet.chosen:
            yield facet.label, option.label, facet.name, option.value
    if wanted.first_day:
        yield "Dates", f"From {day(wanted.first_day)}", "from", wanted.first_day.isoformat()
    if wanted.last_day:
        yield "Dates", f"Until {day(wanted.last_day)}", "to", wanted.last_day.isoformat()
    if wanted.only_with_places:
        yield "Places", "With places left", "places", "1"


def _without(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    changed.pop("page", None)
    return f"?{changed.urlencode()}"
