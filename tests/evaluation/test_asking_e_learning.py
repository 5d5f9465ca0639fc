"""E-learning is asked about too: by the day on which somebody has finished it, once."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings.models import Booking
from evaluation.actions.asking import ask_after_completion, plan_asking
from evaluation.actions.posting import post_due
from evaluation.analysis.dates import load_lattice
from evaluation.analysis.ratings import load_measures, rated
from evaluation.links import path_of
from evaluation.models import Invitation, Response, Stage
from evaluation.timing import follow_up_day
from tests.evaluation.making import rate
from tests.factories_bookings import make_booking
from tests.factories_catalogue import make_course, make_event
from tests.factories_evaluation import DAY
from training.catalogue.models import Event
from training.outbox.models import Message
from training.record.actions import achieve
from training.record.models import Achievement
from training.web.when import london_day

pytestmark = pytest.mark.usefixtures("partnership")


def make_standing(**fields: Any) -> Event:
    """In people's own time: no day, no capacity."""
    return make_event(make_course(**fields), mode="e_learning")


def finish(booking: Booking, *, days_ago: int = 0, source: Any = Achievement.Source.E_LEARNING) -> Booking:
    on = timezone.localdate() - DAY * days_ago
    achieve(
        person=booking.person,
        version=booking.event.version,
        on=on,
        source=source,
        origin=f"{booking.event.reference} {on}",
        now=timezone.now(),
    )
    return booking


def enrolled(event: Event | None = None, *, days_ago: int = 10) -> Booking:
    booking = make_booking(event or make_standing(), now=timezone.now() - DAY * days_ago)
    assert booking.status == "booked"
    return booking


def stages_of(booking: Booking) -> list[str]:
    return sorted(booking.invitations.values_list("stage", flat=True))


def test_whoever_has_finished_is_asked_at_the_end_and_two_months_on() -> None:
    booking = finish(enrolled(), days_ago=2)

    assert plan_asking(now=timezone.now()) == 2
    assert plan_asking(now=timezone.now()) == 0

    follow_up = booking.invitations.get(stage=Stage.FOLLOW_UP)
    assert stages_of(booking) == ["end", "follow_up"]
    assert london_day(follow_up.due_at) == follow_up_day(timezone.localdate() - 2 * DAY)


def test_whoever_has_not_finished_is_asked_nothing() -> None:
    event = make_standing()
    finish(enrolled(event))
    going_on = enrolled(event)

    plan_asking(now=timezone.now())

    assert stages_of(going_on) == []


@pytest.mark.parametrize(
    ("finished", "source"), [(40, "e_learning"), (20, "e_learning"), (2, "elsewhere"), (2, "imported")]
)
def test_not_asked_about_long_ago_before_the_booking_or_elsewhere(finished: int, source: str) -> None:
    booking = finish(enrolled(), days_ago=finished, source=source)

    assert plan_asking(now=timezone.now()) == 0
    assert stages_of(booking) == []


def test_completion_to_come_is_not_asked_about_yet() -> None:
    finish(enrolled(), days_ago=-3)

    assert plan_asking(now=timezone.now()) == 0


def test_completion_without_a_booking_is_not_asked_about() -> None:
    booking = finish(enrolled())
    Booking.objects.filter(pk=booking.pk).update(status="cancelled_in_time")

    assert plan_asking(now=timezone.now()) == 0


def test_second_worker_asks_nobody_again() -> None:
    booking = finish(enrolled())

    assert ask_after_completion(event_pk=booking.event_id, now=timezone.now()) == 2
    assert ask_after_completion(event_pk=booking.event_id, now=timezone.now()) == 0
    assert Invitation.objects.count() == 2


def test_message_and_form_speak_of_no_day(client: Client) -> None:
    booking = finish(enrolled())
    plan_asking(now=timezone.now())
    post_due(now=timezone.now())
    invitation = booking.invitations.get(stage=Stage.END)

    message = Message.objects.get(kind="evaluation.ask_end")
    assert f"You have finished {booking.event.version.title}." in message.text
    page = client.get(path_of(invitation))
    assert page.status_code == 200
    filled = {name: "4" for name in page.context["form"].fields if name.startswith("outcome_") or name == "relevance"}
    assert client.post(path_of(invitation), filled).status_code == 302
    assert Response.objects.get().event == booking.event


def test_planning_asks_as_often_for_three_people_as_for_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 3):
        event = make_standing()
        for _ in range(number):
            finish(enrolled(event))
        with CaptureQueriesContext(connection) as captured:
            ask_after_completion(event_pk=event.pk, now=timezone.now())
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("answers", "shown"), [(4, None), (9, None), (10, 5), (14, 5), (15, 10)])
def test_answers_show_in_steps_since_its_form_never_closes(answers: int, shown: int | None) -> None:
    event = make_standing()
    rate(event, [5] * answers, on=timezone.localdate() - DAY)
    lattice = load_lattice(None, first_month=4, now=timezone.now() + datetime.timedelta(days=400), below=5)

    measure = next(one for one in load_measures(lattice) if one.code == "relevance")

    assert rated(measure, frozenset({event.pk}), 5).figure.n == shown
