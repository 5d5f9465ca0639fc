"""Two people change one thing: the second is told what the first changed, and keeps what they typed.

The form carries, besides the revision, what the page said when it was opened (`seen`): labels and words.
"""

import json
from collections.abc import Mapping
from typing import cast

from django.forms import Form
from django.http import QueryDict

from training.catalogue.errors import CatalogueError, StaleError

Words = Mapping[str, str]


def as_seen(words: Words) -> str:
    return json.dumps(dict(words), ensure_ascii=False)


def changes_since(seen: str, current: Words) -> list[str]:
    """ "Places offered: was 18, is now 20". Empty when `seen` is not what we wrote, or nothing differs."""
    try:
        before = json.loads(seen)
    except ValueError:
        return []
    if not isinstance(before, dict):
        return []
    labels = dict.fromkeys([*before, *current])
    return [
        f"{label}: was {_shown(before.get(label))}, is now {_shown(current.get(label))}."
        for label in labels
        if before.get(label) != current.get(label)
    ]


def _shown(value: object) -> str:
    text = str(value or "").strip()
    return f"“{text[:120]}…”" if len(text) > 120 else f"“{text}”" if text else "empty"


def named_field(form: Form, error: CatalogueError) -> str | None:
    """The field that a refusal is about, so that the summary of errors leads there; None if the form lacks it."""
    return error.field if error.field in form.fields else None


def show_refusal(form: Form, error: CatalogueError, current: Words, field: str | None = None) -> None:
    """Put the action's sentence on the form, keeping all that was typed.

    After a conflict it says what changed and carries the row's revision of now: whoever saves again does so knowingly.
    """
    if not isinstance(error, StaleError):
        form.add_error(field or named_field(form, error), str(error))
        return
    changes = changes_since(str(form.data.get("seen", "")), current)
    typed: QueryDict = cast(QueryDict, form.data).copy()
    typed["revision"], typed["seen"] = str(error.revision), as_seen(current)
    form.data = typed
    form.add_error(None, f"{error} What you typed is kept here; save again to put it in the place of theirs.")
    for change in changes:
        form.add_error(None, change)
