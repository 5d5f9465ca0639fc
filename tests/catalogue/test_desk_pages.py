"""Who may open the pages of the desk, and that none of them asks more of the database for longer lists."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories_catalogue import in_days, make_course, make_event, make_teaching, make_trainer, make_venue
from training.catalogue.actions.teaching import decline_teaching
from training.catalogue.models import Course, Event
from training.catalogue.urls import urlpatterns
from training.people.models import User

TRAINERS_OWN = ("my-teaching", "teaching-confirm", "teaching-decline")
DESK = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name not in TRAINERS_OWN]


def address(pattern: URLPattern) -> str:
    names = pattern.pattern.converters
    return reverse(f"desk:{pattern.name}", args=["NOTHING" for _ in names])


def test_desk_is_closed_to_a_practitioner(practitioner: User, client_of: ClientOf) -> None:
    client = client_of(practitioner)

    for pattern in DESK:
        assert client.get(address(pattern)).status_code == 403, pattern
        assert client.post(address(pattern)).status_code == 403, pattern


def test_desk_sends_a_visitor_to_sign_in(partnership: object, client: Client) -> None:
    for pattern in DESK:
        response = client.get(address(pattern))

        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login")), pattern


def test_desk_knows_nothing_of_what_is_not_there(coordinator: User, client_of: ClientOf) -> None:
    client = client_of(coordinator)

    for pattern in DESK:
        if pattern.pattern.converters:
            statuses = {client.get(address(pattern)).status_code, client.post(address(pattern)).status_code}
            assert statuses in ({404}, {404, 405}), pattern


def _add_date() -> None:
    event = make_event(make_course(), days=[in_days(1), in_days(9)], mode="virtual", places_held=2)
    make_teaching(event, make_trainer(), is_confirmed=False)
    make_event(days=[in_days(3)], venue=make_venue(), places_held=1)


def _add_trainer_to_one() -> None:
    make_teaching(Event.objects.order_by("pk").first() or make_event(days=[in_days(20)]), make_trainer())


@pytest.mark.parametrize(
    ("page", "grow"),
    [
        ("desk:desk", _add_date),
        ("desk:dates", _add_date),
        ("desk:courses", _add_date),
        ("desk:venues", _add_date),
        ("date", _add_trainer_to_one),
    ],
)
def test_lists_take_as_many_queries_for_three_rows_as_for_one(
    coordinator: User, client_of: ClientOf, page: str, grow: Callable[[], None]
) -> None:
    client, counts = client_of(coordinator), []

    for rows in (1, 2):
        for _ in range(rows):
            grow()
        url = reverse(page) if ":" in page else f"/desk/dates/{Event.objects.order_by('pk')[0]}/"
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_page_of_a_date_says_why_a_trainer_cannot_come(coordinator: User, client_of: ClientOf) -> None:
    event, trainer = make_event(days=[in_days(20), in_days(21)]), make_trainer()
    make_teaching(event, trainer, is_confirmed=False)
    decline_teaching(event=event, person=trainer, by=coordinator, now=timezone.now(), reason="In court <all week>")

    page = client_of(coordinator).get(f"/desk/dates/{event}/").content.decode()

    assert page.count("In court &lt;all week&gt;") == 1


def test_my_teaching_takes_as_many_queries_for_three_rows_as_for_one(coordinator: User, client_of: ClientOf) -> None:
    from tests.factories import make_user

    trainer = make_trainer()
    client, counts = client_of(make_user(trainer)), []

    for rows in (1, 2):
        for number in range(rows):
            make_teaching(make_event(days=[in_days(10 * rows + number)]), trainer, is_confirmed=number == 0)
        client.get("/my/teaching/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/my/teaching/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query",
    [
        "?q=%E2%80%AE%27%22%3B--",
        "?page=-1",
        "?page=99999999999999999999",
        "?period=2027-13",
        "?period=0000-01",
        "?standing=gone&remit=x",
        "?q=" + "x" * 5000,
    ],
)
def test_lists_bear_any_question(coordinator: User, client_of: ClientOf, query: str) -> None:
    make_event()
    client = client_of(coordinator)

    for page in ("desk:dates", "desk:courses", "desk:venues"):
        assert client.get(reverse(page) + query).status_code == 200


def shown(client: Client, query: str) -> list[str]:
    return sorted(str(event) for event in client.get(f"/desk/dates/{query}").context["page"])


def test_dates_are_narrowed(coordinator: User, client_of: ClientOf) -> None:
    near, far = in_days(10), in_days(70)
    make_event(reference="NEAR", days=[near])
    make_event(
        make_course("County lines", code="CL1"), reference="FAR", days=[far], mode="virtual", joining_link="https://a.b"
    )
    make_teaching(Event.objects.get(reference="FAR"))
    make_event(reference="DRAFT", is_published=False, days=[])
    make_event(reference="PAST", days=[in_days(-5)])
    client = client_of(coordinator)

    assert shown(client, "") == ["DRAFT", "FAR", "NEAR"]
    assert shown(client, "?standing=draft") == ["DRAFT"]
    assert shown(client, "?problems=1") == ["DRAFT", "NEAR"]
    assert shown(client, "?period=past") == ["PAST"]
    assert shown(client, f"?period={far:%Y-%m}") == ["FAR"]
    assert shown(client, "?q=cl1") == ["FAR"]
    assert shown(client, "?q=county") == ["FAR"]
    assert shown(client, "?q=near") == ["NEAR"]


def test_courses_and_venues_are_narrowed(coordinator: User, client_of: ClientOf) -> None:
    make_course("Neglect", code="N1")
    make_course("County lines", code="C1", is_published=False, remit="adults")
    make_venue("Tooley Rooms", address="Wharf Street")
    make_venue("Town hall", address="Peckham")
    client = client_of(coordinator)

    def found(query: str) -> list[str]:
        return [version.course.code for version in client.get(f"/desk/courses/{query}").context["page"]]

    assert found("") == ["C1", "N1"]
    assert found("?q=n1") == found("?q=neGl") == found("?standing=published") == found("?remit=children") == ["N1"]
    assert [str(venue) for venue in client.get("/desk/venues/?q=peck").context["page"]] == ["Town hall"]


def test_pages_of_one_thing_open(coordinator: User, client_of: ClientOf) -> None:
    event = make_event()
    make_teaching(event)
    client, course = client_of(coordinator), Course.objects.get()
    pages = [
        ("course", course.code),
        ("course-change", course.code),
        ("date", event.reference),
        ("date-copy", event.reference),
        ("date-cancel", event.reference),
    ]

    assert [client.get(reverse(f"desk:{name}", args=[key])).status_code for name, key in pages] == [200] * len(pages)
