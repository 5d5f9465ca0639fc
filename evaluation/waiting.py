"""What waits for somebody in this app: rows of their home page."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from bookings.models import KEPT_TO_THE_END
from evaluation.answering import answered_among
from evaluation.links import path_of
from evaluation.models import Comment, Concern, Invitation, Stage
from training.config.parts import Todo
from training.people.models import Role, User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import clock, count, day

SAFETY, THIS_WEEK, SOME_TIME = 0, 20, 30
MINUTES = {Stage.BASELINE: 1, Stage.END: 2, Stage.FOLLOW_UP: 3}
ASKING = {
    Stage.BASELINE: ("Before {}: say how confident you are today.", "Say how confident I am", SOME_TIME),
    Stage.END: ("Say how {} was for you.", "Give feedback", THIS_WEEK),
    Stage.FOLLOW_UP: ("Two months on: say what came of {}.", "Say what came of it", THIS_WEEK),
}


def open_invitations(user: User, now: datetime.datetime) -> list[Invitation]:
    """What this person has been asked and may still answer, the one that closes first coming first."""
    if user.person_id is None:
        return []
    rows = Invitation.objects.open(now).filter(
        due_at__lte=now, booking__person_id=user.person_id, booking__status__in=KEPT_TO_THE_END
    )
    asked = list(rows.select_related("booking__event__version").order_by("closes_at", "pk"))
    answered = answered_among(asked)
    return [one for one in asked if one.pk not in answered]


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    return [*_concerns(user, now), *_overdue_concerns(user, now), *feedback(user, now), *_to_screen(user)]


def feedback(user: User, now: datetime.datetime) -> list[Todo]:
    """One row for each open form; the link is the same as in the message."""
    return [_ask(invitation) for invitation in open_invitations(user, now)]


def _ask(invitation: Invitation) -> Todo:
    stage = Stage(invitation.stage)
    sentence, action, weight = ASKING[stage]
    title = invitation.booking.event.version.title
    due_on = london_day(invitation.closes_at)
    return Todo(sentence.format(title), path_of(invitation), action, weight, MINUTES[stage], due_on)


def _concerns(user: User, now: datetime.datetime) -> Iterator[Todo]:
    """For the duty people: each that nobody has taken, and those they deal with themselves."""
    if not user.may(Permission.ANSWER_CONCERNS):
        return
    for concern in Concern.objects.visible_to(user).open().select_related("event__version").order_by("due_at", "pk"):
        url = reverse("evaluation:concern", args=[concern.reference])
        title = concern.event.version.title
        if concern.taken_by_id is None:
            late = "Overdue since" if concern.due_at <= now else "Take it by"
            limit = f"{late} {day(concern.due_at)}, {clock(concern.due_at)}."
            sentence = f"Somebody’s safety: concern {concern.reference} from a form about {title}. {limit}"
            yield Todo(sentence, url, "Read it", SAFETY, due_on=london_day(concern.due_at))
        elif concern.taken_by_id == user.person_id:
            yield Todo(f"You deal with concern {concern.reference} from a form about {title}.", url, "Go on", SAFETY)


def _overdue_concerns(user: User, now: datetime.datetime) -> Iterator[Todo]:
    """For the coordinators: that it waits, never what it says."""
    if Role.COORDINATOR not in user.roles or user.may(Permission.ANSWER_CONCERNS):
        return
    if number := Concern.objects.overdue(now).count():
        verb = "waits" if number == 1 else "wait"
        sentence = f"{count(number, 'concern')} from forms {verb} overdue for a duty person. Ring one now."
        yield Todo(sentence, reverse("people:safety"), "Who to contact", SAFETY)


def _to_screen(user: User) -> Iterator[Todo]:
    """For screeners: that answers wait to be read."""
    if user.may(Permission.SCREEN_ANSWERS) and (number := Comment.objects.to_screen().count()):
        verb = "waits" if number == 1 else "wait"
        sentence = f"{count(number, 'answer')} in people’s own words {verb} to be read before anybody else sees them."
        yield Todo(sentence, reverse("evaluation:screening"), "Read them", THIS_WEEK)
