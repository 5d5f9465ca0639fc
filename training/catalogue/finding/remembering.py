"""A search answered a moment ago need not be worked out again: ADR 14 says what is kept, and what never is.

Entries are found by a stamp, which every action that changes what a search may find replaces at its commit. What goes
round the actions is seen when an entry is a minute old. Without Redis nothing is kept and everything is read.
"""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import fields
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

T = TypeVar("T")
STAMP = "catalogue:stamp"


def remembered(asked: str, make: Callable[[], T], *, shape: str) -> tuple[T, bool]:
    """The answer to `asked`, and whether it was made just now. `shape` tells entries of another release apart.

    The stamp is read before anything else: an answer made while something changes is put where nobody looks.
    """
    seconds = settings.CATALOGUE_REMEMBERED_SECONDS
    if not seconds:
        return make(), True
    said = f"{cache.get(STAMP, '')}|{shape}|{asked}"
    key = f"catalogue:{hashlib.sha256(said.encode(errors='surrogatepass')).hexdigest()}"
    kept: T | None = cache.get(key)
    if kept is not None:
        return kept, False
    made = make()
    cache.set(key, made, seconds)
    return made, True


def forget_searches() -> None:
    """To be called in the transaction of whatever changes what a search finds; works at its commit."""
    transaction.on_commit(lambda: cache.set(STAMP, uuid.uuid4().hex, None), robust=True)


def shape_of(*kinds: type) -> str:
    """The names of these dataclasses' fields."""
    return repr([(kind.__qualname__, [one.name for one in fields(kind)]) for kind in kinds])
