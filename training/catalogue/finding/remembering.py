"""A search answered a moment ago need not be worked out again: ADR 14 says what is kept, and what never is.

Beside each entry lies the stamp of when it was made, which every action that changes what a search may find replaces at
its commit: an entry with another stamp is none. What goes round the actions is seen when an entry is a minute old.
Without Redis nothing is kept and everything is read.
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

    Stamp and entry are read in one go, before anything else: an answer made while something changes carries the stamp
    of before, so nobody takes it.
    """
    seconds = settings.CATALOGUE_REMEMBERED_SECONDS
    if not seconds:
        return make(), True
    said = f"{shape}|{asked}"
    key = f"catalogue:{hashlib.sha256(said.encode(errors='surrogatepass')).hexdigest()}"
    found = cache.get_many([STAMP, key])
    stamp = found.get(STAMP, "")
    kept: tuple[str, T] | None = found.get(key)
    if kept is not None and kept[0] == stamp:
        return kept[1], False
    made = make()
    cache.set(key, (stamp, made), seconds)
    return made, True


def forget_searches() -> None:
    """To be called in the transaction of whatever changes what a search finds; works at its commit."""
    transaction.on_commit(lambda: cache.set(STAMP, uuid.uuid4().hex, None), robust=True)


def shape_of(*kinds: type) -> str:
    """The names of these dataclasses' fields."""
    return repr([(kind.__qualname__, [one.name for one in fields(kind)]) for kind in kinds])
