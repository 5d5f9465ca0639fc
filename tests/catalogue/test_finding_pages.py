"""The public pages as visitors get them."""

import datetime
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_agency
from tests.factories_catalogue import make_course, make_event
from training.catalogue.models import Course, CourseVersion, DeliveryMode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
MAY_14, MAY_21 = datetime.date(2027, 5, 14), datetime.date(2027, 5, 21)


@pytest.fixture(autouse=True)
def on_that_monday(now: datetime.datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def page(client: Client, address: str, *, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# --- The list -----------------------------------------------------------------------------------


def test_course_list_shows_dates_and_places_in_words(client: Client) -> None:
    course = make_course("Working with neglect", code="BSP8", audience="", hours="3.50")
    make_event(course, days=[MAY_14], places_held=12, reference="E1")
    make_event(course, days=[MAY_14, MAY_21], places_held=18, reference="E2")
    make_event(course, days=[MAY_21], places_held=17, reference="E3")
    make_event(course, days=[MAY_21], reference="E4")

    text = page(client, "/courses/")

    assert "Face to face · 3½ hours<br>People who work with children" in text
    assert 'Fri 14 May, 9:30–13:00</a> <span class="finding-dates__places">6 places left' in text
    assert "Fri 14 May, 9:30–13:00, then Fri 21 May</a>" in text
    assert "Full: waiting list" in text
    assert "1 place left" in text
    assert "1 more date" in text


def test_course_list_says_when_booking_opens(client: Client, now: datetime.datetime) -> None:
    make_event(days=[MAY_21], booking_opens_at=now + datetime.timedelta(days=2))

    assert "Booking opens Wed 12 May, 10:00" in page(client, "/courses/")


def test_course_list_asks_the_same_number_of_queries_for_one_course_and_three(client: Client) -> None:
    for number in range(3):
        make_event(make_course(f"Neglect {number}", levels=["1"]), days=[MAY_14, MAY_21])
        if number == 0:
            page(client, "/courses/")
            before = {address: queries_of(client, address) for address in ("/courses/", "/courses/?q=neglect")}

    assert {address: queries_of(client, address) for address in before} == before
    assert max(before.values()) <= 8


def test_course_list_mends_a_word_and_says_so(client: Client) -> None:
    make_course("Safety planning")

    text = page(client, "/courses/?q=saftey")

    assert "Showing results for <strong><bdi>safety</bdi></strong>. Nothing was found for “<bdi>saftey</bdi>”." in text


def test_course_list_offers_something_when_nothing_fits(client: Client) -> None:
    make_course("Safety planning")

    text = page(client, "/courses/?q=xylophone")

    assert "Nothing in the catalogue is about “<bdi>xylophone</bdi>”" in text
    assert "mailto:training@bankside.example" in text
    assert "Safety planning" in text


def test_course_list_of_an_empty_catalogue_says_what_to_do(client: Client) -> None:
    text = page(client, "/courses/")

    assert "There are no courses in the catalogue yet." in text
    assert "tell the training team" in text


def test_course_list_names_the_filters_in_force_each_with_its_way_out(client: Client) -> None:
    make_event(make_course("Safety planning"), days=[MAY_14])

    text = page(client, "/courses/?q=safety&mode=face_to_face&from=2027-05-10&places=1&mode=junk")

    assert 'href="?q=safety&amp;from=2027-05-10&amp;places=1"' in text
    assert 'href="?q=safety&amp;mode=face_to_face&amp;places=1"' in text
    assert 'href="?q=safety&amp;mode=face_to_face&amp;from=2027-05-10"' in text
    assert "We know no way of learning called “junk”" in text
    assert "mode=junk" not in text


def test_course_list_in_pages_keeps_the_search_and_bears_nonsense(client: Client) -> None:
    for number in range(21):
        make_course(f"Safety {number:02}")

    assert "21 courses" in page(client, "/courses/?q=safety&sort=title")
    assert 'href="?q=safety&amp;sort=title&amp;page=2"' in page(client, "/courses/?q=safety&sort=title")
    assert "Safety 20" in page(client, "/courses/?q=safety&sort=title&page=999999999999999999999")
    assert "Safety 00" in page(client, "/courses/?q=safety&sort=title&page=-1")


def test_course_list_answers_htmx_with_the_results_alone_and_a_clean_address(client: Client) -> None:
    make_course("Safety planning")

    response = client.get("/courses/?q=safety&from=&bogus=1&mode=face_to_face", headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == "/courses/?q=safety&mode=face_to_face"
    assert "HX-Request" in response["Vary"]
    assert "<html" not in response.content.decode()
    assert response.content.decode().count('id="results"') == 1


def test_course_list_has_no_drafts_and_no_withdrawn_courses(client: Client) -> None:
    make_course("Hidden draft", is_published=False)
    Course.objects.filter(pk=make_course("Hidden withdrawn").pk).update(standing=Course.Standing.WITHDRAWN)
    event = make_event(make_course("Shown"), days=[MAY_14], is_published=False, reference="E9")

    text = page(client, "/courses/")

    assert "Hidden" not in text
    assert "Shown" in text
    assert event.reference not in text


# --- What machines read ----------------------------------------------------------------------------


def test_sitemap_lists_what_is_public_and_to_come(client: Client) -> None:
    course = make_course(code="BSP8")
    make_event(course, days=[MAY_14], reference="E1")
    make_event(course, days=[datetime.date(2027, 5, 3)], reference="PAST")
    make_event(course, days=[MAY_14], is_published=False, reference="DRAFT")
    make_course(code="DRAFT", is_published=False)

    response = client.get("/sitemap.xml")
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    addresses = [loc.text for loc in ET.fromstring(response.content).findall("s:url/s:loc", names)]  # noqa: S314

    assert response["Content-Type"].startswith("application/xml")
    assert [str(address).removeprefix("http://localhost:8000") for address in addresses] == [
        "/courses/",
        "/courses/BSP8/",
        "/events/E1/",
    ]


def test_robots_name_the_sitemap(client: Client) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in page(client, "/robots.txt").splitlines()


def test_a_course_in_its_own_time_has_an_open_date(client: Client) -> None:
    course = make_course("Basic awareness", code="BSP1", usual_mode=DeliveryMode.E_LEARNING)
    make_event(course, mode=DeliveryMode.E_LEARNING, reference="E1")
    CourseVersion.objects.filter(course=course).update(hours=None)

    assert "Start when you like" in page(client, "/courses/")
    assert '<h2 class="govuk-heading-m">Start when you like</h2>' in page(client, "/events/E1/")


def test_a_session_for_one_organisation_is_in_no_public_list(client: Client) -> None:
    course = make_course("Only for Hilltop School", code="SHUT", kind="closed")
    closed = make_event(course, reference="E77", closed_for=[make_agency()])
    make_event(make_course("For everybody", code="OPEN"))

    assert closed.standing == "published"
    assert "Only for Hilltop School" not in page(client, "/courses/?q=hilltop")
    assert "SHUT" not in page(client, "/courses/")
    assert [code in page(client, "/sitemap.xml") for code in ("SHUT", "E77", "OPEN")] == [False, False, True]
