import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import make_person, make_user
from training.people.actions.setting_up import set_up
from training.people.errors import PeopleError
from training.people.models import Partnership, Role, User

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_set_up_makes_the_first_administrator() -> None:
    user = make_user()

    call_command("set_up", "Riverside Safeguarding Partnership", user.email.upper())

    assert User.objects.get(pk=user.pk).roles == {Role.ADMINISTRATOR}
    assert Partnership.objects.get().name == "Riverside Safeguarding Partnership"


def test_set_up_needs_somebody_who_signed_up() -> None:
    make_person(email="known@bankside.example")

    with pytest.raises(CommandError, match=r"Nobody has signed up with known@bankside\.example"):
        call_command("set_up", "Riverside", "known@bankside.example")


def test_set_up_works_once() -> None:
    first, second = make_user(), make_user()
    set_up(name="Riverside", address=first.email, now=NOW)

    with pytest.raises(PeopleError, match="There is an administrator already"):
        set_up(name="Riverside", address=second.email, now=NOW + datetime.timedelta(hours=1))

    assert User.objects.get(pk=second.pk).roles == set()
