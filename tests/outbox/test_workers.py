"""The outbox with real worker processes that are killed and a real Redis that goes away."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from tests.outbox.mail_server import STALL, MailServer
from tests.outbox.making import COMMITTED, make_message, outcomes
from tests.outbox.workers import OwnRedis, environment, kill_all, wait_for, worker
from training.outbox.delivery import deliver, lease
from training.outbox.models import Message, State
from training.outbox.sweeping import sweep

pytestmark = COMMITTED
POST_ONE = Path(__file__).with_name("post_one.py")


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    server = OwnRedis(tmp_path)
    server.start()
    yield server
    server.stop()


def _post_elsewhere(redis_url: str, number: int, name: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(POST_ONE), str(number), name]
    told = {**environment(redis_url), "PYTHONPATH": str(POST_ONE.parents[2])}
    return subprocess.Popen(command, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_post_while_the_queue_is_away(mail: MailServer) -> None:
    """Redis refuses, or hangs: what was written stands, the page goes on at once, the sweep sends it."""
    with socket.socket() as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        urls = {"refuses": "redis://127.0.0.1:1/0", "hangs": f"redis://127.0.0.1:{hanging.getsockname()[1]}/0"}
        pages = [_post_elsewhere(url, 20, name) for name, url in urls.items()]
        said = [page.communicate(timeout=30) for page in pages]

    assert [page.returncode for page in pages] == [0, 0], said
    refused, hung = (float(out.strip().splitlines()[-1]) for out, _ in said)
    assert refused < 2
    assert hung < 2
    assert Message.objects.filter(state=State.PENDING, attempts_made=0).count() == 40
    assert (sweep(seconds=10), len(mail.inbox)) == (40, 40)


def test_worker_sends_what_is_queued_and_outlives_redis(mail: MailServer, own_redis: OwnRedis, tmp_path: Path) -> None:
    with worker(own_redis.url, tmp_path, "--beat", f"--schedule={tmp_path / 'beat'}") as process:
        # By beat alone: nothing was queued here.
        swept = make_message(now=timezone.now())
        wait_for(lambda: outcomes(swept) == ["accepted"])

        own_redis.stop()
        waiting = make_message(now=timezone.now())
        own_redis.start()
        wait_for(lambda: outcomes(waiting) == ["accepted"])

        assert process.poll() is None
    assert len(mail.inbox) == 2


def test_worker_killed_between_sending_and_recording(mail: MailServer, own_redis: OwnRedis, tmp_path: Path) -> None:
    mail.at("accepted", STALL, times=1)
    page = _post_elsewhere(own_redis.url, 1, "killed")
    with worker(own_redis.url, tmp_path) as process:
        wait_for(lambda: mail.inbox)  # the server has it and has not said so
        kill_all(process)
    page.communicate(timeout=20)
    assert page.returncode == 0
    message = Message.objects.get()
    assert (message.state, outcomes(message)) == (State.SENDING, ["unfinished"])

    assert deliver(message.pk, now=timezone.now()) is None
    assert message.leased_until is not None
    state = deliver(message.pk, now=message.leased_until + lease())

    assert state == State.SENT
    assert [each.message_id for each in mail.inbox] == [message.message_id] * 2
    assert outcomes(Message.objects.get()) == ["unfinished", "accepted"]
    with redis.Redis.from_url(own_redis.url) as client:
        assert client.hlen("unacked") == 1  # late acknowledgement: the queue still has it, too
