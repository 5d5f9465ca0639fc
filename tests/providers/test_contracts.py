import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from providers.actions.contracts import options_of
from providers.actions.options import decide_option
from providers.actions.providers import save_provider
from providers.errors import ProvidersError, StaleError
from providers.models import Provider
from providers.terms import covers, months_later, option_words, time_of
from tests.factories_catalogue import any_coordinator
from tests.factories_providers import make_contract, make_engagement, make_provider

START = datetime.date(2020, 4, 1)


@pytest.mark.parametrize(
    ("text", "months"),
    [("12+12", [12, 12]), ("", []), ("24", [24]), (" 12 + 6 ", [12, 6]), ("12+", None), ("x", None), ("0", None)],
)
def test_options_as_people_write_them(text, months) -> None:
    assert options_of(text) == months


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)), st.integers(0, 240))
def test_months_later_keeps_the_day_or_takes_the_last(day, months) -> None:
    later = months_later(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


@pytest.mark.django_db
def test_the_last_possible_end_follows_the_options() -> None:
    contract = make_contract(starts_on=START)
    first, second = contract.options.all()
    by = any_coordinator()
    assert time_of(contract).last_possible_on == datetime.date(2025, 3, 31)
    assert first.decide_by == datetime.date(2022, 6, 1)

    decide_option(option=first, is_taken=True, reason="It went well", now=timezone.now(), by=by)
    decide_option(option=second, is_taken=False, reason="It went well", now=timezone.now(), by=by)

    assert time_of(contract).ends_on == time_of(contract).last_possible_on == datetime.date(2024, 3, 31)
    assert option_words(contract) == "36 + 12 + 12 months"
    assert covers(contract, START, datetime.date(2024, 3, 31))
    assert not covers(contract, START, datetime.date(2024, 4, 1))


@pytest.mark.django_db
def test_options_are_decided_in_their_order() -> None:
    first, second = make_contract(starts_on=START).options.all()

    with pytest.raises(ProvidersError, match="in their order"):
        decide_option(option=second, is_taken=True, reason="It went well", now=timezone.now(), by=any_coordinator())
    decide_option(option=first, is_taken=True, reason="It went well", now=timezone.now(), by=any_coordinator())
    assert (
        decide_option(
            option=first, is_taken=True, reason="It went well", now=timezone.now(), by=any_coordinator()
        ).outcome
        == "taken"
    )  # a second click


@pytest.mark.django_db
def test_a_reference_is_taken_once() -> None:
    make_contract(reference="BSP-1")

    with pytest.raises(ProvidersError, match="already a contract"):
        make_contract(reference="BSP-1")
    with pytest.raises(ProvidersError, match="letters, digits"):
        make_contract(reference="../x")


@pytest.mark.django_db
def test_two_people_change_a_provider() -> None:
    provider = make_provider("Beacon")
    save_provider(provider=Provider.objects.get(), revision=1, by=any_coordinator())

    with pytest.raises(StaleError):
        save_provider(provider=provider, revision=1, by=any_coordinator())
    with pytest.raises(ProvidersError, match="already a provider called beacon"):
        make_provider("beacon")


@pytest.mark.django_db
def test_somebody_is_engaged_once() -> None:
    engagement = make_engagement()

    assert make_engagement(engagement.person, engagement.provider) == engagement
