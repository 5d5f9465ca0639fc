"""Filtering by facets, and counting each facet's choices with all the other facets applied."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import slugify

from training.catalogue.finding.facts import CourseFacts, Values
from training.catalogue.finding.wanted import Choices, Wanted, level_key
from training.catalogue.models import DeliveryMode, Framework, Remit
from training.web.components import Facet, Option

Counts = dict[str, Counter[Hashable]]


class Choice(NamedTuple):
    """One value of a facet: as the facts have it, as the address has it, as people read it."""

    value: Hashable
    address: str
    label: str


@dataclass(frozen=True)
class Shelf:
    """A facet before it is counted. `key` is its name among the facts, `name` in the address."""

    key: str
    name: str
    label: str
    choices: Sequence[Choice]


def shelves(choices: Choices) -> list[Shelf]:
    """Every facet of the catalogue, in the order of the page."""
    modes = [Choice(mode.value, mode.value, mode.label) for mode in DeliveryMode]
    remits = [Choice(remit.value, remit.value, remit.label) for remit in Remit]
    priorities = [Choice(p.pk, slugify(p.name), p.name) for p in choices.priorities]
    return [
        Shelf("mode", "mode", "How it is taught", modes),
        Shelf("remit", "remit", "Who it’s for", remits),
        *(Shelf(level_key(f), "level", f.name, _rungs(f)) for f in choices.frameworks),
        Shelf("priority", "priority", "Priorities", priorities),
    ]


def _rungs(framework: Framework) -> list[Choice]:
    prefix = framework.prefix.strip()
    before = f"{prefix} " if len(prefix) > 1 else prefix
    return [
        Choice(number, f"{framework.code}:{rung}", f"{before}{rung}")
        for number, rung in enumerate(framework.rungs, start=1)
    ]


def fitting(facts: Sequence[CourseFacts], wanted: Wanted) -> list[CourseFacts]:
    """Those that have, in every facet in which something is chosen, one of the chosen."""
    filters = _filters(wanted)
    fits = {values: not _missed(values, filters) for values in {course.values for course in facts}}
    return [course for course in facts if fits[course.values]]


def counted(facts: Iterable[CourseFacts], wanted: Wanted, choices: Choices) -> list[Facet]:
    """The facets with counts; a choice that would find nothing is left out unless it is chosen."""
    all_shelves, filters = shelves(choices), _filters(wanted)
    counts: Counts = {shelf.key: Counter() for shelf in all_shelves}
    for values, number in Counter(course.values for course in facts).items():
        missed = _missed(values, filters)
        if len(missed) > 1:
            continue
        for key, value in values:
            if key in missed or not missed:
                counts[key][value] += number
    facets = [_facet(shelf, counts[shelf.key], wanted.chosen.get(shelf.key, frozenset())) for shelf in all_shelves]
    return [facet for facet in facets if facet.options]


def _filters(wanted: Wanted) -> dict[str, Values]:
    return {key: frozenset((key, value) for value in chosen) for key, chosen in wanted.chosen.items() if chosen}


def _missed(values: Values, filters: dict[str, Values]) -> list[str]:
    return [key for key, chosen in filters.items() if chosen.isdisjoint(values)]


def _facet(shelf: Shelf, counts: Counter[Hashable], chosen: frozenset[Hashable]) -> Facet:
    options = [
        Option(choice.address, choice.label, counts[choice.value], choice.value in chosen)
        for choice in shelf.choices
        if counts[choice.value] or choice.value in chosen
    ]
    return Facet(shelf.name, shelf.label, options)
