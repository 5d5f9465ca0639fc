import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.outbox.mail_server import DROP, STALL, MailServer
from tests.outbox.making import COMMITTED, make_message, minutes, outcomes
from training.outbox import delivery
from training.outbox.delivery import deliver
from training.outbox.models import Message, State
from training.outbox.sweeping import sweep


def _make(number: int, **fields: Any) -> list[Message]:
    """Due since a minute, the first one longest."""
    now = timezone.now()
    return [make_message(now=now - minutes(1 + (number - each) / 100), **fields) for each in range(number)]


@pytest.mark.django_db
def test_sweep_sends_what_is_due_over_one_line(mail: MailServer) -> None:
    messages = _make(5)
    make_message(now=timezone.now() + minutes(1))

    tried = sweep(seconds=5)

    assert (tried, mail.lines) == (5, 1)
    assert [each.message_id for each in mail.inbox] == [each.message_id for each in messages]


@pytest.mark.django_db
def test_sweep_one_that_is_refused_does_not_keep_the_others(mail: MailServer) -> None:
    first, *others = _make(3)
    mail.at("RCPT", "550 No such person", times=1)

    sweep(seconds=5)

    assert outcomes(first) == ["refused"]
    assert [outcomes(each) for each in others] == [["accepted"], ["accepted"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "what"), [("MAIL", DROP), ("MAIL", "421 enough"), ("MAIL", "452 too many"), ("RCPT", DROP)]
)
def test_sweep_line_that_the_server_closes_costs_no_try(mail: MailServer, stage: str, what: str) -> None:
    first, second = _make(2)
    mail.after_first(stage, what)

    sweep(seconds=5)

    assert (outcomes(first), outcomes(second), mail.lines) == (["accepted"], ["accepted"], 2)
    assert len(mail.inbox) == 2


@pytest.mark.django_db
def test_sweep_uncertain_message_is_not_sent_twice_in_one_try(mail: MailServer) -> None:
    first, second = _make(2)
    mail.at("accepted", "250 OK", times=1)
    mail.at("accepted", DROP, times=1)

    sweep(seconds=5)

    assert (outcomes(first), outcomes(second), len(mail.inbox)) == (["accepted"], ["uncertain"], 2)


@pytest.mark.django_db
def test_sweep_stops_when_the_mail_server_cannot_be_reached(mail: MailServer) -> None:
    _make(3)
    mail.at("banner", "421 busy")

    assert (sweep(seconds=5), mail.lines) == (1, 1)
    assert Message.objects.filter(attempts_made=0).count() == 2


@pytest.mark.django_db
def test_sweep_stops_when_its_time_is_up(mail: MailServer) -> None:
    _make(5)
    mail.at("RCPT", STALL)

    began = time.monotonic()
    tried = sweep(seconds=0.5)

    assert tried == 2
    assert time.monotonic() - began < 2


@COMMITTED
def test_sweep_message_that_trips_the_program_does_not_keep_the_others(
    mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = _make(3)
    real = delivery.as_email

    def trips(message: Message) -> Any:
        if message.pk == first.pk:
            raise KeyError("a fault of the program")
        return real(message)

    monkeypatch.setattr(delivery, "as_email", trips)
    sweep(seconds=5)

    assert outcomes(first) == ["unfinished"]
    assert [outcomes(each) for each in others] == [["accepted"], ["accepted"]]


@COMMITTED
def test_sweep_leaves_a_message_that_somebody_holds_and_ends(mail: MailServer) -> None:
    held, other = _make(2)
    is_held, over = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Message.objects.select_for_update().get(pk=held.pk)
                is_held.set()
                over.wait(5)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert is_held.wait(5)
    began = time.monotonic()
    sweep(seconds=5)
    took = time.monotonic() - began
    over.set()
    thread.join()

    assert (outcomes(held), outcomes(other)) == ([], ["accepted"])
    assert took < 2


@COMMITTED
def test_two_workers_at_once_deliver_once(mail: MailServer) -> None:
    messages = _make(10)
    together = threading.Barrier(2)

    def worker() -> None:
        try:
            for message in messages:
                together.wait(5)
                deliver(message.pk, now=timezone.now())
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(each.message_id for each in mail.inbox) == sorted(each.message_id for each in messages)
    assert [outcomes(each) for each in messages] == [["accepted"]] * 10


@COMMITTED
def test_two_sweeps_at_once_deliver_once(mail: MailServer) -> None:
    messages = _make(30)

    def worker() -> None:
        try:
            sweep(seconds=10)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(mail.inbox) == 30
    assert Message.objects.filter(state=State.SENT, attempts_made=1).count() == len(messages)
