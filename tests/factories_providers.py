"""Providers, contracts and orders for tests, made by the real actions."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from providers.actions.commissions import commission_event
from providers.actions.contracts import ContractText, add_contract
from providers.actions.providers import engage, save_provider
from providers.models import Commission, Contract, Engagement, Provider
from providers.terms import months_later
from tests.factories import make_person, make_user
from tests.factories_catalogue import any_coordinator, make_event
from training.catalogue.models import Event
from training.people.models import Person, Role, User

_numbers = itertools.count(1)


def make_provider(name: str = "", **fields: Any) -> Provider:
    number = next(_numbers)
    address = fields.pop("contact_email", f"orders{number}@provider.example")
    provider = Provider(name=name or f"Provider {number}", contact_email=address)
    return save_provider(provider=provider, revision=1, by=any_coordinator())


def make_contract(
    provider: Provider | None = None, *, starts_on: datetime.date | None = None, **fields: Any
) -> Contract:
    """For 36 months since a year ago, with options of 12 and 12."""
    fields = {"initial_months": 36, "option_months": [12, 12], **fields}
    reference = fields.pop("reference", f"CON-{next(_numbers)}")
    starts_on = starts_on or months_later(timezone.localdate(), -12)
    text = ContractText(reference, starts_on, **fields)
    return add_contract(provider=provider or make_provider(), text=text, by=any_coordinator())


def make_order(event: Event | None = None, contract: Contract | None = None, *, fee_pence: int = 45000) -> Commission:
    event, contract = event or make_event(), contract or make_contract()
    by = any_coordinator()
    return commission_event(event=event, contract=contract, fee_pence=fee_pence, by=by, now=timezone.now())


def make_engagement(person: Person | None = None, provider: Provider | None = None, **fields: Any) -> Engagement:
    since = timezone.localdate() - datetime.timedelta(days=30)
    person, provider = person or make_person(), provider or make_provider()
    return engage(person=person, provider=provider, by=any_coordinator(), from_day=since, **fields)


def make_provider_manager(provider: Provider) -> User:
    user = make_user(role=Role.PROVIDER_MANAGER)
    make_engagement(user.person, provider, is_manager=True)
    return user
