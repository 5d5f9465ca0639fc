"""What waits for somebody in this app: rows of their home page."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from training.config.parts import Todo
from training.outbox.models import Message, State
from training.people import leads
from training.people.models import Agency, Employment, IdentityClaim, User
from training.people.permissions import Permission
from training.people.visibility import employments_led_by
from training.web.words import count

TODAY, THIS_WEEK, SOME_TIME = 10, 20, 30


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    """Coordinators settle and see what could not be sent, leads answer claims, everybody says where they work."""
    rows = list(_own_workplace(user, now))
    if user.may(Permission.MANAGE_PEOPLE):
        rows += _coordinators(user, now)
    elif user.may(Permission.SEE_AGENCY_PEOPLE):
        rows += _leads(user)
    if user.may(Permission.SEE_OUTBOX):
        rows += _failed_messages(now)
    return rows


def _own_workplace(user: User, now: datetime.datetime) -> Iterator[Todo]:
    if user.person is None:
        return
    if not user.person.employments.not_refused().not_over(timezone.localdate(now)).exists():
        url = reverse("people:where-i-work")
        yield Todo(
            "Say where you work, so that your bookings count for your organisation.", url, "Say where", THIS_WEEK, 2
        )


def _coordinators(user: User, now: datetime.datetime) -> Iterator[Todo]:
    url = reverse("people:to-settle")
    if number := IdentityClaim.objects.visible_to(user).open().count():
        verb = "may be somebody" if number == 1 else "may be people"
        yield Todo(f"{count(number, 'newcomer')} {verb} we know already.", f"{url}#identities", "Settle", TODAY)
    claims = Employment.objects.visible_to(user).of_present_persons().to_settle()
    if number := claims.filter(agency__standing=Agency.Standing.SETTLED).count():
        verb = "waits" if number == 1 else "wait"
        sentence = f"{count(number, 'person', 'people')} {verb} for somebody to confirm where they work."
        yield Todo(sentence, f"{url}#workplaces", "Settle", THIS_WEEK)
    yield from leads.todos(timezone.localdate(now))
    if number := Agency.objects.to_settle().count():
        verb = "is" if number == 1 else "are"
        yield Todo(
            f"{count(number, 'organisation')} {verb} not in the list yet.", f"{url}#organisations", "Settle", THIS_WEEK
        )


def _leads(user: User) -> Iterator[Todo]:
    url = reverse("people:agency")
    claims = Employment.objects.visible_to(user).filter(employments_led_by(user)).of_present_persons().to_settle()
    if number := claims.not_over(timezone.localdate()).exclude(person=user.person_id).count():
        verb = "says that they work" if number == 1 else "say that they work"
        sentence = f"{count(number, 'person', 'people')} {verb} for your organisation."
        yield Todo(sentence, f"{url}#claims", "Answer", THIS_WEEK, 1)
    if number := IdentityClaim.objects.visible_to(user).open().exclude(newcomer=user.person_id).count():
        verb = "may be somebody" if number == 1 else "may be people"
        sentence = f"{count(number, 'newcomer')} {verb} whose record you look after."
        yield Todo(sentence, f"{url}#identities", "Answer", THIS_WEEK, 1)


def _failed_messages(now: datetime.datetime) -> Iterator[Todo]:
    """Those of the last fortnight: what failed before is known or past mending."""
    lost = Message.objects.filter(created_at__gte=now - datetime.timedelta(days=14))
    for state, what in ((State.FAILED, "could not be sent"), (State.RETURNED, "came back")):
        if number := lost.filter(state=state).count():
            url = f"{reverse('people:outbox')}?state={state}"
            yield Todo(f"{count(number, 'message')} {what} in the last fortnight.", url, "See why", TODAY)
