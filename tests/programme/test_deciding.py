"""From draft to running: the subgroup recommends, the Executive agrees, each with its minute."""

import datetime

import pytest

from tests.factories import make_user
from tests.factories_programme import executive, make_body, make_programme, moved_on, pdl_member
from training.governance.models import Body, Decision
from training.people.models import User
from training.programme.actions.deciding import (
    Minuted,
    agree_programme,
    close_programme,
    offer_programme,
    recommend_programme,
    send_programme_back,
    start_programme,
    take_programme_back,
)
from training.programme.agenda import agenda
from training.programme.errors import ProgrammeError
from training.programme.models import Programme

pytestmark = pytest.mark.usefixtures("coordinator")
MINUTED = Minuted(datetime.date(2027, 5, 7), "Recommended.", "item 4")


def test_the_whole_way(coordinator: User, now: datetime.datetime) -> None:
    programme = moved_on(make_programme(), "live", now=now)

    steps = list(programme.steps.values_list("was", "became", "decision__outcome", "decision__minute"))
    assert steps == [
        ("draft", "recommended", "So decided.", "item 3"),
        ("recommended", "agreed", "So decided.", "item 3"),
        ("agreed", "live", None, None),
    ]


def test_each_step_twice_is_once(coordinator: User, now: datetime.datetime) -> None:
    programme, pdl, director = make_programme(), pdl_member(), executive()
    for _ in range(2):
        offer_programme(programme=programme, by=coordinator, now=now)
    for _ in range(2):
        recommend_programme(programme=programme, minuted=MINUTED, by=pdl, now=now)
    for _ in range(2):
        agree_programme(programme=programme, minuted=MINUTED, by=director, now=now)
    for _ in range(2):
        start_programme(programme=programme, by=coordinator, now=now)
    for _ in range(2):
        close_programme(programme=programme, reason="Over.", by=coordinator, now=now)

    assert programme.steps.count() == 4
    assert Decision.objects.count() == 2


def test_nobody_decides_for_another_body(coordinator: User, now: datetime.datetime) -> None:
    """The coordinator who planned it neither recommends nor agrees it; nor does one body for the other."""
    programme, pdl, director = moved_on(make_programme(), "offered", now=now), pdl_member(), executive()

    for by in (coordinator, director, make_user()):
        with pytest.raises(ProgrammeError, match="Only a member"):
            recommend_programme(programme=programme, minuted=MINUTED, by=by, now=now)
    recommend_programme(programme=programme, minuted=MINUTED, by=pdl, now=now)
    for by in (coordinator, pdl, make_user()):
        with pytest.raises(ProgrammeError, match="Only a member"):
            agree_programme(programme=programme, minuted=MINUTED, by=by, now=now)
        with pytest.raises(ProgrammeError, match="Only a member"):
            send_programme_back(programme=programme, minuted=MINUTED, by=by, now=now)
    assert Programme.objects.get().standing == "recommended"


def test_recommending_what_was_not_offered(now: datetime.datetime) -> None:
    pdl = pdl_member()

    with pytest.raises(ProgrammeError, match="has not been put to"):
        recommend_programme(programme=make_programme(), minuted=MINUTED, by=pdl, now=now)


def test_agreeing_what_was_not_recommended(now: datetime.datetime) -> None:
    with pytest.raises(ProgrammeError, match="not been recommended"):
        agree_programme(
            programme=moved_on(make_programme(), "offered", now=now), minuted=MINUTED, by=executive(), now=now
        )


def test_a_meeting_to_come_decides_nothing_yet(now: datetime.datetime) -> None:
    tomorrow = Minuted(datetime.date(2027, 5, 11), "Agreed.")

    with pytest.raises(ProgrammeError, match="has taken place"):
        agree_programme(
            programme=moved_on(make_programme(), "recommended", now=now), minuted=tomorrow, by=executive(), now=now
        )


def test_offering_needs_a_plan_and_priorities(coordinator: User, now: datetime.datetime) -> None:
    programme = make_programme(priorities=())
    programme.planned.all().delete()

    with pytest.raises(ProgrammeError) as refusal:
        offer_programme(programme=programme, by=coordinator, now=now)

    assert str(refusal.value) == (
        "No date is planned. Plan the courses of each quarter. "
        "It names no priority. Choose the priorities of each year."
    )


def test_sent_back_it_is_a_draft_again_off_every_agenda(coordinator: User, now: datetime.datetime) -> None:
    programme = moved_on(make_programme(), "recommended", now=now)
    why = Minuted(datetime.date(2027, 5, 7), "Too few dates for schools.", "item 9")

    sent = send_programme_back(programme=programme, minuted=why, by=executive(), now=now)

    assert (sent.standing, sent.offered_at) == ("draft", None)
    assert sent.steps.last().reason == "Too few dates for schools."
    assert [agenda(kind, now) for kind in (Body.Kind.PDL, Body.Kind.EXECUTIVE)] == [[], []]


def test_the_agendas_follow(coordinator: User, now: datetime.datetime) -> None:
    programme = make_programme()
    assert agenda(Body.Kind.PDL, now) == []

    offer_programme(programme=programme, by=coordinator, now=now)
    assert [point.asked for point in agenda(Body.Kind.PDL, now)] == ["Recommend it to the Executive?"]
    take_programme_back(programme=programme, by=coordinator)
    assert agenda(Body.Kind.PDL, now) == []

    moved_on(programme, "recommended", now=now)
    assert agenda(Body.Kind.PDL, now) == []
    assert [point.asked for point in agenda(Body.Kind.EXECUTIVE, now)] == ["The PDL subgroup recommends it. Agree it?"]


def test_starting_waits_for_the_first_day(coordinator: User, now: datetime.datetime) -> None:
    programme = moved_on(make_programme(first_year=2028), "agreed", now=now)

    with pytest.raises(ProgrammeError, match="begins on 1 April 2028"):
        start_programme(programme=programme, by=coordinator, now=now)


def test_one_programme_runs_at_a_time(coordinator: User, now: datetime.datetime) -> None:
    moved_on(make_programme(), "live", now=now)
    second = moved_on(make_programme(first_year=2026), "agreed", now=now)

    with pytest.raises(ProgrammeError, match="Another programme runs"):
        start_programme(programme=second, by=coordinator, now=now)


def test_closing_needs_a_reason_and_something_agreed(coordinator: User, now: datetime.datetime) -> None:
    with pytest.raises(ProgrammeError, match="nothing to close"):
        close_programme(programme=make_programme(), reason="x", by=coordinator, now=now)
    with pytest.raises(ProgrammeError, match="Enter why"):
        close_programme(programme=moved_on(make_programme(), "agreed", now=now), reason="  ", by=coordinator, now=now)


def test_without_a_body_there_is_a_sentence(now: datetime.datetime) -> None:
    member = pdl_member()
    Body.objects.all().delete()

    with pytest.raises(ProgrammeError, match="no such group"):
        recommend_programme(programme=make_programme(), minuted=MINUTED, by=member, now=now)
    make_body()
