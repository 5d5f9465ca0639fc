"""Each page from eight connections: requests a second, median, 95th percentile, SQL statements."""

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.load import CLIENTS, Connection, timed
from bench.people import account, form_fields, session_of
from bench.statements import statements
from bookings.models import Booking, Status
from evaluation.models import Invitation, Stage
from training.catalogue.models import DeliveryMode, Event
from training.people.models import Partnership, User
from training.web.periods import quarter_before, quarter_of
from training.web.tokens import hash_token

REQUESTS = 240
SEARCH = "/courses/?q=neglect&mode=face_to_face"
END_TOKEN = "a-token-for-the-bench-alone-0123456789"  # noqa: S105
KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    user: User | None = None
    fields: dict[str, str] = field(default_factory=dict)


def print_pages(port: int) -> None:
    print(f"{'page':34}{'/s':>9}{'median ms':>11}{'p95 ms':>9}{'SQL':>6}")
    for page in _pages():
        connections = [Connection(port, session_of(page.user) if page.user else "") for _ in range(CLIENTS)]
        requests = REQUESTS if not page.name.startswith("quarter") else REQUESTS // 6
        timing = timed([_job(connections, page) for _ in range(requests)])
        number = statements(lambda client, page=page: _ask(client, page), page.user)
        print(f"{page.name:34}{timing.rate:9.0f}{timing.median_ms:11.1f}{timing.p95_ms:9.1f}{number:6}")
    _print_report()


def _pages() -> list[Page]:
    event = Event.objects.published().filter(starts_at__gt=timezone.now()).order_by("starts_at")[0]
    invitation = Invitation.objects.filter(stage=Stage.END, is_spent=False).order_by("-closes_at", "pk")[0]
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_token(END_TOKEN))
    return [
        Page("an empty view", "/healthz"),
        Page("catalogue, searched and filtered", SEARCH),
        Page("a date", f"/events/{event.reference}/"),
        Page("/my/", "/my/", account("practitioner")),
        _mark(),
        Page("end form", f"/evaluate/{END_TOKEN}/"),
        Page("quarter report", _quarter(), account("pdl")),
    ]


def _mark() -> Page:
    """The same tap again and again: every one is looked at, checked and written or found written."""
    trainer = account("trainer")
    today = Event.objects.taught_by(trainer.person).filter(starts_at__date=timezone.localdate())
    event = today.exclude(mode=DeliveryMode.E_LEARNING)[0]
    booking = Booking.objects.filter(event=event, status=Status.BOOKED).order_by("pk")[0]
    client = Client(HTTP_HOST="localhost")
    client.force_login(trainer)
    page = client.get(reverse("bookings:register", args=[event.reference]), follow=True).content.decode()
    key = KEY.search(page)
    fields = {"mark": "present", "key": key[1] if key else ""}
    return Page(
        "register mark",
        reverse("bookings:register-mark", args=[event.reference, 1, booking.reference]),
        trainer,
        fields,
    )


def _quarter() -> str:
    return reverse("evaluation:report", args=["quarter", _last_quarter()])


def _last_quarter() -> str:
    """The last whole quarter of the financial year, as the report's address has it."""
    first_month = Partnership.objects.get().financial_year_starts_month
    return quarter_before(quarter_of(timezone.localdate(), first_month)).key


def _job(connections: list[Connection], page: Page) -> Callable[[], None]:
    def ask() -> None:
        one = connections.pop()
        if page.fields:
            token = form_fields(one.get("/accounts/logout/"))["csrfmiddlewaretoken"] if not one.token else one.token
            one.token = token
            one.post(page.path, "&".join(f"{k}={v}" for k, v in {**page.fields, "csrfmiddlewaretoken": token}.items()))
        else:
            one.get(page.path)
        connections.append(one)

    return ask


def _ask(client: Client, page: Page) -> None:
    if page.fields:
        client.post(page.path, page.fields)
    else:
        client.get(page.path)


def _median_ms(work: Callable[[], object], times: int = 30) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)


def _print_report() -> None:
    client = Client(HTTP_HOST="localhost")
    client.force_login(account("pdl"))
    path = _quarter()
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = [(query["sql"]) for query in captured.captured_queries]

    def rerun() -> None:
        with connection.cursor() as cursor:
            for sql in queries:
                if sql.lstrip().upper().startswith(("SELECT", "WITH")):
                    cursor.execute(sql.replace("%", "%%"), [])
                    cursor.fetchall()

    # In turn, so that whatever else the machine does falls on both alike.
    taken = [(_median_ms(lambda: client.get(path), 1), _median_ms(rerun, 1)) for _ in range(15)]
    whole, bare = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"quarter report: {whole:.0f} ms, its SQL alone {bare:.0f} ms, ratio {whole / bare:.2f} (aim: 3)")
