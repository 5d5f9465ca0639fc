"""Sending what is due, reminding who has not answered, and noting once a day who has."""

import datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from bookings.actions.register import record_origin
from bookings.models import KEPT_TO_THE_END
from evaluation import emails
from evaluation.actions.shuffling import shuffle_answers
from evaluation.answering import answered_among
from evaluation.links import token_hash_of
from evaluation.models import Invitation, Stage
from evaluation.questionnaires import current_version
from evaluation.timing import is_time_to_remind
from training.people.models import Person
from training.record.actions import release_certificates

# Of one run; the next one is five minutes later.
AT_MOST = 2000
ONE_DAY = datetime.timedelta(days=1)
# A worker that was away for so long still finds what was answered meanwhile.
NOTED_WITHIN = datetime.timedelta(days=60)


def post_due(*, now: datetime.datetime) -> int:
    due = _reachable(Invitation.objects.due(now)).values_list("pk", flat=True).order_by("due_at", "pk")
    return sum(post_invitation(invitation_pk=pk, now=now) for pk in list(due[:AT_MOST]))


def remind_all(*, now: datetime.datetime) -> int:
    days = enumerate(settings.EVALUATION_REMINDER_DAYS)
    waited = [Q(reminders_made=made, posted_at__lte=now - datetime.timedelta(days=number)) for made, number in days]
    asked = Invitation.objects.open(now).filter(reduce(or_, waited, Q(pk__in=[])))
    rows = _reachable(asked).values_list("pk", flat=True).order_by("posted_at", "pk")
    return sum(remind(invitation_pk=pk, now=now) for pk in list(rows[:AT_MOST]))


@transaction.atomic
def post_invitation(*, invitation_pk: int, now: datetime.datetime) -> bool:
    """Ask this person by message; False when that has been done, or is no longer to be done."""
    invitation = _locked(Invitation.objects.due(now), invitation_pk)
    if invitation is None or answered_among([invitation]):
        return False
    invitation.version = current_version(invitation.stage, invitation.booking.event.version.course)
    invitation.posted_at = now
    _write(invitation, "posted_at", "version")
    emails.ask(invitation, now=now)
    return True


@transaction.atomic
def remind(*, invitation_pk: int, now: datetime.datetime) -> bool:
    """Remind somebody who has not answered, if it is time; False when not."""
    invitation = _locked(Invitation.objects.open(now), invitation_pk)
    if invitation is None or invitation.posted_at is None or answered_among([invitation]):
        return False
    made = invitation.reminders_made
    if not is_time_to_remind(invitation.stage, made, invitation.posted_at, invitation.reminded_at, now):
        return False
    invitation.reminders_made, invitation.reminded_at = made + 1, now
    _write(invitation, "reminders_made", "reminded_at")
    emails.ask(invitation, now=now)
    return True


@transaction.atomic
def note_answered(*, today: datetime.date) -> int:
    """Let pages show who has answered: once a day, all of the day before in one statement. Returns how many.

    So neither the hour nor the transaction of an answer can be matched with a name. The answers of that day are then
    written anew, in an order of chance: neither do their own places in the tables tell which came first.
    """
    rows = Invitation.objects.filter(is_spent=False, due_at__date__lte=today).select_related("booking")
    answered = answered_among(rows.filter(closes_at__date__gte=today - NOTED_WITHIN), before=today)
    noted = Invitation.objects.filter(pk__in=answered)
    _release_certificates(noted)
    number = noted.update(is_spent=True, answered_on=today - ONE_DAY)
    shuffle_answers(today=today)
    return number


def _release_certificates(answered: QuerySet[Invitation]) -> None:
    rows = answered.filter(stage=Stage.END).select_related("booking__event")
    release_certificates(answered=[(one.booking.person_id, record_origin(one.booking.event)) for one in rows])


def _reachable(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Of people who still have their place, are still with us and can be written to."""
    away = (Person.Standing.MERGED, Person.Standing.CLOSED)
    reachable = Q(booking__status__in=KEPT_TO_THE_END) & ~Q(booking__person__email="")
    return rows.filter(reachable).exclude(booking__person__standing__in=away)


def _locked(rows: QuerySet[Invitation], pk: int) -> Invitation | None:
    """None too when another worker has it in hand."""
    joined = _reachable(rows).select_related("booking__person", "booking__event__version__course")
    return joined.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()


def _write(invitation: Invitation, *fields: str) -> None:
    """With the hash of the link as it is made today, should the installation's secret key have changed since."""
    invitation.token_hash = token_hash_of(invitation.reference)
    invitation.save(update_fields=[*fields, "token_hash"])
