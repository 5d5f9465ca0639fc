import datetime
from typing import Any

import pytest

from tests.outbox.mail_server import MailServer
from tests.outbox.making import NOW, make_message, minutes
from training.outbox.delivery import deliver
from training.outbox.models import Attempt, Message, State
from training.outbox.retention import forget_old_messages

pytestmark = pytest.mark.django_db


def test_forget_deletes_what_is_over_and_old_enough(mail: MailServer, settings: Any) -> None:
    settings.OUTBOX_KEEP_DAYS = 30
    then = NOW - datetime.timedelta(days=30)
    old = [make_message(now=then - minutes(1)) for _ in range(5)]
    young = make_message(now=then)
    for message in [*old, young]:
        deliver(message.pk, now=NOW)
    waiting = make_message(now=then - minutes(1))

    deleted = forget_old_messages(now=NOW, batch=2)

    assert deleted == 5
    assert set(Message.objects.all()) == {young, waiting}
    assert [attempt.message for attempt in Attempt.objects.all()] == [young]
    assert forget_old_messages(now=NOW) == 0


def test_forget_blanks_secrets_that_failed_and_have_run_out(mail: MailServer) -> None:
    mail.at("RCPT", "550 No")
    out, still_good = (make_message(has_secret=True, expires_at=NOW + minutes(each)) for each in (15, 60))
    for message in (out, still_good):
        assert deliver(message.pk, now=NOW) == State.FAILED

    forget_old_messages(now=NOW + minutes(15))

    out.refresh_from_db()
    still_good.refresh_from_db()
    assert (out.text, still_good.text) == ("", "You have a place.\n")
