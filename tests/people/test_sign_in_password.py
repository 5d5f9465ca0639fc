import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.factories import make_user
from tests.people.sign_in_steps import comparable, send, sign_in, text_of, who
from training.people.accounts.adapter import url_of
from training.people.models import User

pytestmark = pytest.mark.django_db


def home() -> str:
    return url_of("people:home")


def test_sign_in_with_the_right_password(client: Client, practitioner: User) -> None:
    response = sign_in(client, practitioner)

    assert (response.status_code, response["Location"]) == (302, home())
    assert who(client) == str(practitioner.pk)


def test_sign_in_takes_the_address_in_capitals(client: Client, practitioner: User) -> None:
    send(client, "account_login", login=f" {practitioner.email.upper()} ", password="a long enough password")

    assert who(client) == str(practitioner.pk)


def test_sign_in_begins_a_new_session(client: Client, practitioner: User) -> None:
    client.get(reverse("account_login"))
    session = client.session
    session["seen"] = "before"
    session.save()
    client.cookies["sessionid"] = old = session.session_key

    sign_in(client, practitioner)

    assert client.cookies["sessionid"].value != old
    assert not Session.objects.filter(session_key=old).exists()


def test_wrong_password_and_unknown_address_get_the_same_answer(client: Client, practitioner: User) -> None:
    wrong = sign_in(client, practitioner, "not the right one")
    unknown = send(Client(), "account_login", login="nobody@bankside.example", password="not the right one")

    assert comparable(wrong, practitioner.email) == comparable(unknown, "nobody@bankside.example")
    assert "The e-mail address or the password is not right" in text_of(wrong)
    assert who(client) is None


def test_login_without_a_password_is_not_let_in_by_an_empty_one(client: Client, partnership: object) -> None:
    user = make_user(password=None)

    empty = sign_in(client, user, "")
    guessed = sign_in(client, user, "!")

    assert who(client) is None
    assert "Enter your password, or choose “E-mail me a code instead”" in text_of(empty)
    assert "The e-mail address or the password is not right" in text_of(guessed)


def test_page_keeps_the_public_field_names_and_shows_both_ways(client: Client, partnership: object) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert 'name="login"' in page
    assert 'name="password"' in page
    assert f'formaction="{reverse("account_request_login_code")}"' in page


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http://127.0.0.1/elsewhere",
        "http:///evil.example",
        "\tjavascript:alert(1)",
    ],
)
def test_next_never_leads_to_another_site(client: Client, practitioner: User, target: str) -> None:
    response = sign_in(client, practitioner, next=target)

    assert response["Location"] == home()


def test_next_leads_to_a_page_of_ours(client: Client, practitioner: User) -> None:
    assert sign_in(client, practitioner, next="/courses/?q=a%26b")["Location"] == "/courses/?q=a%26b"


def test_somebody_signed_in_is_sent_home_from_the_sign_in_page(client: Client, practitioner: User) -> None:
    client.force_login(practitioner)

    for page in ("account_login", "account_signup", "account_request_login_code"):
        assert client.get(reverse(page))["Location"] == home(), page


def test_signing_out_is_a_button_and_not_a_link(client: Client, practitioner: User) -> None:
    client.force_login(practitioner)

    asked = client.get(reverse("account_logout"))
    assert (asked.status_code, who(client)) == (200, str(practitioner.pk))

    done = client.post(reverse("account_logout"))
    assert (done.status_code, who(client)) == (302, None)
    assert client.post(reverse("account_logout")).status_code == 302


def test_sign_out_goes_to_no_other_site(client: Client, practitioner: User) -> None:
    client.force_login(practitioner)

    assert send(client, "account_logout", next="https://evil.example/")["Location"] == url_of("people:home")


def test_closed_login_gets_a_plain_page(client: Client, partnership: object) -> None:
    user = make_user(is_active=False)

    response = client.post(
        reverse("account_login"), {"login": user.email, "password": "a long enough password"}, follow=True
    )

    assert who(client) is None
    assert response.status_code == 200
    assert "This login is closed" in text_of(response)


def test_login_closed_meanwhile_is_out_at_the_next_page(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)

    User.objects.filter(pk=practitioner.pk).update(is_active=False)

    assert client.get(reverse("mfa_index"))["Location"].startswith(reverse("account_login"))


def test_pages_about_ones_own_login_ask_for_sign_in(client: Client, partnership: object) -> None:
    for page in ("account_email", "account_change_password", "mfa_index", "mfa_activate_totp", "account_name"):
        response = client.get(reverse(page))
        assert response["Location"] == f"{reverse('account_login')}?next={reverse(page)}", page
