import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.factories import make_person, make_user
from tests.people.sign_in_steps import (
    ask_for_code,
    code_sent_to,
    comparable,
    kinds_sent_to,
    send,
    sign_in,
    sign_up,
    who,
)
from training.people.accounts.adapter import newcomer_page
from training.people.accounts.forms import SignUpForm
from training.people.models import IdentityClaim, Person, User

pytestmark = pytest.mark.django_db
ADA = "ada@bankside.example"
CONFIRM = "account_email_verification_sent"
PASSWORD = "three unrelated words"


def test_sign_up_with_a_code_gives_a_login_and_a_person(client: Client, partnership: object) -> None:
    asked = sign_up(client, ADA, "  Ada   Okafor ")
    nobody_yet = User.objects.get(email=ADA).person
    done = send(client, CONFIRM, code=code_sent_to(ADA))

    user = User.objects.get(email=ADA)
    assert (asked.status_code, asked["Location"]) == (302, reverse(CONFIRM))
    assert nobody_yet is None
    assert user.person is not None
    assert (user.person.name, user.person.email) == ("Ada Okafor", ADA)
    assert not user.has_usable_password()
    assert who(client) == str(user.pk)
    assert done["Location"].split("?")[0] == newcomer_page()


def test_sign_up_leads_on_to_where_somebody_was_going(client: Client, partnership: object) -> None:
    sign_up(client, ADA, next="/courses/")

    response = send(client, CONFIRM, code=code_sent_to(ADA))

    assert response["Location"] == f"{newcomer_page()}?next=%2Fcourses%2F"


def test_sign_up_with_a_password_can_use_it_afterwards(client: Client, partnership: object) -> None:
    sign_up(client, ADA, password1=PASSWORD)
    before = User.objects.get(email=ADA).has_usable_password()
    send(client, CONFIRM, code=code_sent_to(ADA))
    still_in = client.get(reverse("account_change_password")).status_code
    other = Client()
    sign_in(other, User.objects.get(email=ADA), PASSWORD)

    assert (before, still_in) == (False, 200)
    assert who(other) == who(client)


def test_sign_up_of_somebody_we_know_takes_their_record_over(client: Client, partnership: object) -> None:
    known = make_person("Ada Okafor", email=ADA)

    sign_up(client, ADA, "ada okafor")
    send(client, CONFIRM, code=code_sent_to(ADA))

    assert User.objects.get(email=ADA).person == known


def test_sign_up_at_a_shared_mailbox_opens_a_claim(client: Client, partnership: object) -> None:
    known = make_person("Ben Carter", email=ADA)

    sign_up(client, ADA, "Ada Okafor")
    send(client, CONFIRM, code=code_sent_to(ADA))

    user = User.objects.get(email=ADA)
    assert user.person != known
    assert IdentityClaim.objects.get().known == known


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_sign_up_with_a_known_address_looks_the_same(client: Client, practitioner: User, password: str) -> None:
    other = Client()

    answers = [
        comparable(sign_up(browser, address, password1=password))
        for browser, address in ((client, ADA), (other, practitioner.email))
    ]
    pages = [comparable(browser.get(reverse(CONFIRM)), ADA, practitioner.email) for browser in (client, other)]
    wrong = f"{(int(code_sent_to(ADA)) + 1) % 1_000_000:06}"
    guesses = [
        [comparable(send(b, CONFIRM, code=wrong), ADA, practitioner.email) for _ in range(3)] for b in (client, other)
    ]

    assert answers[0] == answers[1]
    assert pages[0] == pages[1]
    assert guesses[0] == guesses[1]
    assert kinds_sent_to(ADA) == ["account.email_confirmation_signup"]
    assert kinds_sent_to(practitioner.email) == ["account.account_already_exists"]
    assert User.objects.filter(email=practitioner.email).count() == 1


