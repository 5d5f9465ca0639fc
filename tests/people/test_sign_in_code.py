import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_user
from tests.people.sign_in_steps import ask_for_code, code_sent_to, comparable, kinds_sent_to, send, text_of, who
from training.outbox.models import Message
from training.people.accounts.adapter import url_of
from training.people.models import User

pytestmark = pytest.mark.django_db
CONFIRM = "account_confirm_login_code"
GONE = "That code does not work any more"


def wrong_one(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_code_signs_in(client: Client, practitioner: User) -> None:
    asked = ask_for_code(client, practitioner.email)
    page = client.get(asked["Location"])
    response = send(client, CONFIRM, code=code_sent_to(practitioner.email))

    assert "We have sent you a code" in text_of(page)
    assert (response.status_code, response["Location"]) == (302, url_of("people:home"))
    assert who(client) == str(practitioner.pk)


def test_second_button_of_the_sign_in_page_sends_a_code(client: Client, practitioner: User) -> None:
    response = send(client, "account_request_login_code", login=practitioner.email, password="", next="/courses/")
    send(client, CONFIRM, code=code_sent_to(practitioner.email), next="/courses/")

    assert response["Location"] == f"{reverse(CONFIRM)}?next=%2Fcourses%2F"
    assert who(client) == str(practitioner.pk)


def test_code_leads_on_to_next(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)

    response = send(client, CONFIRM, code=code_sent_to(practitioner.email), next="/courses/")

    assert response["Location"] == "/courses/"


@pytest.mark.parametrize("shape", ["{0} {1}", " {0}{1} ", "{0}-{1}", "{0}\u00a0{1}"])
def test_code_may_be_typed_with_spaces(client: Client, practitioner: User, shape: str) -> None:
    ask_for_code(client, practitioner.email)
    code = code_sent_to(practitioner.email)

    send(client, CONFIRM, code=shape.format(code[:3], code[3:]))

    assert who(client) == str(practitioner.pk)


def test_code_works_once(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    code = code_sent_to(practitioner.email)
    send(client, CONFIRM, code=code)
    client.post(reverse("account_logout"))

    again = client.post(reverse(CONFIRM), {"code": code}, follow=True)

    assert who(client) is None
    assert GONE in text_of(again)


def test_code_sent_twice_by_a_double_click_changes_nothing(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    code = code_sent_to(practitioner.email)

    first, second = send(client, CONFIRM, code=code), send(client, CONFIRM, code=code)

    assert first["Location"] == second["Location"]
    assert who(client) == str(practitioner.pk)


def test_asking_twice_by_a_double_click_sends_one_mail(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    second = ask_for_code(client, practitioner.email)
    send(client, CONFIRM, code=code_sent_to(practitioner.email))

    assert second["Location"] == reverse(CONFIRM)
    assert kinds_sent_to(practitioner.email) == ["account.login_code"]
    assert who(client) == str(practitioner.pk)


def test_code_is_too_old_after_a_quarter_of_an_hour(client: Client, practitioner: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        ask_for_code(client, practitioner.email)
    code = code_sent_to(practitioner.email)

    with time_machine.travel(now + datetime.timedelta(minutes=15, seconds=1), tick=False):
        response = client.post(reverse(CONFIRM), {"code": code}, follow=True)

    assert who(client) is None
    assert GONE in text_of(response)


def test_code_of_another_browser_does_not_work(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    other = Client()

    response = other.post(reverse(CONFIRM), {"code": code_sent_to(practitioner.email)}, follow=True)

    assert who(other) is None
    assert GONE in text_of(response)


def test_code_of_one_person_does_not_open_another_login(client: Client, practitioner: User) -> None:
    other = make_user()
    ask_for_code(Client(), other.email)
    ask_for_code(client, practitioner.email)
    code = code_sent_to(other.email)

    if code != code_sent_to(practitioner.email):
        send(client, CONFIRM, code=code)
        assert who(client) is None


def test_third_wrong_code_ends_it(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    code = code_sent_to(practitioner.email)

    first = send(client, CONFIRM, code=wrong_one(code))
    send(client, CONFIRM, code=wrong_one(code))
    third = client.post(reverse(CONFIRM), {"code": wrong_one(code)}, follow=True)
    send(client, CONFIRM, code=code)

    assert "That code is not right. Check it and type it again." in text_of(first)
    assert "That code was wrong three times, so it no longer works." in text_of(third)
    assert who(client) is None


def test_another_code_makes_the_first_useless(client: Client, practitioner: User) -> None:
    ask_for_code(client, practitioner.email)
    first = code_sent_to(practitioner.email)
    page = client.post(reverse(CONFIRM), {"action": "resend"}, follow=True)
    second = code_sent_to(practitioner.email)

    assert "We have sent you a new code" in text_of(page)
    assert kinds_sent_to(practitioner.email) == ["account.login_code"] * 2
    if first != second:
        send(client, CONFIRM, code=first)
        assert who(client) is None
    send(client, CONFIRM, code=second)
    assert who(client) == str(practitioner.pk)


def test_known_and_unknown_address_get_the_same_answers(client: Client, practitioner: User) -> None:
    nobody, other = "nobody@bankside.example", Client()

    asked = comparable(ask_for_code(client, practitioner.email)), comparable(ask_for_code(other, nobody))
    pages = [comparable(browser.get(reverse(CONFIRM)), practitioner.email, nobody) for browser in (client, other)]
    resent = [
        comparable(browser.post(reverse(CONFIRM), {"action": "resend"}, follow=True), practitioner.email, nobody)
        for browser in (client, other)
    ]

    assert asked[0] == asked[1]
    assert pages[0] == pages[1]
    assert resent[0] == resent[1]
    assert kinds_sent_to(nobody) == ["account.unknown_account"]


def test_third_wrong_code_looks_the_same_for_an_unknown_address(client: Client, practitioner: User) -> None:
    nobody, other = "nobody@bankside.example", Client()
    ask_for_code(client, practitioner.email)
    ask_for_code(other, nobody)
    wrong = wrong_one(code_sent_to(practitioner.email))

    answers = [
        [comparable(send(b, CONFIRM, code=wrong), practitioner.email, nobody) for _ in range(3)]
        for b in (client, other)
    ]

    assert answers[0] == answers[1]


def test_mail_with_the_code_is_secret_and_expires_with_it(client: Client, practitioner: User) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        ask_for_code(client, practitioner.email)
        message = Message.objects.get(to_address=practitioner.email)

        assert message.has_secret
        assert message.expires_at == timezone.now() + datetime.timedelta(minutes=15)
    assert code_sent_to(practitioner.email) not in message.subject
    assert practitioner.person is not None
    assert message.person_reference == practitioner.person.reference


def test_closed_login_is_treated_as_unknown(client: Client, partnership: object) -> None:
    user = make_user(is_active=False)

    ask_for_code(client, user.email)

    assert kinds_sent_to(user.email) == ["account.unknown_account"]
