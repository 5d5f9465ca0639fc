"""What waits for somebody in this app: their own actions, and the paper of a meeting that is near."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from training.config.parts import Todo
from training.governance.models import ActionPoint, Body, Meeting
from training.governance.rights import is_member
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import london_day
from training.web.words import day

NEAR = datetime.timedelta(days=7)
SOON = datetime.timedelta(days=14)


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    if user.person is None or not user.may(Permission.SEE_PROGRAMME):
        return []
    return [*_own_actions(user, now), *_papers(user, now)]


def _own_actions(user: User, now: datetime.datetime) -> Iterator[Todo]:
    today = london_day(now)
    for point in ActionPoint.objects.open().filter(owner=user.person, due_on__lte=today + SOON).order_by("due_on"):
        url = reverse("governance:action-close", args=[point.reference])
        yield Todo(point.what, url, "Say how it stands", 10 if point.is_overdue(today) else 20, due_on=point.due_on)


def _papers(user: User, now: datetime.datetime) -> Iterator[Todo]:
    today = london_day(now)
    near = Meeting.objects.select_related("body").to_come(today).filter(held_on__lte=today + NEAR)
    bodies = {body.pk for body in Body.objects.all() if is_member(user, body)}
    for meeting in near.filter(body__in=bodies):
        url = reverse("governance:meeting", args=[meeting.reference])
        sentence = f"The paper of the {meeting.body}’s meeting on {day(meeting.held_on)} is ready."
        yield Todo(sentence, url, "Read it", 20, 10, due_on=meeting.held_on)
