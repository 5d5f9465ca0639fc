import pytest

from tests.outbox.mail_server import DROP, MailServer
from tests.outbox.making import NOW, make_message, minutes, outcomes
from training.outbox.delivery import deliver
from training.outbox.models import Message, State
from training.outbox.resending import OutboxError, resend

pytestmark = pytest.mark.django_db


def _sent() -> Message:
    message = make_message()
    deliver(message.pk, now=NOW)
    message.refresh_from_db()
    return message


def _failed(mail: MailServer) -> Message:
    mail.at("RCPT", "550 No such person", times=1)
    message = make_message(address="wrong@bankside.example")
    deliver(message.pk, now=NOW)
    return message


def test_resend_failed_message_goes_out_as_itself_to_the_corrected_address(mail: MailServer) -> None:
    message = _failed(mail)

    again = resend(message, now=NOW + minutes(1), address="right@bankside.example")
    deliver(again.pk, now=NOW + minutes(1))

    assert (again.pk, Message.objects.count()) == (message.pk, 1)
    assert [(each.recipients, each.message_id) for each in mail.inbox] == [
        (("right@bankside.example",), message.message_id)
    ]
    assert outcomes(message) == ["refused", "accepted"]


def test_resend_failed_message_has_all_its_tries_anew(mail: MailServer) -> None:
    message = _failed(mail)
    Message.objects.filter(pk=message.pk).update(attempts_made=9)
    mail.at("RCPT", "451 Later", times=1)

    resend(message, now=NOW)

    assert deliver(message.pk, now=NOW) == State.PENDING
    message.refresh_from_db()
    assert round((message.next_attempt_at - NOW).total_seconds()) == 60


def test_resend_sent_message_goes_out_as_a_copy(mail: MailServer) -> None:
    message = _sent()

    copy = resend(message, now=NOW + minutes(5))
    deliver(copy.pk, now=NOW + minutes(5))

    assert [each.message_id for each in mail.inbox] == [message.message_id, copy.message_id]
    assert copy.message_id != message.message_id
    assert copy.reference != message.reference
    assert (outcomes(message), outcomes(copy)) == (["accepted"], ["accepted"])
    message.refresh_from_db()
    assert message.state == State.SENT


def test_resend_sent_message_by_a_second_click_is_the_same_copy(mail: MailServer) -> None:
    message = _sent()
    copy = resend(message, now=NOW + minutes(5))

    while_waiting = resend(message, now=NOW + minutes(9))
    deliver(copy.pk, now=NOW + minutes(5))
    soon_after = resend(message, now=NOW + minutes(5.5))
    later = resend(message, now=NOW + minutes(30))
    elsewhere = resend(message, now=NOW + minutes(30), address="other@bankside.example")

    assert while_waiting == soon_after == copy
    assert len({copy.pk, later.pk, elsewhere.pk}) == 3


def test_resend_copy_of_a_copy_has_a_key_of_its_own(mail: MailServer) -> None:
    message = make_message(key="k" * 185)
    for turn in range(4):
        deliver(message.pk, now=NOW + minutes(10 * turn))
        message = resend(message, now=NOW + minutes(10 * turn + 5))

    assert Message.objects.count() == 5


def test_resend_expired_message_is_no_longer_too_late(mail: MailServer) -> None:
    message = make_message(expires_at=NOW)
    deliver(message.pk, now=NOW)

    resend(message, now=NOW)

    assert deliver(message.pk, now=NOW) == State.SENT


@pytest.mark.parametrize("what", ["", DROP])
def test_resend_message_on_its_way_is_refused(mail: MailServer, what: str) -> None:
    message = make_message()
    if what:
        mail.at("accepted", what)
        deliver(message.pk, now=NOW)

    with pytest.raises(OutboxError, match="still on its way"):
        resend(message, now=NOW)


def test_resend_second_click_on_a_failed_message_is_refused(mail: MailServer) -> None:
    message = _failed(mail)
    resend(message, now=NOW)

    with pytest.raises(OutboxError, match="still on its way"):
        resend(message, now=NOW)


def test_resend_blanked_message_is_refused(mail: MailServer) -> None:
    message = make_message(has_secret=True)
    deliver(message.pk, now=NOW)

    with pytest.raises(OutboxError, match="personal link"):
        resend(message, now=NOW)


@pytest.mark.parametrize("address", ["nonsense", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
def test_resend_to_a_bad_address_is_refused_and_changes_nothing(mail: MailServer, address: str) -> None:
    message = _failed(mail)

    with pytest.raises(OutboxError, match="correct format"):
        resend(message, now=NOW, address=address)

    message.refresh_from_db()
    assert (message.state, message.to_address) == (State.FAILED, "wrong@bankside.example")


def test_resend_secret_to_another_address_is_refused(mail: MailServer) -> None:
    mail.at("RCPT", "550 No such person", times=1)
    message = make_message(has_secret=True)
    deliver(message.pk, now=NOW)

    with pytest.raises(OutboxError, match="only go to the address it was written for"):
        resend(message, now=NOW, address="other@bankside.example")

    assert resend(message, now=NOW, address="ADA@bankside.example").pk == message.pk
