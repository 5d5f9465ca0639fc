import datetime

import pytest
from django.test import override_settings
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_person, make_user
from tests.people.making import make_message
from training.outbox.models import Message, State
from training.people.models import User

pytestmark = pytest.mark.usefixtures("no_second_factor")


def test_newest_come_first(coordinator: User, client_of: ClientOf) -> None:
    now = timezone.now()
    old, new = make_message(now=now - datetime.timedelta(days=1)), make_message(now=now)

    assert list(client_of(coordinator).get("/outbox/").context["page"]) == [new, old]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=failed", ["Refused"]),
        ("state=trouble", ["Refused"]),
        ("kind=account.login_code", ["Code"]),
        ("q=aysha", ["Refused"]),
        ("q=AYSHA@x", ["Refused"]),
        ("q=nobody", []),
        ("state=nonsense", ["Code", "Refused"]),
    ],
)
def test_outbox_is_filtered(coordinator: User, client_of: ClientOf, query: str, found: list[str]) -> None:
    make_message(make_person("Áysha Khan", email="aysha@x.example"), state=State.FAILED, subject="Refused")
    make_message(make_person(), kind="account.login_code", subject="Code")

    page = client_of(coordinator).get(f"/outbox/?{query}").context["page"]

    assert [message.subject for message in page] == found


def test_problems_are_counted(coordinator: User, client_of: ClientOf) -> None:
    make_message(state=State.FAILED)
    make_message(state=State.UNCERTAIN)
    make_message()

    assert client_of(coordinator).get("/outbox/").context["trouble_count"] == 2


def test_home_tells_of_what_could_not_be_sent(coordinator: User, client_of: ClientOf) -> None:
    make_message(state=State.FAILED)

    todos = client_of(coordinator).get("/").context["todos"]

    assert "1 message could not be sent in the last fortnight." in [todo.sentence for todo in todos]


@pytest.mark.parametrize(
    ("has_secret", "is_demo", "is_shown"), [(False, False, True), (True, False, False), (True, True, True)]
)
@pytest.mark.parametrize("page", ["", "as-sent/"])
def test_a_secret_is_shown_in_the_demonstration_alone(
    coordinator: User, client_of: ClientOf, has_secret: bool, is_demo: bool, is_shown: bool, page: str
) -> None:
    message = make_message(text="Open sesame", html="<p>Open sesame</p>", has_secret=has_secret, state=State.PENDING)

    with override_settings(OUTBOX_SHOWS_BODIES=is_demo):
        response = client_of(coordinator).get(f"/outbox/{message.reference}/{page}")

    assert ("Open sesame" in response.content.decode()) is is_shown


def test_markup_in_a_text_is_text(coordinator: User, client_of: ClientOf) -> None:
    message = make_message(text="<script>alert(1)</script>", subject="<b>Bold</b>")

    content = client_of(coordinator).get(f"/outbox/{message.reference}/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "&lt;b&gt;Bold&lt;/b&gt;" in content


def test_as_sent_can_run_nothing(coordinator: User, client_of: ClientOf) -> None:
    response = client_of(coordinator).get(f"/outbox/{make_message().reference}/as-sent/")

    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "allow-scripts" not in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_outbox_resend_of_a_failed_one_goes_to_the_corrected_address(coordinator: User, client_of: ClientOf) -> None:
    message = make_message(state=State.FAILED)

    client_of(coordinator).post(f"/outbox/{message.reference}/resend/", {"address": "right@x.example"})

    message.refresh_from_db()
    assert (message.state, message.to_address) == (State.PENDING, "right@x.example")


def test_outbox_resend_second_click_sends_one_copy(coordinator: User, client_of: ClientOf) -> None:
    message, client = make_message(), client_of(coordinator)

    answers = [client.post(f"/outbox/{message.reference}/resend/", {"address": "right@x.example"}) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Message.objects.count() == 2


def test_outbox_resend_of_a_secret_stays_with_its_address(coordinator: User, client_of: ClientOf) -> None:
    """Or a coordinator could have an administrator's sign-in code sent to themselves."""
    message = make_message(state=State.FAILED, has_secret=True)

    response = client_of(coordinator).post(f"/outbox/{message.reference}/resend/", {"address": "me@x.example"})

    assert "can only go to the address" in str(response.context["form"].errors)
    assert Message.objects.get().state == State.FAILED


@pytest.mark.parametrize("address", ["", "nobody", "a@b.example\r\nBcc: c@d.example", "x" * 5000 + "@d.example"])
def test_outbox_resend_refuses_rubbish_and_keeps_it(coordinator: User, client_of: ClientOf, address: str) -> None:
    message = make_message(state=State.FAILED)

    response = client_of(coordinator).post(f"/outbox/{message.reference}/resend/", {"address": address})

    assert list(response.context["form"].errors) == ["address"]
    assert Message.objects.get().state == State.FAILED


def test_outbox_resend_is_refused_to_a_practitioner(practitioner: User, client_of: ClientOf) -> None:
    message = make_message(practitioner.person, state=State.FAILED)

    assert client_of(practitioner).post(f"/outbox/{message.reference}/resend/").status_code == 403


def test_my_messages_are_ones_own(practitioner: User, client_of: ClientOf) -> None:
    mine, other = make_message(practitioner.person), make_message(make_person())
    client = client_of(practitioner)

    assert list(client.get("/my/messages/").context["page"]) == [mine]
    assert client.get(f"/my/messages/{mine.reference}/").status_code == 200
    assert client.get(f"/my/messages/{other.reference}/").status_code == 404


def test_my_messages_of_a_joined_record_come_along(partnership: object, client_of: ClientOf) -> None:
    user = make_user()
    old = make_person(standing="active")
    message = make_message(old)
    type(old).objects.filter(pk=old.pk).update(standing="merged", merged_into=user.person)

    assert list(client_of(user).get("/my/messages/").context["page"]) == [message]
