"""What outside clients rely on: every path and command of the design's table answers as it says.

A path that fails here breaks somebody's bookmark, calendar or script. A new working area gets its line in `AREAS`.
"""

import json
from collections.abc import Callable

import pytest
from django.core.management import get_commands, load_command_class
from django.test import Client
from django.utils import timezone

from bookings.calendars.feeds import make_feed
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_catalogue import make_course, make_event
from training.catalogue.models import Event
from training.people.models import Role, User
from training.record.actions import achieve
from training.record.models import Achievement

COORDINATOR, PDL, LEAD, NOBODY = Role.COORDINATOR, Role.PDL_MEMBER, Role.AGENCY_LEAD, None

# The working areas, each with who has it: a visitor is led to the sign-in page.
AREAS = {
    "/my/": NOBODY,
    "/register/": COORDINATOR,
    "/providers/": COORDINATOR,
    "/reports/": PDL,
    "/agency/": LEAD,
    "/evaluation/": PDL,
    "/programme/": PDL,
    "/bookings/": COORDINATOR,
}
OPEN = ("/", "/courses/", "/accounts/login/", "/accounts/signup/", "/elearning/", "/certificates/")
COMMANDS = ("import_catalogue", "import_people", "import_bookings", "import_completions")

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


@pytest.fixture
def no_second_factor(settings: object) -> None:
    settings.SECOND_FACTOR_ROLES = []  # type: ignore[attr-defined]


@pytest.fixture
def event(db: None) -> Event:
    return make_event(make_course("Neglect", code="NEG1"))


@pytest.fixture
def client_as(client_of: ClientOf) -> Callable[[Role | None], Client]:
    def signed_in(role: Role | None) -> Client:
        agency = make_agency()
        return client_of(make_user(role=role, agency=agency))

    return signed_in


@pytest.mark.parametrize("path", OPEN)
def test_open_to_everybody(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", AREAS)
def test_areas_lead_a_visitor_to_the_sign_in_page(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


@pytest.mark.parametrize(("path", "role"), AREAS.items())
def test_areas_open_to_their_account(client_as: Callable[[Role | None], Client], path: str, role: Role | None) -> None:
    assert client_as(role).get(path).status_code == 200


@pytest.mark.parametrize("path", [path for path, role in AREAS.items() if role and path != "/bookings/"])
def test_areas_are_closed_to_a_practitioner(client_as: Callable[[Role | None], Client], path: str) -> None:
    assert client_as(NOBODY).get(path).status_code == 403


def test_bookings_lead_a_practitioner_to_their_own(client_as: Callable[[Role | None], Client]) -> None:
    assert client_as(NOBODY).get("/bookings/")["Location"] == "/my/bookings/"


def test_sign_in_takes_login_and_password(client: Client, practitioner: User) -> None:
    answer = client.post("/accounts/login/", {"login": practitioner.email, "password": "a long enough password"})

    assert answer.status_code == 302
    assert client.get("/my/").status_code == 200


def test_catalogue_is_filtered_by_its_query(client: Client, event: Event) -> None:
    for query in ("q=neglect", "mode=face_to_face", "level=3", "remit=children", "priority=x", "from=2026-01-01&to=x"):
        assert client.get(f"/courses/?{query}").status_code == 200


def test_course_and_its_dates_are_structured_data(client: Client, event: Event) -> None:
    page = client.get("/courses/NEG1/").content.decode()

    data = json.loads(page.partition('type="application/ld+json">')[2].partition("</script>")[0])
    assert data["@type"] == "Course"
    assert [one["@type"] for one in data["hasCourseInstance"]] == ["CourseInstance"]
    assert client.get(f"/events/{event.reference}/").status_code == 200


def test_register_of_a_date(client: Client, client_as: Callable[[Role | None], Client], event: Event) -> None:
    path = f"/register/{event.reference}/"

    assert client.get(path).status_code == 302
    assert client_as(COORDINATOR).get(path, follow=True).status_code == 200


def test_calendars_are_files_without_a_login(client: Client, event: Event, practitioner: User) -> None:
    assert practitioner.person is not None
    token = make_feed(person=practitioner.person, now=timezone.now())

    for path in (f"/events/{event.reference}.ics", f"/calendar/{token}.ics"):
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "text/calendar")
    assert client.get("/calendar/nobody.ics").status_code == 404


def test_certificate_is_checked_without_a_login(client: Client, event: Event, practitioner: User) -> None:
    assert practitioner.person is not None
    row = achieve(
        person=practitioner.person, version=event.version, on=timezone.localdate(), origin="event:E1",
        source=Achievement.Source.ATTENDED, now=timezone.now(),
    )  # fmt: skip

    assert "This certificate is genuine" in client.get(f"/certificates/{row.serial}/").content.decode()
    assert client.get("/certificates/7KM2QXPA3VNE8TRD/").status_code == 404


@pytest.mark.parametrize("path", ["/evaluate/nonsense/", "/confirm/nonsense/"])
def test_personal_pages_need_no_login_and_say_when_a_link_is_none(client: Client, path: str) -> None:
    assert client.get(path).status_code in (404, 410)


def test_health_is_json(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert {"database", "redis", "worker", "outbox_age_seconds"} <= set(ready.json())


@pytest.mark.parametrize("command", COMMANDS)
def test_imports_have_a_trial(command: str) -> None:
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)

    options = parser.parse_args(["list.csv", "--dry-run", "--by", "x@example.org"])

    assert (str(options.file), options.dry_run) == ("list.csv", True)


def test_report_and_demo_take_what_they_say() -> None:
    report = load_command_class(get_commands()["report"], "report").create_parser("manage.py", "report")
    demo = load_command_class(get_commands()["demo"], "demo").create_parser("manage.py", "demo")

    assert [report.parse_args(["2026-Q3", "--format", kind]).format for kind in ("pdf", "xlsx", "csv")] == [
        "pdf",
        "xlsx",
        "csv",
    ]
    assert str(demo.parse_args(["--today", "2026-05-11"]).today) == "2026-05-11"
