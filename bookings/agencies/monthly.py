"""The monthly e-mail to training leads: what their page says, so that nobody has to remember to look."""

import datetime

from django.db import transaction

from bookings.agencies.month import month_of
from training.outbox.models import Message
from training.outbox.posting import post
from training.people.emails import absolute, recipient
from training.people.models import Agency, Role, RoleGrant, User
from training.web.when import london_day
from training.web.working_days import is_working_day

SHOWN = 20
KIND = "bookings.lead_month"


def write_to_leads(*, now: datetime.datetime) -> int:
    """From the first working day of the month on, once a month for each lead and organisation; gives how many.

    Leads have a login, since the page behind it asks for one. Safe to run every day, twice, or two at once.
    """
    today = london_day(now)
    if not is_working_day(today):
        return 0
    leading = RoleGrant.objects.filter(role=Role.AGENCY_LEAD, person__user__is_active=True).on(today)
    grants = leading.select_related("person__user", "agency").order_by("pk")
    keys = {grant.pk: _key(grant, today) for grant in grants}
    full = [f"{KIND}:{key}" for key in keys.values()]
    told = set(Message.objects.filter(key__in=full).values_list("key", flat=True))
    return sum(_write(grant, keys[grant.pk], now) for grant in grants if f"{KIND}:{keys[grant.pk]}" not in told)


def _key(grant: RoleGrant, today: datetime.date) -> str:
    agency = grant.agency.reference if grant.agency else ""
    return f"{agency}:{grant.person.reference}:{today:%Y-%m}"


@transaction.atomic
def _write(grant: RoleGrant, key: str, now: datetime.datetime) -> bool:
    agency = grant.agency
    assert isinstance(agency, Agency)  # noqa: S101 - a constraint says so of every lead
    user: User = grant.person.user
    month = month_of(user, [agency], now)
    context = {
        "agency": agency,
        "person": grant.person,
        "going": month.going[:SHOWN],
        "more": max(0, len(month.going) - SHOWN),
        "number": len(month.going),
        "kept": [one for one in month.kept if one.unused],
        "waiting": month.waiting[:SHOWN],
        "page": f"{absolute('bookings:agency-month')}?organisation={agency.reference}",
    }
    return post(KIND, key=key, to=recipient(grant.person), now=now, context=context) is not None
