import time

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.factories import grant_directly
from tests.people.sign_in_steps import (
    app_code,
    ask_for_code,
    code_sent_to,
    give_second_step,
    has_app,
    kinds_sent_to,
    send,
    sign_in,
    text_of,
    who,
)
from training.people.models import Role, User

pytestmark = pytest.mark.django_db
SET_UP, STEP = "mfa_activate_totp", "mfa_authenticate"


@pytest.fixture(autouse=True)
def second_factor_roles(settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = ["coordinator", "administrator"]


def test_app_code_is_that_of_the_rfc() -> None:
    # RFC 6238, appendix B, SHA-1: the last six of the eight digits given there.
    assert app_code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at=59) == "287082"
    assert app_code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at=1111111109) == "081804"


def test_coordinator_sets_it_up_before_anything_else(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)

    opened = [client.get(reverse(page))["Location"] for page in ("account_email", "account_change_password")]
    posted = client.post(reverse("account_email"), {"action_add": "1", "email": "new@bankside.example"})
    page = client.get(reverse(SET_UP))

    assert opened == [reverse(SET_UP)] * 2
    assert posted["Location"] == reverse(SET_UP)
    assert kinds_sent_to("new@bankside.example") == []
    assert page.status_code == 200
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()


def test_coordinator_who_will_not_set_it_up_can_sign_out(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)

    client.post(reverse("account_logout"))

    assert who(client) is None


def test_practitioner_is_not_asked(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)

    assert client.get(reverse("account_email")).status_code == 200


def test_setting_it_up(
    client: Client, coordinator: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sign_in(client, coordinator)
    client.get(reverse(SET_UP))
    secret = client.session["mfa.totp.secret"]

    wrong = send(client, SET_UP, code="000000" if app_code(secret) != "000000" else "111111")
    with django_capture_on_commit_callbacks(execute=True):
        right = send(client, SET_UP, code=app_code(secret))
    codes = client.get(right["Location"])

    assert "That code is not right." in text_of(wrong)
    assert client.session.get("mfa.totp.secret") is None
    assert has_app(coordinator)
    assert "Your recovery codes" in text_of(codes)
    assert len(codes.context["unused_codes"]) == 10
    assert client.get(reverse("account_email")).status_code == 200
    assert kinds_sent_to(coordinator.email) == ["account.totp_activated"]


def test_password_is_followed_by_the_code_of_the_app(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)

    first = sign_in(client, coordinator, next="/courses/")
    between = who(client), client.get(reverse("account_email"))["Location"].split("?")[0]
    second = send(client, STEP, code=app_code())

    assert first["Location"] == reverse(STEP)
    assert between == (None, reverse("account_login"))
    assert second["Location"] == "/courses/"
    assert who(client) == str(coordinator.pk)


def test_code_by_e_mail_is_followed_by_the_code_of_the_app(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)

    ask_for_code(client, coordinator.email)
    first = send(client, "account_confirm_login_code", code=code_sent_to(coordinator.email))
    between = who(client)
    send(client, STEP, code=app_code())

    assert first["Location"] == reverse(STEP)
    assert between is None
    assert who(client) == str(coordinator.pk)


def test_new_password_is_followed_by_the_code_of_the_app(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)

    send(client, "account_reset_password", email=coordinator.email)
    send(client, "account_confirm_password_reset_code", code=code_sent_to(coordinator.email))
    response = send(client, "account_complete_password_reset", password1="entirely different words")

    assert response["Location"] == reverse(STEP)
    assert who(client) is None


def test_wrong_code_of_the_app_does_not_let_in(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)
    sign_in(client, coordinator)

    response = send(client, STEP, code=f"{(int(app_code()) + 1) % 1_000_000:06}")

    assert "That code is not right." in text_of(response)
    assert who(client) is None


def test_sixth_wrong_code_of_the_app_has_to_wait(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)
    sign_in(client, coordinator)
    for _ in range(5):
        send(client, STEP, code="1")

    response = send(client, STEP, code=app_code())

    assert "There have been too many tries. Wait 5 minutes, then try again." in text_of(response)
    assert who(client) is None


def test_code_of_the_app_works_once(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)
    code, other = app_code(at=time.time() + 20), Client()
    for browser in (client, other):
        sign_in(browser, coordinator)

    send(client, STEP, code=code)
    send(other, STEP, code=code)

    assert who(client) == str(coordinator.pk)
    assert who(other) is None


def test_recovery_code_works_once(client: Client, coordinator: User) -> None:
    code, *_ = give_second_step(coordinator)
    other = Client()
    for browser in (client, other):
        sign_in(browser, coordinator)

    send(client, STEP, code=f"{code[:4]} {code[4:]}")
    response = send(other, STEP, code=code)

    assert who(client) == str(coordinator.pk)
    assert who(other) is None
    assert "That code is not right." in text_of(response)


def test_role_given_meanwhile_counts_at_the_next_page(client: Client, practitioner: User) -> None:
    sign_in(client, practitioner)
    before = client.get(reverse("account_email")).status_code
    assert practitioner.person is not None

    grant_directly(practitioner.person, Role.COORDINATOR)

    assert before == 200
    assert client.get(reverse("account_email"))["Location"] == reverse(SET_UP)


def test_taking_it_away_leads_back_to_setting_it_up(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)
    sign_in(client, coordinator)
    send(client, STEP, code=app_code())

    send(client, "mfa_deactivate_totp")

    assert not has_app(coordinator)
    assert client.get(reverse("account_email"))["Location"] == reverse(SET_UP)
    assert kinds_sent_to(coordinator.email) == ["account.totp_deactivated"]


def test_hours_later_recovery_codes_are_shown_only_after_a_proof(client: Client, coordinator: User) -> None:
    give_second_step(coordinator)
    client.force_login(coordinator)

    for page in ("mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"):
        assert client.get(reverse(page))["Location"].startswith(reverse("account_reauthenticate")), page


def test_new_recovery_codes_replace_the_old_ones(client: Client, coordinator: User) -> None:
    old = give_second_step(coordinator)
    sign_in(client, coordinator)
    send(client, STEP, code=app_code())

    send(client, "mfa_generate_recovery_codes")
    new = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    download = client.get(reverse("mfa_download_recovery_codes"))

    assert not set(old) & set(new)
    assert download["Content-Type"].startswith("text/plain")
    assert all(code in download.content.decode() for code in new)


def test_without_the_setting_nobody_is_asked(client: Client, coordinator: User, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = []
    sign_in(client, coordinator)

    assert client.get(reverse("account_email")).status_code == 200
