import datetime
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.outbox.making import make_message, minutes
from training.outbox.models import Message, State
from training.outbox.readiness import WORKER_SEEN, readiness

GOOD = {
    "status": "ready",
    "database": "up",
    "redis": "up",
    "worker": "seen",
    "outbox": "on time",
    "outbox_age_seconds": 0,
}


@pytest.fixture
def seen() -> None:
    _seen(timezone.now())


def _seen(at: datetime.datetime) -> None:
    cache.set(WORKER_SEEN, at.isoformat(), timeout=None)


@pytest.mark.django_db
def test_readyz_all_good(seen: None, client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, GOOD)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_readyz_asks_the_database_little(seen: None, client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.mark.django_db
def test_readyz_only_reads(client: Client) -> None:
    assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
def test_readyz_message_waiting_too_long(seen: None, client: Client) -> None:
    make_message(now=timezone.now() - minutes(11), address="ada@bankside.example")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["outbox"]) == (503, "late")
    assert 660 <= answer.json()["outbox_age_seconds"] < 670
    assert "ada" not in answer.text


@pytest.mark.django_db
def test_readyz_message_waiting_a_little(seen: None, client: Client) -> None:
    make_message(now=timezone.now() - minutes(5))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["outbox"]) == (200, "on time")
    assert 300 <= answer.json()["outbox_age_seconds"] < 310


@pytest.mark.django_db
def test_readyz_counts_a_dead_workers_message_from_the_end_of_its_lease() -> None:
    now = timezone.now()
    message = make_message(now=now - minutes(60))
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, leased_until=now - minutes(2))

    assert readiness(now).outbox_age_seconds == 120


@pytest.mark.django_db
@pytest.mark.parametrize(("ago", "word"), [(1.9, "seen"), (2.1, "away"), (None, "never seen")])
def test_readyz_worker(client: Client, ago: float | None, word: str) -> None:
    if ago is not None:
        _seen(timezone.now() - minutes(ago))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["worker"]) == (200 if word == "seen" else 503, word)


@pytest.mark.django_db
def test_readyz_redis_away(client: Client, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {**GOOD, "status": "not ready", "redis": "away", "worker": "unknown"}


def test_readyz_everything_away() -> None:
    """In a process of its own, as a web server would find it."""
    script = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "answer = Client(headers={'host': 'localhost'}).get('/readyz'); print(answer.status_code, answer.text)"
    )
    away = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "DJANGO_SETTINGS_MODULE": "training.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", script], env={**os.environ, **away}, capture_output=True, text=True)

    status, _, text = done.stdout.strip().splitlines()[-1].partition(" ")
    assert status == "503", done.stderr
    assert json.loads(text) == {
        "status": "not ready",
        "database": "away",
        "redis": "away",
        "worker": "unknown",
        "outbox": "unknown",
        "outbox_age_seconds": None,
    }
