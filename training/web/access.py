"""Who may open a view, as a mark on the view that a test of the whole URLconf can read.

`@public` is for everybody; the other mark, `@requires`, belongs to `training.people.access`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
PUBLIC = "public"


def public(view: View) -> View:
    """Mark a view as open to everybody, signed in or not. Nothing is checked when it is called."""
    marked: Any = view
    marked.access = PUBLIC
    return view
