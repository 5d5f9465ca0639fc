"""Sending a personal link again to somebody who stands in the room and does not find it."""

import datetime

from django.db import transaction
from django.db.models import QuerySet

from bookings.models import Status
from evaluation import emails
from evaluation.actions.asking import ask_after
from evaluation.actions.posting import post_invitation
from evaluation.answering import answered_among
from evaluation.feedback_code import is_open
from evaluation.models import Invitation, Stage
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import Person

AT_MOST = 3
APART = datetime.timedelta(minutes=5)
AWAY = (Person.Standing.MERGED, Person.Standing.CLOSED)


def ask_again(*, event: Event, address: str, now: datetime.datetime) -> None:
    """Ask all who are here now, if the clock has not yet, and send their link again to whoever has this address.

    It returns nothing, so that no page can tell whether the address is known, was here, or has answered. The first
    message goes to the whole room, in one transaction: whoever was the first to look for it leaves no trace.
    """
    if not is_open(event, now):
        return
    ask_everybody_here(event=event, now=now)
    for pk in _asked_at(event, address, now).values_list("pk", flat=True).order_by("pk"):
        send_link_again(invitation_pk=pk, now=now)


@transaction.atomic
def ask_everybody_here(*, event: Event, now: datetime.datetime) -> int:
    """How many were asked for the first time."""
    ask_after(event_pk=event.pk, now=now)
    due = Invitation.objects.due(now).filter(booking__event=event, stage=Stage.END)
    return sum(post_invitation(invitation_pk=pk, now=now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def send_link_again(*, invitation_pk: int, now: datetime.datetime) -> bool:
    """The link that they have already, once more: three times at most, and never two within five minutes."""
    rows = Invitation.objects.open(now).select_related("booking__person", "booking__event__version")
    invitation = rows.select_for_update(of=("self",)).filter(pk=invitation_pk).first()
    if invitation is None or invitation.posted_at is None or answered_among([invitation]):
        return False
    sent = Message.objects.filter(key__startswith=emails.key_of_asking_again(invitation))
    times = sorted([invitation.posted_at, *sent.values_list("created_at", flat=True)])
    if len(times) > AT_MOST or now < times[-1] + APART:
        return False
    emails.ask_again(invitation, number=len(times), now=now)
    return True


def _asked_at(event: Event, address: str, now: datetime.datetime) -> QuerySet[Invitation]:
    """One address may belong to several people."""
    rows = Invitation.objects.open(now).filter(booking__event=event, stage=Stage.END, booking__status=Status.BOOKED)
    return rows.filter(booking__person__email__iexact=address).exclude(booking__person__standing__in=AWAY)
