"""A date with everything that a report tells of, and the report of it."""

from django.utils import timezone

from bookings.models import Mark
from evaluation.models import Comment
from evaluation.reports.building import Report, build_report
from evaluation.reports.scopes import find_scope
from tests.evaluation.making import book, invite, make_ran, pair, rate, respond, send_registers
from tests.factories import make_agency
from training.catalogue.models import Event
from training.people.models import Agency, Partnership
from training.web.periods import quarter_of
from training.web.when import london_day


def quarter_key(event: Event) -> str:
    return quarter_of(london_day(event.starts_at), 4).key


def make_story(**fields: object) -> Event:
    """A date with everything: 10 booked, 8 came, 2 didn't, answers before, at the end and two months on."""
    event = make_ran(**fields)
    name = "Police & Crime <Unit>"
    police = Agency.objects.filter(name=name).first() or make_agency(name, sector="police")
    came = book(event, 8)
    book(event, 2, Mark.DID_NOT_ATTEND, agency=police)
    send_registers(event)
    invite(came, "baseline")
    invite(came, "end")
    invite(came, "follow_up")
    for number in range(6):
        episode = pair(event, [2, 3], [4, 3 + number % 2], looking_back=[1, 2])
        words = {"text": "secret", "state": Comment.State.QUOTABLE, "cleared_text": f"I rang the school. {number}"}
        respond(event, "follow_up", episode=episode, outcome_now=[4, 4], used_it="Yes", did_differently=words)
    rate(event, [5, 4, 4, 5, 5])
    return event


def built(kind: str, key: str, partnership: Partnership, **fields: str) -> Report:
    scope = find_scope(kind, key, partnership=partnership, today=timezone.localdate(), **fields)
    assert scope is not None
    return build_report(scope, partnership=partnership, now=timezone.now())
