"""One page of a search: everything its template prints, from memory if the same was asked a moment ago."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from training.catalogue.finding.chosen import Chosen, chosen_filters
from training.catalogue.finding.queries import FoundCourses, find_courses
from training.catalogue.finding.remembering import remembered, shape_of
from training.catalogue.finding.rows import CourseRow, ListedDate, as_of_now, course_rows
from training.catalogue.finding.text import Piece, Understood
from training.catalogue.finding.wanted import SORTS, Choices, Wanted, as_query, read_wanted
from training.web.components import Facet, NavItem, Option
from training.web.pages import page_number, sort_url
from training.web.when import london_day

PER_PAGE = 20
READ = ("q", "mode", "remit", "level", "priority", "from", "to", "places", "sort", "view", "page")


@dataclass(frozen=True)
class SearchPage:
    """`query` is the address of the search with nothing in it that was not understood, `count` of all its courses."""

    wanted: Wanted
    query: str
    found: FoundCourses
    count: int
    rows: Sequence[CourseRow]
    nearest: Sequence[CourseRow]
    chosen: Sequence[Chosen]
    sort_links: Sequence[NavItem]


SHAPE = shape_of(
    *(SearchPage, Wanted, FoundCourses, Understood, Piece, Facet, Option, Chosen, NavItem),
    *(CourseRow, ListedDate),
)


def search_page(asked: QueryDict, *, now: datetime.datetime) -> SearchPage:
    """Places left are always read now. A search that asks for places or sorts by them is never remembered."""
    if asked.get("places", "").strip() or asked.get("sort") == "places":
        return _search(asked, now)
    words = repr([(name, asked.getlist(name)) for name in READ if name in asked])
    page, is_new = remembered(f"{london_day(now)}|{words}", lambda: _search(asked, now), shape=SHAPE)
    if is_new:
        return page
    return replace(page, rows=as_of_now(page.rows, now=now), nearest=as_of_now(page.nearest, now=now))


def _search(asked: QueryDict, now: datetime.datetime) -> SearchPage:
    choices = Choices.load()
    wanted = read_wanted(asked, choices)
    found = find_courses(wanted, choices, now=now)
    query = as_query(wanted, choices)
    number = page_number(asked.get("page", ""), -(-len(found.course_ids) // PER_PAGE))
    shown = found.course_ids[PER_PAGE * (number - 1) : PER_PAGE * number]
    if page := asked.get("page", ""):
        query["page"] = page[:9]
    return SearchPage(
        wanted=wanted,
        query=query.urlencode(),
        found=replace(found, course_ids=()),
        count=len(found.course_ids),
        rows=course_rows(shown, wanted, now=now),
        nearest=course_rows(found.nearest_ids, Wanted(), now=now),
        chosen=chosen_filters(query, wanted, found.facets),
        sort_links=_sort_links(query, found),
    )


def _sort_links(query: QueryDict, found: FoundCourses) -> list[NavItem]:
    keys = [key for key in SORTS if key != "best" or found.understood.pieces]
    return [NavItem(SORTS[key], sort_url(query, key, None), key == found.sort) for key in keys]
