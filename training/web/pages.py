"""Lists in parts: pages whose number may be nonsense, and headings that sort."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 25


def paginate(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """The page that `?page=` asks for: the first for nonsense, the nearest for a number out of range."""
    paginator = Paginator(rows, per_page)
    return paginator.page(page_number(request.GET.get("page", ""), paginator.num_pages))


def page_number(text: str, last: int) -> int:
    """The page that this text of an address means, of so many."""
    if not (text.isascii() and text.isdecimal()):
        return 1
    return max(1, min(int(text[:9]), last))


@dataclass(frozen=True)
class PageLink:
    label: str
    url: str  # empty: the dots between
    is_current: bool = False


def page_links(page: Page[Any], query: Mapping[str, Any]) -> list[PageLink]:
    """First, last and those around the current one, each keeping the rest of the query string."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [PageLink(str(n), page_url(query, n) if isinstance(n, int) else "", n == page.number) for n in numbers]


def page_url(query: Any, number: int) -> str:
    changed = query.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"


@dataclass(frozen=True)
class Sorting:
    """How a list is sorted now: `key` is one of the allowed, never a text from the address."""

    key: str
    is_descending: bool

    @property
    def order(self) -> str:
        return f"-{self.key}" if self.is_descending else self.key


def sorting(request: HttpRequest, allowed: Sequence[str], default: str) -> Sorting:
    """What `?sort=` asks for, if it is allowed: a key, with `-` in front for the largest first."""
    asked = request.GET.get("sort", "")
    chosen = asked if asked.removeprefix("-") in allowed else default
    return Sorting(chosen.removeprefix("-"), chosen.startswith("-"))


def sort_url(query: Any, sort: str, current: Sorting | None) -> str:
    """The address that sorts by this key, the other way round if it is the current one."""
    changed = query.copy()
    changed.pop("page", None)
    turned = current is not None and current.key == sort and not current.is_descending
    changed["sort"] = f"-{sort}" if turned else sort
    return f"?{changed.urlencode()}"
