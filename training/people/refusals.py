from typing import cast

from django.forms import Form
from django.http import QueryDict

from training.people.errors import PeopleError, StaleError


def show_refusal(form: Form, error: PeopleError, field: str | None = None) -> None:
    """Put the action's sentence on the form, keeping all that was typed.

    After a conflict the form carries the row's revision of now: whoever has read what it says may save again.
    """
    if isinstance(error, StaleError):
        typed: QueryDict = cast(QueryDict, form.data).copy()
        typed["revision"] = str(error.revision)
        form.data = typed
    form.add_error(field, str(error))
