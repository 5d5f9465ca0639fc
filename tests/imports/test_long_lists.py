"""Lists of any length: so many statements for a batch of rows, and not one more for each of them."""

import datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.imports.reading import DATA, EVENTS, counted, own_files, take
from training.catalogue.models import Event, Session
from training.people.imports import PEOPLE
from training.people.models import User

NUMBERS = (100, 300)
MONDAY = datetime.date(2020, 4, 6)


def dates(number: int, capacity: int = 16) -> str:
    """Two days each."""
    return EVENTS + "".join(f"N{number}-{one},BSP010,virtual,{days(one)},,{capacity},6,,\n" for one in range(number))


def days(one: int) -> str:
    first = MONDAY + datetime.timedelta(days=one)
    spans = (f"{day:%d/%m/%Y} 09:30-12:30" for day in (first, first + datetime.timedelta(days=7)))
    return "; ".join(spans)


def people(number: int) -> str:
    rows = (f"Ann {number} {one},ann{number}.{one}@x.example,Copeland Primary School\n" for one in range(number))
    return "name,email,agency\n" + "".join(rows)


def statements(content: str, by: User, **kwargs: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert not take(content, by, **kwargs).is_refused  # type: ignore[arg-type]
    return len(captured)


@pytest.fixture
def ready(by: User) -> User:
    own_files(by)
    assert take(DATA / "agencies.csv", by, kinds=PEOPLE).is_done
    return by


def test_dates_take_as_many_statements_for_300_rows_as_for_100(ready: User) -> None:
    trial = [statements(dates(number), ready, keeps=False) for number in NUMBERS]
    new = [statements(dates(number), ready) for number in NUMBERS]
    again = [statements(dates(number), ready) for number in NUMBERS]

    assert trial[0] == trial[1]
    assert new[0] == new[1]
    assert again[0] == again[1]
    assert Session.objects.filter(event__reference__startswith="N").count() == 2 * sum(NUMBERS)


def test_people_take_as_many_statements_for_300_rows_as_for_100(ready: User) -> None:
    new = [statements(people(number), ready, kinds=PEOPLE) for number in NUMBERS]
    again = [statements(people(number), ready, kinds=PEOPLE) for number in NUMBERS]

    assert new[0] == new[1]
    assert again[0] == again[1]


def test_the_same_list_again_changes_nothing(ready: User) -> None:
    take(dates(100), ready)

    assert counted(take(dates(100), ready)) == [{"unchanged": 100}]


def test_a_list_leaves_no_setting_behind_that_has_triggers_ignored(ready: User) -> None:
    take(dates(100), ready)

    event = Event.objects.get(reference="N100-0")
    event.sessions.get(position=2).delete()

    event.refresh_from_db()
    assert event.ends_at == event.sessions.get().ends_at


def test_the_audit_says_in_whose_name_a_command_read_a_list(by: User) -> None:
    call_command("import_catalogue", str(DATA / "courses.csv"))

    history = apps.get_model("catalogue", "CourseHistory")
    assert set(history.objects.values_list("pgh_context__metadata__user", flat=True)) == {by.pk}
