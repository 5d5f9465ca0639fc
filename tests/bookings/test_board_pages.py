"""The planning board's page and files: who sees what, what is counted, rubbish, a constant number of queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.board.reading import board_of, quarters_ahead
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_bookings import fill, make_booking, make_employee
from tests.factories_catalogue import make_course, make_event, morning
from tests.factories_programme import executive, pdl_member
from training.catalogue.models import Course
from training.people.models import Role, User
from training.programme.models import DemandSignal
from training.record.actions import achieve
from training.record.models import Achievement, RefresherRule

pytestmark = pytest.mark.usefixtures("partnership")
NOW = timezone.now()
# The day and its quarter: whatever today is, the quarter after the next month.
QUARTERS = quarters_ahead(timezone.localdate(NOW), 4)
LATER = QUARTERS[1]
DAY = LATER.starts_on + datetime.timedelta(days=50)


@pytest.fixture
def course(coordinator: User) -> Course:
    return make_course("Neglect", code="NEG")


def page(client_of: ClientOf, user: User, query: str = f"?quarter={LATER.key}") -> str:
    return client_of(user).get(f"/planning/{query}").content.decode()


def test_who_sees_the_board(client_of: ClientOf, coordinator: User) -> None:
    for path in ("/planning/", "/planning/board.csv", "/planning/board.xlsx"):
        for user in (coordinator, pdl_member(), executive()):
            assert client_of(user).get(path).status_code == 200
        for user in (make_user(), make_user(role=Role.TRAINER), make_user(role=Role.PROVIDER_MANAGER)):
            assert client_of(user).get(path).status_code == 403
        assert client_of(coordinator).post(path).status_code == 405
    assert client_of(coordinator).get("/planning/board.pdf").status_code == 404


def test_a_visitor_is_led_to_the_sign_in_page(client: object) -> None:
    answer = client.get("/planning/")  # type: ignore[attr-defined]

    assert answer["Location"] == "/accounts/login/?next=/planning/"


@pytest.mark.parametrize("query", ["?quarter=9999-Q9", "?quarter=2026-Q1&page=zwei", "?quarter=٢٠٢٦-Q1"])
def test_rubbish_shows_a_board(query: str, client_of: ClientOf, coordinator: User) -> None:
    assert client_of(coordinator).get(f"/planning/{query}").status_code == 200


def test_people_count_once_and_not_when_they_have_a_place(course: Course, coordinator: User) -> None:
    event = make_event(course, days=[morning(DAY)], mode="virtual", places_offered=2, room_limit=2, minimum=1)
    booked = fill(event)[0].person
    waits = make_booking(event).person
    asks = make_employee()
    for person in (booked, waits, asks):
        DemandSignal.objects.create(course=course, person=person, made_at=NOW)

    line = board_of(coordinator, LATER, NOW, None).lines[0]

    assert line.demand is not None
    assert (line.scheduled, line.places, line.booked) == (1, 2, 2)
    assert line.demand.waiting == 1
    first = next(one for one in QUARTERS if one.ends_on > timezone.localdate(NOW) + datetime.timedelta(days=30))
    asked = board_of(coordinator, first, NOW, None).lines[0].demand
    assert asked is not None
    assert asked.interested == 1


def test_a_refresher_that_falls_due_counts_for_the_course_named(course: Course, coordinator: User) -> None:
    rule = RefresherRule.objects.create(
        name="Every year", every_months=12, effective_from=datetime.date(2020, 1, 1), source="Ours"
    )
    rule.courses.set([course])
    day = DAY - datetime.timedelta(days=365)
    achieve(
        person=make_employee(), version=course.versions.get(), on=day, origin="event:E1",
        source=Achievement.Source.ATTENDED, now=NOW,
    )  # fmt: skip

    line = board_of(coordinator, LATER, NOW, None).lines[0]

    assert line.demand is not None
    assert line.demand.due == 1


def test_the_reason_and_the_form_stand_beside_a_suggestion(
    course: Course, client_of: ClientOf, coordinator: User
) -> None:
    event = make_event(course, days=[morning(DAY)], mode="virtual", places_offered=1, room_limit=9, minimum=1)
    for _ in range(4):
        make_booking(event)

    shown = page(client_of, coordinator)

    assert "Add three dates: 3 waiting = 3; a date holds 1." in shown
    address = f"/desk/dates/add/?course=NEG&amp;from={LATER.starts_on}"
    assert address in shown
    form = client_of(coordinator).get(address.replace("&amp;", "&")).content.decode()
    assert '<option value="NEG" selected>' in form
    assert f'value="{LATER.starts_on.year}"' in form


def test_members_see_no_counts_of_people(course: Course, client_of: ClientOf) -> None:
    event = make_event(course, days=[morning(DAY)], mode="virtual", places_offered=1, room_limit=9, minimum=1)
    for _ in range(4):
        make_booking(event)

    shown = page(client_of, pdl_member())

    assert "Neglect" in shown
    assert "waiting" not in shown.lower()
    assert "Add three" not in shown
    assert "/desk/dates/add/" not in shown


def test_the_file_holds_what_the_page_shows(course: Course, client_of: ClientOf, coordinator: User) -> None:
    make_event(course, days=[morning(DAY)], mode="virtual")

    text = client_of(coordinator).get(f"/planning/board.csv?quarter={LATER.key}").content.decode("utf-8-sig")

    assert text.splitlines() == [
        "Quarter,Code,Course,Planned,Put on,Places,Booked,Waiting,Asked,Due,Ran,Came,How it stands",
        f"{LATER.key},NEG,Neglect,0,1,18,0,0,0,0,0,0,Enough",
    ]


def test_the_same_queries_for_one_course_and_three(client_of: ClientOf, coordinator: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "More" in page(client_of, coordinator)
        return len(queries)

    for number in range(4):
        event = make_event(
            make_course(f"More {number}"), mode="virtual", days=[morning(DAY)], places_offered=1, minimum=0
        )
        make_booking(event)
        make_booking(event)
        DemandSignal.objects.create(course=event.version.course, person=make_employee(), made_at=NOW)
        if number == 0:
            first = asked()

    assert asked() == first


def test_a_form_of_a_new_date_ignores_rubbish(client_of: ClientOf, coordinator: User) -> None:
    for query in ("?course=x&from=nonsense", "?from=9999-12-31", "?from=2027-02-30", "?course=%00&from=2027-01-01"):
        assert client_of(coordinator).get(f"/desk/dates/add/{query}").status_code in (200, 400)
