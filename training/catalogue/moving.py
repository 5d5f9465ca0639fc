"""This app's share of joining two records of one person."""

import datetime

from training.catalogue.actions.clashes import clash_of
from training.catalogue.models import CourseCare, MaterialConfirmation, Teaching
from training.people.models import Person, User

Status = Teaching.Status


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:
    """All teaching of `source` becomes `target`'s.

    On a session that both were asked for, the row that still concerns somebody wins. Where both are confirmed in two
    places at once, the moved one goes back to asked: one person cannot do both, and the desk shows it.
    """
    _move_confirmations(source, target)
    CourseCare.objects.filter(owner=source).update(owner=target)
    own = {teaching.session_id: teaching for teaching in Teaching.objects.filter(person=target)}
    if by.person is None:
        raise ValueError("records are joined by a person")
    for teaching in Teaching.objects.filter(person=source).select_related("session__event").order_by("pk"):
        if rival := own.get(teaching.session_id):
            _settle(teaching, rival, by.person, now)
        else:
            _move(teaching, target, by.person, now)


def _move_confirmations(source: Person, target: Person) -> None:
    """What both have confirmed stays once."""
    theirs = MaterialConfirmation.objects.filter(person=target).values("version")
    MaterialConfirmation.objects.filter(person=source).exclude(version__in=theirs).update(person=target)
    MaterialConfirmation.objects.filter(person=source).delete()


def _move(teaching: Teaching, target: Person, by: Person, now: datetime.datetime) -> None:
    if teaching.status == Status.CONFIRMED and clash_of(target, [teaching.session], event=teaching.session.event):
        teaching.move_to(Status.WITHDRAWN, by=by, now=now, reason="Two records of one person were joined.")
        teaching.move_to(Status.PROPOSED, by=by, now=now, reason="Confirmed in another place at that time.")
    teaching.person = target
    teaching.save(update_fields=["person"])


def _settle(teaching: Teaching, rival: Teaching, by: Person, now: datetime.datetime) -> None:
    """Both were asked for this session: `rival`, the one that stays, takes over a live answer."""
    live = (Status.PROPOSED, Status.CONFIRMED)
    reason = "Two records of one person were joined."
    was = teaching.status
    if was in live:
        teaching.move_to(Status.WITHDRAWN, by=by, now=now, reason=reason)
    if was in live and rival.status not in live:
        rival.move_to(Status.PROPOSED, by=by, now=now, reason=reason)
    clash = clash_of(rival.person, [rival.session], event=rival.session.event)
    if was == Status.CONFIRMED and rival.status == Status.PROPOSED and not clash:
        rival.move_to(Status.CONFIRMED, by=by, now=now, reason=reason)
