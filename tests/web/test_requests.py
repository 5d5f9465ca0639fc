"""What every request meets: its id, its line in the log, no NUL, error pages, signs of life."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from structlog.testing import capture_logs

from training.config.urls import urlpatterns as real
from training.web import views
from training.web.middleware import RequestLogMiddleware, has_nul


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def echo(request: HttpRequest, token: str = "") -> HttpResponse:
    return HttpResponse(token)


urlpatterns = [
    *real,
    path("broken/", broken, name="broken"),
    path("forbidden/", forbidden),
    path("echo/<str:token>/", echo, name="echo"),
    path("echo/", echo),
]
handler400, handler403 = "training.web.views.bad_request", "training.web.views.permission_denied"
handler404, handler500 = "training.web.views.page_not_found", "training.web.views.server_error"


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def our_urls() -> object:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_request_id_is_made_and_a_good_one_is_kept(browser: Client) -> None:
    made = browser.get("/healthz")["X-Request-ID"]
    kept = browser.get("/healthz", headers={"X-Request-ID": "abcd-1234.5"})["X-Request-ID"]
    refused = browser.get("/healthz", headers={"X-Request-ID": "no spaces <or> marks"})["X-Request-ID"]

    assert len(made) == 32
    assert kept == "abcd-1234.5"
    assert len(refused) == 32


def test_access_line_has_the_name_of_the_page_and_not_its_path() -> None:
    request = RequestFactory().get("/echo/a-secret/")
    with capture_logs() as lines:
        Client().get("/echo/a-secret/")

    line = next(each for each in lines if each["event"] == "request")
    assert {"method": "GET", "url_name": "echo", "status": 200, "user_id": None}.items() <= line.items()
    assert "a-secret" not in str(line)
    assert request.path == "/echo/a-secret/"


@pytest.mark.parametrize("address", ["/echo/a%00b/", "/echo/?q=%00", "/echo/?%00=1", "/healthz?x=1%00", "/nowhere/%00"])
def test_nul_in_an_address_is_a_400_page(browser: Client, address: str) -> None:
    response = browser.get(address)

    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()


@pytest.mark.parametrize("data", [{"name": "a\x00b"}, {"a\x00b": "name"}])
def test_nul_in_a_form_is_a_400_page(browser: Client, data: dict[str, str]) -> None:
    assert browser.post("/echo/", data).status_code == 400
    body = "&".join(f"{k}={v}" for k, v in data.items()).replace("\x00", "%00")
    assert browser.post("/echo/", body, content_type="application/x-www-form-urlencoded").status_code == 400


def test_nul_in_a_cookie_is_a_400_page(browser: Client) -> None:
    assert browser.get("/echo/", headers={"cookie": r'sessionid="abcdefgh\000ij"'}).status_code == 400


def test_nul_in_a_file_name_is_refused() -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a\x00.csv"\r\n\r\n1\r\n--x--\r\n'
    request = RequestFactory().generic("POST", "/echo/", body, content_type="multipart/form-data; boundary=x")

    assert has_nul(request) or all("\x00" not in f.name for f in request.FILES.values())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"no boundary here", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=\xff"),
        (b"&".join(b"a=1" for _ in range(5001)), "application/x-www-form-urlencoded"),
        (b"a=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"a=%FF", "application/x-www-form-urlencoded; charset=utf-16"),
    ],
)
def test_form_that_cannot_be_read_is_a_400_page_with_an_id(browser: Client, body: bytes, kind: str) -> None:
    response = browser.generic("POST", "/echo/", body, content_type=kind)

    assert response.status_code == 400
    assert len(response["X-Request-ID"]) == 32


def test_other_odd_characters_pass(browser: Client) -> None:
    assert browser.get("/echo/", {"q": "‮ \U0001f600 \ufffd ' -- <b>"}).status_code == 200


def test_500_page_needs_neither_database_nor_context(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL):
        response = browser.get("/broken/")

    assert response.status_code == 500
    assert "Sorry, something went wrong" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/nowhere/", 404, "We cannot find that page"), ("/forbidden/", 403, "You cannot open this page")],
)
def test_error_pages_say_what_to_do(browser: Client, address: str, status: int, words: str) -> None:
    response = browser.get(address)

    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.django_db
def test_csrf_failure_has_its_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/echo/", {"a": "b"})

    assert response.status_code == 403
    assert "Send that again, please" in response.content.decode()


def test_healthz_answers_without_a_database(browser: Client) -> None:
    assert browser.get("/healthz").json() == {"status": "alive"}


def test_small_files_that_browsers_ask_for(browser: Client) -> None:
    assert "Disallow: /evaluate/" in browser.get("/robots.txt").content.decode()
    assert browser.get("/favicon.ico")["Location"].endswith("favicon.svg")
    assert browser.get("/manifest.webmanifest").json()["name"] == "Muster"


@pytest.mark.django_db
def test_styleguide_is_for_the_demonstration_only(browser: Client, settings: pytest.FixtureRequest) -> None:
    settings.DEMO, settings.DEBUG = True, False  # type: ignore[attr-defined]
    assert browser.get("/styleguide/?page=99999999999999999999&sort=%27&mode=moon").status_code == 200
    settings.DEMO = False  # type: ignore[attr-defined]
    assert browser.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_page_with_errors_says_so_in_its_title(browser: Client, settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    assert "<title>Error: Style guide – Muster" in browser.get("/styleguide/?errors=1").content.decode()
    assert "<title>Style guide – Muster" in browser.get("/styleguide/").content.decode()


def test_every_view_here_is_marked_public() -> None:
    names = ["healthz", "robots", "favicon", "manifest", "styleguide", "csrf_failure", "bad_request", "server_error"]

    assert {getattr(getattr(views, name), "access", None) for name in names} == {"public"}


def test_middleware_answers_400_when_the_browser_stops_sending() -> None:
    from django.http import UnreadablePostError

    class Gone:
        def read(self, *_: int) -> bytes:
            raise UnreadablePostError

    request = RequestFactory().post("/echo/", {"a": "b"})
    request._stream = Gone()  # type: ignore[attr-defined]
    request._read_started = False  # type: ignore[attr-defined]

    response = RequestLogMiddleware(lambda _: HttpResponse("reached"))(request)

    assert response.status_code == 400
