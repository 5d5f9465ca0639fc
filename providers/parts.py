"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from providers.agenda import agenda
from providers.demo import load_demo
from providers.models import Contract, Engagement, Provider
from providers.waiting import todos
from training.config.parts import SearchHit
from training.people.finding import tidy_search
from training.people.models import Person, User

__all__ = ["agenda", "export_person", "load_demo", "move_person", "search", "todos"]

HITS = 10


def search(user: User, text: str) -> list[SearchHit]:
    """Providers by name, contracts by reference, as far as the user may see them."""
    text = tidy_search(text)
    if not text:
        return []
    providers = Provider.objects.visible_to(user).filter(Q(name__unaccent__icontains=text)).order_by("name")
    contracts = Contract.objects.visible_to(user).filter(reference__icontains=text).select_related("provider")
    hits = [SearchHit("Provider", row.name, row.contact_email, _page(row)) for row in providers[:HITS]]
    return hits + [
        SearchHit("Contract", row.reference, row.provider.name, reverse("providers:contract", args=[row.reference]))
        for row in contracts.order_by("reference")[:HITS]
    ]


def _page(provider: Provider) -> str:
    return reverse("providers:provider", args=[provider.reference])


def export_person(person: Person) -> dict[str, Any]:
    """Whom they work for."""
    rows = Engagement.objects.filter(person=person).select_related("provider").order_by("period")
    return {"engagements": [_exported(engagement) for engagement in rows]}


def _exported(engagement: Engagement) -> dict[str, Any]:
    until = engagement.period.upper
    return {
        "provider": engagement.provider.name,
        "as": "manager" if engagement.is_manager else "trainer",
        "from": engagement.period.lower.isoformat(),
        "until": until.isoformat() if until else None,
    }


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001
    """Their engagements go over; where the other works for the provider in that time already, they stay behind."""
    for engagement in Engagement.objects.filter(person=source):
        same = Engagement.objects.filter(person=target, provider=engagement.provider)
        if same.filter(period__overlap=engagement.period).exists():
            continue
        engagement.person = target
        engagement.save(update_fields=["person"])
