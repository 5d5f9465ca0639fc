"""A coordinator's verbs on providers and the people who work for them."""

import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from providers.actions.rights import require_contracts
from providers.errors import ProvidersError, StaleError
from providers.models import Engagement, Provider
from training.people.models import Person, User


@transaction.atomic
def save_provider(*, provider: Provider, revision: int, by: User) -> Provider:
    """Add or change a provider. Raises StaleError when somebody else changed it since `revision` was read."""
    require_contracts(by)
    if provider.pk:
        held = Provider.objects.select_for_update().get(pk=provider.pk)
        if held.revision != revision:
            raise StaleError("provider", revision=held.revision)
    provider.name = " ".join(provider.name.split())
    if not provider.name:
        raise ProvidersError("Enter the provider’s name.")
    provider.contact_email = provider.contact_email.strip().lower()
    provider.revision = revision + 1 if provider.pk else 1
    try:
        with transaction.atomic():
            provider.save()
    except IntegrityError:
        raise ProvidersError(f"There is already a provider called {provider.name}.") from None
    return provider


@transaction.atomic
def engage(
    *, person: Person, provider: Provider, by: User, from_day: datetime.date, is_manager: bool = False
) -> Engagement:
    """Somebody works for a provider from a day on. Somebody who does already stays as they are."""
    require_contracts(by)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    period = DateRange(from_day, None)
    held = Engagement.objects.filter(person=person, provider=provider, period__overlap=period).first()
    if held is not None:
        return held
    return Engagement.objects.create(person=person, provider=provider, period=period, is_manager=is_manager)
