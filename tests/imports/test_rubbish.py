"""Tables of rubbish: refused row by row, never an exception."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.imports.catalogue import CATALOGUE
from providers.imports.events import COLUMNS
from tests.imports.reading import own_files, take
from training.catalogue.models import Event
from training.people.imports import AGENCY_COLUMNS, PEOPLE, PEOPLE_COLUMNS
from training.people.models import User
from training.web.tables import TableError

REAL = [
    "E0001",
    "BSP010",
    "BSP001",
    "virtual",
    "e-learning",
    "15/06/2026 09:30-16:30",
    "Tooley Rooms 1",
    "20",
    "-1",
    "1e9",
]
STRANGE = [
    "",
    "=1+1",
    "'=1",
    "\x00",
    "\u202eabc",
    "NaN",
    "inf",
    "31/02/2020 1:1-2:2",
    ";;",
    "|",
    "9" * 400,
    "٣",
    "²",
    "ﷺ" * 50,
]
cells = st.sampled_from(REAL + STRANGE) | st.text(max_size=30)
anything = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def files(by: User) -> None:
    own_files(by)


def written(columns: tuple[str, ...], rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([columns, *rows])
    return text.getvalue().encode("utf-8", "replace")


def rows_of(number: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(cells, min_size=number, max_size=number), min_size=1, max_size=3)


def try_it(content: bytes, by: User, kinds) -> None:
    try:
        outcome = take(content, by, keeps=False, kinds=kinds)
    except TableError as error:
        assert str(error)  # noqa: PT017 - either is right
    else:
        assert all(line.sentences for plan in outcome.plans for line in plan.lines if line.verdict == "wrong")


@anything
@given(rows=rows_of(len(COLUMNS)))
def test_dates(by: User, files: None, rows: list[list[str]]) -> None:
    try_it(written(COLUMNS, rows), by, CATALOGUE)

    assert not Event.objects.exists()


@anything
@given(rows=rows_of(11))
def test_courses(by: User, rows: list[list[str]]) -> None:
    columns = ("code", "title", "level", "groups", "mode", "remit", "hours", "refresher_months", "priority", "lot")
    try_it(written((*columns, "learning_outcomes"), rows), by, CATALOGUE)


@anything
@given(rows=rows_of(8))
def test_contracts(by: User, rows: list[list[str]]) -> None:
    columns = ("reference", "lot", "provider", "start", "initial_months", "extension_months", "value_gbp", "title")
    try_it(written(columns, rows), by, CATALOGUE)


@anything
@given(rows=rows_of(max(len(AGENCY_COLUMNS), len(PEOPLE_COLUMNS))))
def test_people_and_organisations(by: User, rows: list[list[str]]) -> None:
    for columns in (AGENCY_COLUMNS, PEOPLE_COLUMNS):
        try_it(written(tuple(columns), [row[: len(columns)] for row in rows]), by, PEOPLE)