def test_another_code_looks_the_same_for_a_known_address(client: Client, practitioner: User) -> None:
    other = Client()
    sign_up(client, ADA)
    sign_up(other, practitioner.email)

    answers = [
        comparable(browser.post(reverse(CONFIRM), {"action": "resend"}, follow=True), ADA, practitioner.email)
        for browser in (client, other)
    ]

    assert answers[0] == answers[1]
    assert kinds_sent_to(ADA) == ["account.email_confirmation_signup"] * 2


def test_sign_up_begun_and_left_can_be_done_again(client: Client, partnership: object) -> None:
    sign_up(Client(), ADA, "Left Half Way")

    sign_up(client, ADA, "Ada Okafor")
    send(client, CONFIRM, code=code_sent_to(ADA))

    user = User.objects.get(email=ADA)
    assert user.person is not None
    assert user.person.name == "Ada Okafor"


def test_whoever_signs_up_with_anothers_address_leaves_nothing_behind(client: Client, partnership: object) -> None:
    thief = Client()
    sign_up(thief, ADA, "Not Ada", password1="the thief's own password")

    ask_for_code(client, ADA)
    response = send(client, "account_confirm_login_code", code=code_sent_to(ADA))
    sign_in(thief, User.objects.get(email=ADA), "the thief's own password")

    user = User.objects.get(email=ADA)
    assert response["Location"].split("?")[0] == reverse("account_name")
    assert user.person is None
    assert not user.has_usable_password()
    assert who(thief) is None


def test_somebody_without_a_name_says_it_before_anything_else(client: Client, partnership: object) -> None:
    user = make_user()
    User.objects.filter(pk=user.pk).update(person=None)
    client.force_login(User.objects.get(pk=user.pk))

    elsewhere = client.get(reverse("mfa_index")), client.post(reverse("account_email"), {"email": ADA})
    empty = send(client, "account_name", name=" \u202e ")
    done = client.post(f"{reverse('account_name')}?next=/courses/", {"name": "Ada Okafor"})
    again = client.post(f"{reverse('account_name')}?next=https://evil.example/", {"name": "Somebody Else"})

    assert [response["Location"] for response in elsewhere] == [reverse("account_name")] * 2
    assert empty.status_code == 200
    assert (done["Location"], again["Location"]) == ("/courses/", newcomer_page())
    assert Person.objects.get(user__pk=user.pk).name == "Ada Okafor"


def test_sign_up_sent_twice_by_a_double_click_makes_one_login(client: Client, partnership: object) -> None:
    sign_up(client, ADA)
    second = sign_up(client, ADA)
    send(client, CONFIRM, code=code_sent_to(ADA))

    assert second["Location"] == reverse(CONFIRM)
    assert kinds_sent_to(ADA) == ["account.email_confirmation_signup"]
    assert who(client) == str(User.objects.get(email=ADA).pk)


def test_sign_up_of_two_at_the_same_moment_makes_one_login(rf: object, partnership: object) -> None:
    form = SignUpForm({"name": "Ada Okafor", "email": ADA})
    assert form.is_valid()
    assert form.begun is None
    with transaction.atomic():
        quicker = User.objects.create_user(ADA)

    slower = form.save(rf.post("/"))

    assert slower == quicker
    assert connection.is_usable()


@pytest.mark.parametrize("name", ["", "   ", "\u202e\u200b", "12345", "---"])
def test_sign_up_wants_a_name(client: Client, partnership: object, name: str) -> None:
    response = sign_up(client, ADA, name)

    assert response.status_code == 200
    assert response.context["form"].errors["name"] == ["Enter your full name"]
    assert not User.objects.filter(email=ADA).exists()


def test_sign_up_keeps_what_was_typed_when_the_password_is_refused(client: Client, partnership: object) -> None:
    response = sign_up(client, ADA, "Ada Okafor", password1="short")

    assert response.context["form"]["name"].value() == "Ada Okafor"
    assert list(response.context["form"].errors) == ["password1"]
    assert not User.objects.filter(email=ADA).exists()
