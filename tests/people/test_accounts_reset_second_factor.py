import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from tests.people.sign_in_steps import give_second_step, kinds_sent_to, sign_in, who
from training.people.actions.second_factor import reset_second_factor
from training.people.errors import PeopleError
from training.people.models import SecondFactorReset, User

pytestmark = pytest.mark.django_db
REASON = "Phone lost, rang back on the number we had"


def test_reset_takes_app_and_codes_away_and_tells_the_person(
    client: Client, coordinator: User, administrator: User
) -> None:
    give_second_step(coordinator)

    reset = reset_second_factor(user=coordinator, by=administrator, now=timezone.now(), reason=f" {REASON} ")
    sign_in(client, coordinator)

    assert reset == SecondFactorReset.objects.get()
    assert (reset.by, reset.reason) == (administrator.person, REASON)
    assert not Authenticator.objects.filter(user=coordinator).exists()
    assert kinds_sent_to(coordinator.email) == ["people.second_factor_reset"]
    assert who(client) == str(coordinator.pk)


def test_reset_again_changes_nothing(coordinator: User, administrator: User) -> None:
    give_second_step(coordinator)
    reset_second_factor(user=coordinator, by=administrator, now=timezone.now(), reason=REASON)

    assert reset_second_factor(user=coordinator, by=administrator, now=timezone.now(), reason=REASON) is None
    assert kinds_sent_to(coordinator.email) == ["people.second_factor_reset"]


def test_reset_is_for_administrators(coordinator: User, practitioner: User) -> None:
    give_second_step(practitioner)

    with pytest.raises(PeopleError, match="Only an administrator"):
        reset_second_factor(user=practitioner, by=coordinator, now=timezone.now(), reason=REASON)


def test_reset_of_ones_own_is_refused(administrator: User) -> None:
    give_second_step(administrator)

    with pytest.raises(PeopleError, match="Another administrator"):
        reset_second_factor(user=administrator, by=administrator, now=timezone.now(), reason=REASON)


def test_reset_wants_a_reason(coordinator: User, administrator: User) -> None:
    give_second_step(coordinator)

    with pytest.raises(PeopleError, match="why"):
        reset_second_factor(user=coordinator, by=administrator, now=timezone.now(), reason="  ")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_database_refuses_to_change_what_was_done(coordinator: User, administrator: User, change: str) -> None:
    give_second_step(coordinator)
    reset_second_factor(user=coordinator, by=administrator, now=timezone.now(), reason=REASON)
    rows = SecondFactorReset.objects.all()

    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(reason="Another") if change == "update" else rows.delete()
