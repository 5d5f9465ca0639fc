"""Flyers, posters and the programme of a quarter: tagged, titled, with a code, and one page where they should be."""

import datetime
import io
from collections.abc import Iterator

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_course, make_event, make_venue
from training.catalogue.actions.courses import withdraw_course
from training.catalogue.actions.standing import cancel_event
from training.catalogue.models import DeliveryMode
from training.catalogue.printing.flyers import shortened
from training.catalogue.printing.quarters import programme_of
from training.people.models import Partnership
from training.web.periods import quarter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
NOW = datetime.datetime(2027, 5, 1, 9, tzinfo=datetime.UTC)
MAY_14, JULY_5 = datetime.date(2027, 5, 14), datetime.date(2027, 7, 5)
# What is longest, what no font has, and what would be markup.
HARD = "#panic() $x$ *a* \U0001f600 العربية " + "Safeguardingandprotecting " * 20


@pytest.fixture(autouse=True)
def frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def opened(client: Client, path: str) -> pikepdf.Pdf:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pikepdf.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("form", ["flyer", "poster"])
def test_course_has_a_tagged_page_to_put_up(client_of: ClientOf, form: str) -> None:
    course = make_course("Neglect", code="NEG")
    make_event(course, days=[MAY_14])

    pdf = opened(client_of(make_user()), f"/courses/NEG/{form}.pdf")

    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert (str(pdf.docinfo.Title), str(pdf.Root.Lang), len(pdf.pages)) == ("Neglect", "en-GB", 1)
    figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
    assert next(str(one.Alt) for one in figures if "/Alt" in one).endswith("/courses/NEG/")


@pytest.mark.parametrize(("paper", "width"), [("", 595), ("?paper=a4", 595), ("?paper=a3", 842), ("?paper=a0", 595)])
def test_poster_is_a4_or_a3(client_of: ClientOf, paper: str, width: int) -> None:
    make_course("Neglect", code="NEG")

    pdf = opened(client_of(make_user()), f"/courses/NEG/poster.pdf{paper}")

    assert round(float(pdf.pages[0].mediabox[2])) == width


@pytest.mark.parametrize("form", ["flyer", "poster"])
def test_page_to_put_up_is_one_page_whatever_is_on_it(client_of: ClientOf, form: str) -> None:
    words = dict.fromkeys(("aims", "audience", "content_warning"), HARD)
    course = make_course(HARD[:200].strip(), code="HARD", outcomes=[HARD[:280].strip()] * 9, **words)
    room = make_venue("Room " + "of a long name " * 9)
    for week in range(8):
        days = [day + datetime.timedelta(weeks=week) for day in (MAY_14, JULY_5)]
        make_event(course, days=days, venue=room)

    assert len(opened(client_of(make_user()), f"/courses/HARD/{form}.pdf").pages) == 1


def test_date_has_a_page_to_put_up_while_it_is_open(client_of: ClientOf) -> None:
    course, client = make_course("Neglect", code="NEG"), client_of(make_user())
    make_event(course, days=[MAY_14], reference="E1")
    make_event(course, days=[MAY_14], reference="DRAFT", is_published=False)
    gone = make_event(course, days=[MAY_14], reference="GONE")
    cancel_event(event=gone, reason="Trainer ill", by=any_coordinator(), now=NOW)

    assert len(opened(client, "/events/E1/flyer.pdf").pages) == 1
    assert [client.get(f"/events/{one}/flyer.pdf").status_code for one in ("DRAFT", "GONE", "NONE")] == [404, 404, 404]
    with time_machine.travel(datetime.datetime(2027, 6, 1, tzinfo=datetime.UTC)):
        assert client.get("/events/E1/poster.pdf").status_code in (302, 404)


def test_nothing_to_print_of_what_is_not_offered(client_of: ClientOf) -> None:
    make_course("Draft", code="DRAFT", is_published=False)
    withdraw_course(course=make_course("Gone", code="GONE"), by=any_coordinator(), now=NOW)
    make_course("Neglect", code="NEG")
    client = client_of(make_user())

    paths = ("DRAFT/flyer", "GONE/flyer", "NONE/flyer", "NEG/banner", "NEG/..", "NEG/flyer.pdf")
    assert {client.get(f"/courses/{one}.pdf").status_code for one in paths} == {404}
    assert client.post("/courses/NEG/flyer.pdf").status_code == 405


def test_visitor_is_led_to_the_sign_in_page(client: Client) -> None:
    make_course("Neglect", code="NEG")

    for path in ("/courses/NEG/flyer.pdf", "/courses/programme.pdf"):
        assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_programme_has_the_open_dates_of_the_next_quarter(client_of: ClientOf) -> None:
    course = make_course("Neglect", code="NEG", aims="To see it early.")
    make_event(course, days=[MAY_14], reference="MAY")
    make_event(course, days=[JULY_5], reference="JULY")
    make_event(course, days=[JULY_5], is_published=False)
    make_event(course, days=[], mode=DeliveryMode.E_LEARNING)

    data = programme_of(quarter(2027, 2, 4), Partnership.objects.get(), now=NOW)
    pdf = opened(client_of(make_user()), "/courses/programme.pdf?quarter=nonsense")

    assert [(month["name"], [one["reference"] for one in month["dates"]]) for month in data["months"]] == [
        ("July 2027", ["JULY"])
    ]
    assert [one["title"] for one in data["courses"]] == ["Neglect"]
    assert (str(pdf.docinfo.Title), len(pdf.pages)) == ("Training programme, July to September 2027", 4)
    assert len(opened(client_of(make_user()), "/courses/programme.pdf?quarter=2031-Q1").pages) == 3


def test_programme_asks_the_same_number_of_queries_for_one_date_and_three() -> None:
    counts = []
    for day in (5, 6, 7):
        make_event(make_course("Neglect"), days=[datetime.date(2027, 7, day)])
        with CaptureQueriesContext(connection) as captured:
            programme_of(quarter(2027, 2, 4), Partnership.objects.get(), now=NOW)
        counts.append(len(captured))

    assert counts[0] == counts[-1] <= 7


def test_text_is_cut_after_a_word() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two, three", 12) == "one two…"
    assert shortened("a  b\nc", 10) == "a b c"
