"""What the audit tables say about a person, for the audit page alone."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from training.people.models import Agency, Person, User

LABELS = {"insert": "Added", "update": "Changed", "delete": "Removed"}
HIDDEN = {"id", "revision", "created_at", "person", "settled_at", "granted_at"}


@dataclass(frozen=True)
class Change:
    """One row of the audit: `values` are the fields after it, in words; `page` a URL name, empty for a command."""

    at: datetime.datetime
    what: str
    who: str
    page: str
    values: str
    reason: str = ""


def history_of(person: Person) -> list[Change]:
    """All changes, the latest first."""
    sources = (
        ("Details", "PersonHistory", {"pgh_obj_id": person.pk}, ()),
        ("Workplace", "EmploymentHistory", {"person_id": person.pk}, ("agency",)),
        ("Role", "RoleGrantHistory", {"person_id": person.pk}, ("agency",)),
    )
    rows = [
        (title, row)
        for title, model, condition, related in sources
        for row in _model(model).objects.filter(**condition).select_related("pgh_context", *related)
    ]
    names = _names({pk for _, row in rows if (pk := _user_id(row)) is not None})
    rows.sort(key=lambda titled: (titled[1].pgh_created_at, titled[1].pgh_id), reverse=True)
    return [_change(title, row, names) for title, row in rows]


def former_names(agency: Agency) -> list[str]:
    """What an organisation was called before, the latest first."""
    rows = _model("AgencyHistory").objects.filter(pgh_obj_id=agency.pk).order_by("-pgh_id")
    return [name for name in dict.fromkeys(rows.values_list("name", flat=True)) if name != agency.name]


def history_of_partnership() -> list[Change]:
    """Each change with the fields that it changed, the latest first; the first row that is kept shows all."""
    rows = list(_model("PartnershipHistory").objects.select_related("pgh_context").order_by("pgh_id"))
    names = _names({pk for row in rows if (pk := _user_id(row)) is not None})
    changes = [_change("Partnership", row, names, earlier) for earlier, row in zip([None, *rows], rows, strict=False)]
    return changes[::-1]


def _model(name: str) -> Any:
    return apps.get_model("people", name)


def _user_id(row: Any) -> int | None:
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def _names(user_pks: set[int]) -> dict[int, str]:
    users = User.objects.filter(pk__in=user_pks).select_related("person")
    return {user.pk: user.person.name if user.person else user.email for user in users}


def _change(title: str, row: Any, names: dict[int, str], earlier: Any = None) -> Change:
    """Of a row that has an `earlier` one, only what became different is shown."""
    user_id = _user_id(row)
    return Change(
        at=row.pgh_created_at,
        what=f"{title}: {LABELS.get(row.pgh_label, row.pgh_label).lower()}",
        who=names.get(user_id, "A login that is gone") if user_id is not None else "Muster itself or a command",
        page=row.pgh_context.metadata.get("page", "") if row.pgh_context else "",
        values=_values(row, earlier),
        reason=row.pgh_context.metadata.get("reason", "") if row.pgh_context else "",
    )


def _values(row: Any, earlier: Any) -> str:
    shown = []
    for field in row._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name in HIDDEN:
            continue
        if earlier is not None and getattr(earlier, field.attname) == getattr(row, field.attname):
            continue
        if text := _in_words(row, field) or ("nothing" if earlier is not None else ""):
            shown.append(f"{field.verbose_name!s}: {text}")
    return ", ".join(shown)


def _in_words(row: Any, field: "models.Field[Any, Any]") -> str:
    if field.name == "period":
        start, end = row.period.lower, row.period.upper
        last = f" to {end - datetime.timedelta(days=1):%-d %b %Y}" if end else ""
        return f"from {start:%-d %b %Y}{last}"
    if isinstance(field, models.ForeignKey) and field.name != "agency":
        return ""
    value = getattr(row, field.name)
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value in (None, "") else str(value)
