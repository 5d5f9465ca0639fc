"""Where the demonstration is not loaded, and what it says then."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_agency, make_person
from training.demo.models import DemoLoad
from training.demo.partnership.loading import in_use
from training.people.models import Agency, Partnership, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_demonstration(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("arguments", [[], ["--fresh"]])
def test_a_database_with_other_data_is_left_alone(arguments: list[str]) -> None:
    person = make_person("Somebody real", agency=make_agency("A real school"))
    with pytest.raises(CommandError, match=r"holds other data \(people\.Agency, people\.Person\)"):
        call_command("demo", *arguments)
    assert list(Person.objects.all()) == [person]
    assert Agency.objects.count() == 1
    assert not Partnership.objects.exists()
    assert not DemoLoad.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["--fresh"]])
def test_an_installation_that_is_no_demonstration_is_left_alone(arguments: list[str], settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("demo", *arguments)
    assert not Person.objects.exists()


def test_a_day_before_the_history_is_over() -> None:
    with pytest.raises(CommandError, match="choose a day from 1 January 2022 on"):
        call_command("demo", "--today", "2021-12-31")


def test_a_day_that_is_none() -> None:
    with pytest.raises(CommandError, match="invalid day value: '2026-02-31'"):
        call_command("demo", "--today", "2026-02-31")


def test_accounts_of_nothing() -> None:
    with pytest.raises(CommandError, match="not loaded yet"):
        call_command("demo", "--accounts")


def test_a_load_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(demo: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("training.people.demo.hire_everybody", fail)
    with pytest.raises(RuntimeError, match="in the middle"):
        call_command("demo", "--today", "2026-05-11")
    assert not Agency.objects.exists()
    assert not DemoLoad.objects.exists()


def test_an_empty_database_counts_as_empty() -> None:
    """What migrations write (synonyms, rules, questionnaires) is nobody's data."""
    assert in_use() == []
