"""Somebody leaves a provider: what they were to teach for it needs somebody else."""

import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from providers.actions.rights import require_contracts
from providers.errors import ProvidersError
from providers.models import Engagement
from providers.staffing import dates_to_teach
from training.catalogue.actions.teaching import withdraw_trainer
from training.catalogue.models import Event
from training.people.models import User

LONGEST_NOTICE = datetime.timedelta(days=3653)


@transaction.atomic
def end_engagement(
    *, engagement: Engagement, last_day: datetime.date, reason: str, by: User, now: datetime.datetime
) -> list[Event]:
    """`last_day` is the last day with the provider; they are taken off its dates after that, which are returned.

    They get a message for each, and the desk shows the dates that have no trainer now. A second click changes nothing.
    """
    require_contracts(by)
    locked = (
        Engagement.objects.select_for_update(of=("self",)).select_related("person", "provider").get(pk=engagement.pk)
    )
    starts = locked.period.lower
    if last_day < starts:
        raise ProvidersError(f"Enter a last day on or after the first one, {starts:%-d %B %Y}.")
    if last_day > now.date() + LONGEST_NOTICE:
        raise ProvidersError("Enter a last day within the next ten years.")
    period = DateRange(starts, last_day + datetime.timedelta(days=1))
    same = Engagement.objects.filter(person=locked.person, provider=locked.provider).exclude(pk=locked.pk)
    if same.filter(period__overlap=period).exists():
        raise ProvidersError("They started there again before that day. Enter an earlier last day.")
    if locked.period != period:
        locked.period = period
        locked.save(update_fields=["period"])
    dates = dates_to_teach(locked, after=last_day, now=now)
    why = f"No longer with {locked.provider}. {reason}".strip()
    for event in dates:
        withdraw_trainer(event=event, person=locked.person, by=by, now=now, reason=why)
    return dates
