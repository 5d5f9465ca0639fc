"""Saying why: the person and their manager by a personal link, the training lead from their own page."""

import datetime

from django.db import transaction

from bookings.errors import BookingsError
from bookings.models import Charge, ChargeAnswer, ChargeStatus, PersonalLink, Why
from bookings.rights import actor
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import full_day

SOURCES = {
    PersonalLink.Purpose.MISSED: ChargeAnswer.Source.PERSON,
    PersonalLink.Purpose.MISSED_MANAGER: ChargeAnswer.Source.MANAGER,
}


@transaction.atomic
def explain(
    *, charge: Charge, source: ChargeAnswer.Source, why: str, words: str, now: datetime.datetime
) -> ChargeAnswer:
    """Keep what somebody says happened; the last answer of each counts. The caller knows who they are by their link.

    Refused once the time is over, or a coordinator has decided.
    """
    locked = Charge.objects.select_for_update(no_key=True).get(pk=charge.pk)
    if why not in Why.values:
        raise BookingsError("Choose what happened.")
    if locked.status != ChargeStatus.ASKED:
        raise BookingsError("This has been decided. Ask the training team if it is wrong.")
    if london_day(now) > locked.explain_by:
        raise BookingsError(f"You could answer until {full_day(locked.explain_by)}. Ask the training team.")
    given = {"why": why, "words": " ".join(words.split())[:500], "at": now}
    return ChargeAnswer.objects.update_or_create(charge=locked, source=source, defaults=given)[0]


def explain_as_lead(*, charge: Charge, why: str, words: str, by: User, now: datetime.datetime) -> ChargeAnswer:
    """For one of the organisation's own people."""
    require_lead(by, charge)
    return explain(charge=charge, source=ChargeAnswer.Source.LEAD, why=why, words=words, now=now)


def require_lead(by: User, charge: Charge) -> None:
    actor(by)
    if not by.may(Permission.BOOK_FOR_AGENCY) or charge.agency_id not in by.led_agency_ids:
        raise BookingsError("Only the training lead of the organisation that pays can do this.")
