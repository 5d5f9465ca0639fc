import threading
from typing import Any

import pytest
from django.db import connection, transaction

from tests.outbox.making import COMMITTED, NOW, make_message
from training.outbox.models import Message, State
from training.outbox.posting import Recipient, post

ADA = Recipient("ada@bankside.example", "Ada Obi", "7KM2QXPA")


def _post(key: str = "1", to: Recipient = ADA) -> Message | None:
    return post("trial.note", key=key, to=to, now=NOW, context={"title": "Your place", "reason": "Because"})


@COMMITTED
def test_post_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError):
        _post()

    assert Message.objects.count() == 0


@COMMITTED
def test_post_rolled_back_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    queued = _watch_queue(monkeypatch)

    with transaction.atomic():
        _post()
        transaction.set_rollback(True)

    assert (Message.objects.count(), queued) == (0, [])


@COMMITTED
def test_post_is_queued_after_the_commit_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    queued = _watch_queue(monkeypatch)

    with transaction.atomic():
        first, second = _post(), _post()
        assert queued == []
    with transaction.atomic():
        third = _post()

    assert first == second == third
    assert queued == [Message.objects.get().pk]


@COMMITTED
def test_post_from_two_connections_at_once_writes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    queued = _watch_queue(monkeypatch)
    found: list[Message | None] = []
    together = threading.Barrier(2)

    def other() -> None:
        try:
            with transaction.atomic():
                together.wait(5)
                found.append(_post())
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    with transaction.atomic():
        found.append(_post())
        together.wait(5)
        thread.join(0.2)  # the other waits for our commit
        assert thread.is_alive()
    thread.join(5)

    assert [each.pk for each in found if each] == [Message.objects.get().pk] * 2
    assert len(queued) == 1


@COMMITTED
def test_post_goes_ahead_when_another_with_its_key_is_rolled_back() -> None:
    written, over = threading.Event(), threading.Event()

    def other() -> None:
        try:
            with transaction.atomic():
                _post()
                written.set()
                over.wait(5)
                transaction.set_rollback(True)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert written.wait(5)
    threading.Timer(0.1, over.set).start()
    with transaction.atomic():
        _post()
    thread.join(5)

    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_post_writes_one_row() -> None:
    message = _post()

    assert message is not None
    assert (message.key, message.to_address, message.to_name, message.person_reference, message.state) == (
        "trial.note:1",
        "ada@bankside.example",
        "Ada Obi",
        "7KM2QXPA",
        State.PENDING,
    )
    assert (message.subject, message.created_at, message.next_attempt_at) == ("Your place", NOW, NOW)


@pytest.mark.django_db
def test_post_to_somebody_without_an_address_is_none() -> None:
    assert (_post(to=Recipient("", "Ada Obi")), Message.objects.count()) == (None, 0)


@pytest.mark.django_db
def test_post_long_name_and_subject_are_cut() -> None:
    message = make_message(name="A" * 500, subject="B\r\nBcc: evil@example.com\n" + "C" * 500)

    assert (len(message.to_name), len(message.subject)) == (120, 200)
    assert message.subject.startswith("B Bcc: evil@example.com CCC")


def _watch_queue(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is queued; nothing is delivered."""
    queued: list[Any] = []
    monkeypatch.setattr("training.outbox.posting.queue_delivery", queued.append)
    return queued


@pytest.mark.django_db
def test_post_takes_one_statement_and_gives_the_row(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        posted = _post()

    assert posted == Message.objects.get()
    assert posted is not None
    again = _post()
    assert again is not None
    assert (again.pk, again.message_id) == (posted.pk, posted.message_id)
