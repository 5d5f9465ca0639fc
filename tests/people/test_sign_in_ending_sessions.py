"""What ends a session that is open: everywhere at once, or at the next page."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.factories import PASSWORD, make_person, make_user
from tests.people.sign_in_steps import give_second_step, has_app, kinds_sent_to, send, sign_in
from training.people.actions.roles import end_role
from training.people.actions.second_factor import reset_second_factor
from training.people.actions.signing_out import sign_out_everywhere
from training.people.errors import PeopleError
from training.people.models import Role, RoleGrant, SecondFactorReset, User

pytestmark = pytest.mark.django_db
REASON = "Phone in the river, seen face to face by the director"


@pytest.fixture(autouse=True)
def no_role_is_bound_to_a_second_step(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = []


def is_in(client: Client) -> bool:
    return client.get(reverse("people:my-details")).status_code == 200


def test_sign_out_everywhere_leaves_the_browser_that_asked(client: Client, practitioner: User) -> None:
    lost = Client()
    sign_in(lost, practitioner)
    sign_in(client, practitioner)

    send(client, "account_sign_out_everywhere")

    assert (is_in(client), is_in(lost)) == (True, False)


def test_sign_out_everywhere_is_a_button_not_a_link(client: Client, practitioner: User) -> None:
    lost = Client()
    sign_in(lost, practitioner)
    sign_in(client, practitioner)

    page = client.get(reverse("account_sign_out_everywhere"))

    assert page.status_code == 200
    assert is_in(lost)


def test_sign_out_everywhere_twice_is_no_trouble(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)

    answers = [send(client, "account_sign_out_everywhere").status_code for _ in range(2)]

    assert answers == [302, 302]
    assert is_in(client)


def test_sign_out_everywhere_of_somebody_else_is_refused(practitioner: User, administrator: User) -> None:
    with pytest.raises(PeopleError, match="yourself"):
        sign_out_everywhere(user=practitioner, by=administrator)


def test_visitor_is_sent_to_sign_in(client: Client, partnership: object) -> None:
    assert "login" in send(client, "account_sign_out_everywhere")["Location"]


def test_reset_of_the_second_step_ends_the_sessions(coordinator: User, administrator: User) -> None:
    phone = Client()
    phone.force_login(coordinator)
    give_second_step(coordinator)

    reset_second_factor(user=coordinator, by=administrator, now=timezone.now(), reason=REASON)

    assert not is_in(phone)


def test_changed_password_ends_the_other_sessions(client: Client, practitioner: User) -> None:
    other = Client()
    sign_in(other, practitioner)
    sign_in(client, practitioner)

    send(client, "account_change_password", oldpassword=PASSWORD, password1="entirely different words")

    assert (is_in(client), is_in(other)) == (True, False)


def test_closed_login_is_out_at_the_next_page(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)

    User.objects.filter(pk=practitioner.pk).update(is_active=False)

    assert not is_in(client)


def test_role_taken_away_is_gone_at_the_next_page(client: Client, coordinator: User, administrator: User) -> None:
    sign_in(client, coordinator)
    before = client.get(reverse("people:persons")).status_code

    end_role(grant=coordinator.grants[0], by=administrator, today=timezone.localdate())

    assert (before, client.get(reverse("people:persons")).status_code) == (200, 403)


def rescue(address: str, reason: str = REASON) -> None:
    call_command("rescue_administrator", address, reason=reason)


def test_rescue_lets_a_lone_administrator_in_again(client: Client, administrator: User) -> None:
    phone = Client()
    phone.force_login(administrator)
    give_second_step(administrator)

    rescue(administrator.email.upper())
    sign_in(client, administrator)

    reset = SecondFactorReset.objects.get()
    assert (reset.user, reset.by, reset.reason) == (administrator, None, REASON)
    assert kinds_sent_to(administrator.email) == ["people.second_factor_reset"]
    assert (is_in(client), is_in(phone), has_app(administrator)) == (True, False, False)
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1


def test_rescue_makes_an_administrator_where_the_only_one_has_left(practitioner: User) -> None:
    rescue(practitioner.email)

    grant = RoleGrant.objects.get(person=practitioner.person)
    assert (grant.role, grant.granted_by, grant.reason) == ("administrator", None, f"At the server: {REASON}")
    assert kinds_sent_to(practitioner.email) == ["people.role_granted"]


def test_rescue_again_changes_nothing(administrator: User) -> None:
    give_second_step(administrator)
    rescue(administrator.email)

    rescue(administrator.email)

    assert SecondFactorReset.objects.count() == 1
    assert RoleGrant.objects.count() == 1


def test_rescue_wants_a_reason_and_a_login(practitioner: User) -> None:
    make_user(make_person(email="closed@bankside.example"), is_active=False)

    with pytest.raises(CommandError, match="Say why"):
        rescue(practitioner.email, " ")
    for address in ("nobody@bankside.example", "closed@bankside.example"):
        with pytest.raises(CommandError, match="Nobody signs in"):
            rescue(address)
