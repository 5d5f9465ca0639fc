import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_user
from tests.people.sign_in_steps import code_sent_to, comparable, kinds_sent_to, send, sign_in, text_of, who
from training.people.models import User

pytestmark = pytest.mark.django_db
RESET, CONFIRM, COMPLETE = (
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
)
NEW = "entirely different words"


def test_forgotten_password_is_replaced_with_a_code(client: Client, practitioner: User) -> None:
    asked = send(client, RESET, email=practitioner.email)
    confirmed = send(client, CONFIRM, code=code_sent_to(practitioner.email))
    page = client.get(confirmed["Location"])
    done = send(client, COMPLETE, password1=NEW)
    other = Client()
    sign_in(other, practitioner, NEW)

    assert asked["Location"] == reverse(CONFIRM)
    assert page.status_code == 200
    assert done.status_code == 302
    assert who(client) == who(other) == str(practitioner.pk)
    assert kinds_sent_to(practitioner.email) == ["account.password_reset_code", "account.password_reset"]


def test_new_password_ends_the_sessions_of_the_old_one(client: Client, practitioner: User) -> None:
    other = Client()
    sign_in(other, practitioner)
    send(client, RESET, email=practitioner.email)
    send(client, CONFIRM, code=code_sent_to(practitioner.email))
    send(client, COMPLETE, password1=NEW)

    assert other.get(reverse("mfa_index"))["Location"].startswith(reverse("account_login"))


def test_known_and_unknown_address_get_the_same_answers(client: Client, practitioner: User) -> None:
    nobody, other = "nobody@bankside.example", Client()

    asked = comparable(send(client, RESET, email=practitioner.email)), comparable(send(other, RESET, email=nobody))
    pages = [comparable(browser.get(reverse(CONFIRM)), practitioner.email, nobody) for browser in (client, other)]
    wrong = f"{(int(code_sent_to(practitioner.email)) + 1) % 1_000_000:06}"
    guesses = [
        [comparable(send(browser, CONFIRM, code=wrong), practitioner.email, nobody) for _ in range(3)]
        for browser in (client, other)
    ]

    assert asked[0] == asked[1]
    assert pages[0] == pages[1]
    assert guesses[0] == guesses[1]
    assert kinds_sent_to(nobody) == ["account.unknown_account"]


def test_new_password_needs_the_code_first(client: Client, practitioner: User) -> None:
    send(client, RESET, email=practitioner.email)

    response = send(client, COMPLETE, password1=NEW)

    assert response["Location"] == reverse(CONFIRM)
    assert User.objects.get(pk=practitioner.pk).check_password(PASSWORD)


@pytest.mark.parametrize("password", ["short", "qwerty123456", ""])
def test_weak_password_is_refused_with_a_sentence(client: Client, practitioner: User, password: str) -> None:
    send(client, RESET, email=practitioner.email)
    send(client, CONFIRM, code=code_sent_to(practitioner.email))

    response = send(client, COMPLETE, password1=password)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["password1"]


def test_change_password(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)

    wrong = send(client, "account_change_password", oldpassword="guess", password1=NEW)
    right = send(client, "account_change_password", oldpassword=PASSWORD, password1=NEW)

    assert "That is not your password now." in text_of(wrong)
    assert right.status_code == 302
    assert who(client) == str(practitioner.pk)
    assert User.objects.get(pk=practitioner.pk).check_password(NEW)
    assert kinds_sent_to(practitioner.email) == ["account.password_changed"]


def test_set_a_first_password(client: Client, partnership: object) -> None:
    user = make_user(password=None)
    client.force_login(user)

    sent_on = client.get(reverse("account_change_password"))
    send(client, "account_set_password", password1=NEW)

    assert sent_on["Location"] == reverse("account_set_password")
    assert User.objects.get(pk=user.pk).check_password(NEW)


def test_change_address(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)
    old, new = practitioner.email, "new@bankside.example"

    asked = send(client, "account_email", action_add="1", email=new.upper())
    before = User.objects.get(pk=practitioner.pk).email
    client.post(asked["Location"], {"code": code_sent_to(new)})

    assert before == old
    assert User.objects.get(pk=practitioner.pk).email == new
    assert list(EmailAddress.objects.filter(user=practitioner).values_list("email", "verified")) == [(new, True)]
    assert kinds_sent_to(old) == ["account.email_changed"]


def test_change_address_does_not_tell_that_it_is_taken(client: Client, practitioner: User) -> None:
    other = make_user()
    sign_in(client, practitioner)

    free = comparable(send(client, "account_email", action_add="1", email="free@bankside.example"))
    taken = comparable(send(client, "account_email", action_add="1", email=other.email))
    response = send(client, "account_email_verification_sent", code=code_sent_to(other.email))

    assert free == taken
    assert "This address belongs to another login." in text_of(response)
    assert User.objects.get(pk=practitioner.pk).email == practitioner.email


def test_changing_how_to_sign_in_asks_again_after_a_while(client: Client, practitioner: User) -> None:
    client.force_login(practitioner)  # as after hours: no fresh proof in the session

    asked = send(client, "account_email", action_add="1", email="new@bankside.example")
    wrong = client.post(asked["Location"], {"password": "guess"})
    right = client.post(asked["Location"], {"password": PASSWORD})

    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert "That is not your password. Type it again." in text_of(wrong)
    assert right.status_code == 302
    assert kinds_sent_to("new@bankside.example") == ["account.email_confirmation"]
