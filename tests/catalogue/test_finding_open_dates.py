"""The dates of a search, said twice: as SQL and as a QuerySet."""

import datetime

import pytest
from django.db import connection

from tests.factories_catalogue import make_course, make_event
from training.catalogue.finding.open_dates import OPEN, dates_to_come, open_values
from training.catalogue.finding.wanted import Wanted
from training.catalogue.models import DeliveryMode, Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
MAY = [datetime.date(2027, 5, day) for day in (3, 14, 28)]
LATE = datetime.datetime(2027, 5, 14, 10, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(first_day=MAY[1]),
        Wanted(last_day=MAY[1]),
        Wanted(first_day=MAY[1], last_day=MAY[1]),
        Wanted(only_with_places=True),
        Wanted(first_day=MAY[0], only_with_places=True),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_open_dates_are_the_same_in_sql_and_as_rows(now: datetime.datetime, wanted: Wanted, late: bool) -> None:
    course = make_course("Neglect")
    for day in MAY:
        make_event(course, days=[day])
        full = make_event(course, days=[day])
        Event.objects.filter(pk=full.pk).update(places_offered=1, minimum=0, places_held=1)
    make_event(course, mode=DeliveryMode.E_LEARNING)
    make_event(course, days=[MAY[1]], is_published=False)
    moment = LATE if late else now

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM catalogue_event event WHERE {OPEN}", open_values(wanted, now=moment))  # noqa: S608
        found = {pk for (pk,) in cursor.fetchall()}

    assert found == set(dates_to_come(wanted, now=moment).values_list("pk", flat=True))
