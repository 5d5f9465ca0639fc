"""One line of the table of pages."""

from typing import NamedTuple


class Page(NamedTuple):
    """Its name, who opens it, the names of what its address names, and its query."""

    name: str
    account: str
    arguments: str = ""
    query: str = ""
