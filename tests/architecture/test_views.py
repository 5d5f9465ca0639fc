"""Every view says who may open it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from training.people.permissions import Permission


def all_patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry, address)
        else:
            yield address, entry


def access_of(pattern: URLPattern) -> Any:
    return getattr(pattern.callback, "access", None)


def test_every_view_is_marked() -> None:
    bare = [address for address, pattern in all_patterns() if access_of(pattern) is None]

    assert bare == []


def test_marks_are_public_or_a_permission() -> None:
    strange = [
        address
        for address, pattern in all_patterns()
        if access_of(pattern) != "public" and not isinstance(access_of(pattern), Permission)
    ]

    assert strange == []


def test_every_view_has_a_name() -> None:
    nameless = [address for address, pattern in all_patterns() if not pattern.name]

    assert nameless == []


def test_the_walk_finds_the_pages() -> None:
    """The tests above would pass on an empty site."""
    assert len(list(all_patterns())) > 40
