"""`find_courses`: from what is wanted to the courses in order, their facets, and what to say when there are none."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from training.catalogue.finding.facets import counted, fitting
from training.catalogue.finding.facts import CourseFacts, load_facts
from training.catalogue.finding.text import Understood, mend, understand
from training.catalogue.finding.wanted import Choices, Wanted
from training.web.components import Facet

MOST_NEAREST = 5
NEVER = 2**62


@dataclass(frozen=True)
class FoundCourses:
    """`course_ids` in order. With none, `nearest_ids` are courses to offer instead, and `without_filters` says
    how many would be found by the words alone."""

    course_ids: Sequence[int]
    facets: Sequence[Facet]
    understood: Understood
    sort: str
    nearest_ids: Sequence[int] = ()
    without_filters: int = 0


def find_courses(wanted: Wanted, choices: Choices, *, now: datetime.datetime) -> FoundCourses:
    """Courses of the catalogue by words, facets and dates.

    A misspelt word is mended only when the words as typed find nothing at all, whatever the filters.
    """
    understood, facts = _by_words(wanted, choices, now)
    sort = wanted.sort or ("best" if understood.pieces else "date")
    in_order = _sorted(fitting(facts, wanted), wanted, sort, understood.meant)
    found = FoundCourses([course.pk for course in in_order], counted(facts, wanted, choices), understood, sort)
    return found if in_order else _with_nearest(found, wanted, choices, now)


def courses_like(text: str, *, besides: int, now: datetime.datetime) -> list[int]:
    """At most five published courses that share words with this text, the most alike first."""
    facts = load_facts(understand(text).any_piece(), Wanted(), Choices([], []), now=now)
    return _nearest([course for course in facts if course.pk != besides])


def _by_words(wanted: Wanted, choices: Choices, now: datetime.datetime) -> tuple[Understood, list[CourseFacts]]:
    understood = understand(wanted.text)
    facts = load_facts(understood.all_pieces(), wanted, choices, now=now)
    if facts or not understood.pieces:
        return understood, facts
    mended = mend(understood)
    if mended == understood:
        return understood, facts
    return mended, load_facts(mended.all_pieces(), wanted, choices, now=now)


def _with_nearest(found: FoundCourses, wanted: Wanted, choices: Choices, now: datetime.datetime) -> FoundCourses:
    """The same courses without filters; if the words find none, those that have any of the words; else any."""
    understood = found.understood
    if wanted.is_filtered and (facts := load_facts(understood.all_pieces(), Wanted(), choices, now=now)):
        return replace(found, nearest_ids=_nearest(facts), without_filters=len(facts))
    for query in (understood.any_piece(), None) if understood.pieces else ():
        if facts := load_facts(query, Wanted(), choices, now=now):
            return replace(found, nearest_ids=_nearest(facts))
    return found


def _nearest(facts: list[CourseFacts]) -> list[int]:
    return [course.pk for course in _sorted(facts, Wanted(), "best")[:MOST_NEAREST]]


def _sorted(facts: list[CourseFacts], wanted: Wanted, sort: str, begins: str = "") -> list[CourseFacts]:
    """The best match first is a title that begins with the words themselves."""
    modes = wanted.chosen.get("mode", frozenset())

    def key(course: CourseFacts) -> tuple[object, ...]:
        soonest = course.first_date(modes) or NEVER
        title = course.title.casefold()
        match = (not title.startswith(begins), -course.rank, soonest)
        most = (-course.most_places(modes), soonest)
        return (*{"best": match, "date": (soonest,), "title": (), "places": most}[sort], title, course.pk)

    return sorted(facts, key=key)
