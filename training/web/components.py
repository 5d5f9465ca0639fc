"""What the larger components are given: plain data, so that a view says what, and the template how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.web.pages import Sorting


@dataclass(frozen=True)
class NavItem:
    """A link of the role's menu, or of the tabs of one page."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a summary list. `action` names what the link changes, for those who hear it alone."""

    label: str
    value: Any
    url: str = ""
    action: str = "Change"


@dataclass(frozen=True)
class Cell:
    """A cell of a table that is more than a text. `tag` is a colour: the text becomes a coloured tag."""

    text: Any
    url: str = ""
    tag: str = ""
    hint: str = ""


def as_cell(value: Any) -> Cell:
    return value if isinstance(value, Cell) else Cell("–" if value is None else value)


@dataclass(frozen=True)
class Column:
    label: str
    is_numeric: bool = False
    sort: str = ""


@dataclass(frozen=True)
class Table:
    """The first cell of each row is its heading. `marked` holds the indexes of rows to be looked at.

    On a phone each row becomes a card, unless its figures `stays_side_by_side`: then its columns must be narrow.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    is_caption_hidden: bool = False
    marked: frozenset[int] = frozenset()
    total: Sequence[Any] = ()
    sorting: Sorting | None = None
    stays_side_by_side: bool = False


@dataclass(frozen=True)
class Task:
    label: str
    url: str = ""
    status: str = ""
    colour: str = ""  # none: plain words, for what is done
    hint: str = ""


@dataclass(frozen=True)
class Step:
    """A point on a timeline: what happened, when (already in words), who and why. `state`: done, current, coming."""

    title: str
    at: str = ""
    by: str = ""
    note: str = ""
    state: str = "done"


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A group of checkboxes in a filter panel, all with the same name."""

    name: str
    label: str
    options: Sequence[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class Figure:
    """A card with one number. `of` says in words what it is a part of; a number never stands without it."""

    label: str
    value: str
    of: str
    is_withheld: bool = False


@dataclass(frozen=True)
class Filters:
    """A filter panel: facets, and a form for what is not a facet (dates, say). `kept` stays in the address."""

    facets: Sequence[Facet]
    form: Any = None
    kept: Sequence[tuple[str, str]] = ()
    clear_url: str = "?"
    button: str = "Show these"

    @property
    def is_filtered(self) -> bool:
        return any(facet.chosen for facet in self.facets) or bool(self.form is not None and self.form.changed_data)
