"""The zip, written table by table and row by row: memory holds a few thousand rows and one file at a time."""

import csv
import datetime
import hashlib
import hmac
import io
import json
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, Any

from django.db import models
from django.db.models import F
from django.db.models.functions import Length

from evaluation.models import Snapshot
from evaluation.taking_out.blurring import ORDER, PLACE, Few, count_few
from evaluation.taking_out.tables import (
    COLUMNS_LEFT_OUT,
    DISGUISED,
    LEFT_OUT,
    ROWS_LEFT_OUT,
    columns_of,
    fields_of,
    is_file,
    models_taken_out,
)
from training.web.downloads import safe_cell

CHUNK = 2000
Advance = Callable[[int], object]
README = """Everything that this installation of Muster held on {day}.

Each file of tables/ is one table: CSV, UTF-8, one row a line, the headings first. An id is a number or a name that
other tables refer to. Moments are in UTC as ISO 8601, days as 2027-05-14, stretches of days as from/until, the end left
out. A text that a spreadsheet would take for a formula begins with an apostrophe. reports/ holds each published report
as the JSON that was accepted, files/ what people had attached. A table named …History holds every earlier state of its
rows: who changed them stands in pghistory.Context.

Answers to questionnaires carry no name, and nothing in this file says whose they are. Keep it that way.

NOT HERE
{left_out}

COLUMNS LEFT OUT
{columns_left_out}

ROWS LEFT OUT
{rows_left_out}

LEFT EMPTY
Of the answers to a date that fewer than {below} gave at one stage: the date, the sector, the day, the pseudonym and the
outcomes rated. Of a date where some sector gave fewer than {below} at one stage: the sector of every answer.

FILES THAT WERE LOST BEFORE
{missing}

TABLES
{tables}
"""


class _Writer(io.RawIOBase):
    """What zipfile writes to: it only goes forward."""

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._take(bytes(data))
        return len(data)


def write_zip(take: Callable[[bytes], object], *, now: datetime.datetime, advance: Advance = lambda _: None) -> int:
    """Give `take` the bytes of the zip in order; returns how many rows it holds.

    The caller holds a transaction, so that every table is of the same moment.
    """
    rows, disguise, few = {}, _disguise(), count_few()
    with zipfile.ZipFile(_Writer(take), "w", zipfile.ZIP_DEFLATED) as parcel:
        for model in models_taken_out():
            with parcel.open(f"tables/{model._meta.label}.csv", "w", force_zip64=True) as part:
                rows[model._meta.label] = _write_table(model, part, disguise, few, advance)
        missing = [name for model in models_taken_out() for name in _write_files(parcel, model)]
        for snapshot in Snapshot.objects.order_by("pk").iterator(chunk_size=1):
            parcel.writestr(f"reports/{snapshot.reference}.json", snapshot.body)
        parcel.writestr("README.txt", readme(rows, now, missing, below=few.below))
    return sum(rows.values())


def _disguise() -> Callable[[Any], str]:
    key = secrets.token_bytes(32)
    return lambda value: hmac.new(key, str(value).encode(), hashlib.sha256).hexdigest()[:16]


def _write_table(
    model: type[models.Model], part: IO[bytes], disguise: Callable[[Any], str], few: Few, advance: Advance
) -> int:
    fields, label, number = fields_of(model), model._meta.label, 0
    ways = [_way(label, field, disguise) for field in fields]
    names, place = [field.attname for field in fields], PLACE.get(label, ())
    with io.TextIOWrapper(part, "utf-8-sig", newline="", write_through=True) as text:
        writer = csv.writer(text)
        writer.writerow(names)
        for pk, *row in _rows(model, fields, place):
            values = row[len(place) :]
            if place:
                where = tuple(row[: len(place)])
                values = [
                    None if few.is_blank(label, name, where) else value
                    for name, value in zip(names, values, strict=True)
                ]
            writer.writerow(
                [None if value is None else way(value, pk) for way, value in zip(ways, values, strict=True)]
            )
            number += 1
            if number % CHUNK == 0:
                advance(CHUNK)
    advance(number % CHUNK)
    return number


def _rows(model: type[models.Model], fields: list[Any], place: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The row's id, where it is of, and its columns, by a server-side cursor. Of a file in the row only its length is
    read here."""
    label = model._meta.label
    columns = [Length(field.attname) if isinstance(field, models.BinaryField) else field.attname for field in fields]
    rows = model._base_manager.order_by(*ORDER.get(label, ("pk",)))
    if label in ROWS_LEFT_OUT:
        column, beginning, _ = ROWS_LEFT_OUT[label]
        rows = rows.exclude(**{f"{column}__startswith": beginning})
    return rows.values_list("pk", *map(F, place), *columns).iterator(chunk_size=CHUNK)


def _way(label: str, field: Any, disguise: Callable[[Any], str]) -> Callable[[Any, Any], Any]:
    if field.attname in DISGUISED.get(label, ()):
        return lambda value, _: disguise(value)
    if is_file(field):
        return lambda value, pk: _path(label, field, value, pk) if value else None
    return lambda value, _: as_cell(value)


def _path(label: str, field: Any, value: Any, pk: Any) -> str:
    """Of a file of the store its own name; of one in the row the row's id."""
    return f"files/{label}/{pk}" if isinstance(field, models.BinaryField) else f"files/{safe_path(str(value))}"


def safe_path(name: str) -> str:
    """Nothing that leads out of the folder into which somebody unpacks it."""
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def as_cell(value: Any) -> Any:
    """A value in an open form, that no spreadsheet runs."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if hasattr(value, "lower_inf"):
        return "/".join("" if end is None else end.isoformat() for end in (value.lower, value.upper))
    if isinstance(value, dict | list):
        return safe_cell(json.dumps(value, ensure_ascii=False, default=str))
    return safe_cell(str(value))


def _write_files(parcel: zipfile.ZipFile, model: type[models.Model]) -> Iterator[str]:
    """One at a time; yields the names of those that the store has lost."""
    label = model._meta.label
    for field in filter(is_file, fields_of(model)):
        rows = model._base_manager.order_by("pk").values_list("pk", field.attname)
        for pk, value in rows.iterator(chunk_size=1):
            if not value:
                continue
            path = _path(label, field, value, pk)
            if isinstance(field, models.BinaryField):
                parcel.writestr(path, bytes(value))
                continue
            try:
                with field.storage.open(value) as held, parcel.open(path, "w", force_zip64=True) as part:  # type: ignore[attr-defined]
                    shutil.copyfileobj(held, part)
            except OSError:
                yield path


def readme(rows: dict[str, int], now: datetime.datetime, missing: Sequence[str] = (), *, below: int = 5) -> str:
    tables = []
    for model in models_taken_out():
        label = model._meta.label
        tables.append(f"\n{label}.csv ({rows.get(label, 0):,} rows)")
        with suppress(AttributeError):
            doc = (model.__doc__ or "").strip().split("\n")[0]
            tables += [f"  {doc}"] if doc and not doc.startswith(f"{model.__name__}(") else []
        tables += [f"  {column.name}: {column.about}" for column in columns_of(model)]
    return README.format(
        day=f"{now:%d/%m/%Y}",
        below=below,
        missing="\n".join(missing) or "None.",
        left_out="\n".join(f"{label}: {reason}" for label, reason in sorted(LEFT_OUT.items())),
        columns_left_out="\n".join(
            f"{label}: {', '.join(sorted(columns))} ({reason})"
            for label, (columns, reason) in sorted(COLUMNS_LEFT_OUT.items())
        ),
        rows_left_out="\n".join(
            f"{label}: where {column} begins with {beginning} ({reason})"
            for label, (column, beginning, reason) in sorted(ROWS_LEFT_OUT.items())
        ),
        tables="\n".join(tables).strip(),
    )
