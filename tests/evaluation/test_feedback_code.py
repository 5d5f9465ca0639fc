"""The code that is shown in the room: a link of one's own by e-mail, and nothing about anybody else."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bookings.actions.register import everyone_else_is_here, send_register
from bookings.models import Mark, RegisterMark
from evaluation.actions.asking_again import ask_again, send_link_again
from evaluation.feedback_code import code_of, find_event, is_open
from evaluation.links import path_of
from evaluation.models import Invitation, Stage
from tests.bookings.registering import AT_DOOR, Door, at, make_door
from tests.conftest import ClientOf
from tests.evaluation.answering_making import FULL
from tests.factories import make_user
from tests.factories_catalogue import make_trainer
from tests.factories_evaluation import ensure_questionnaires
from training.catalogue.models import Course
from training.outbox.models import Message
from training.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership", "no_second_factor")]

NEAR_THE_END, MINUTES = at(12, 40), datetime.timedelta(minutes=6)
ANNA = "anna@school.example"


@pytest.fixture
def door() -> Iterator[Door]:
    """Near the end of a morning: Anna and Ben are here, Cara is not."""
    ensure_questionnaires()
    with time_machine.travel(NEAR_THE_END, tick=False):
        made = make_door()
        cache.clear()
        Person.objects.filter(pk=made.bookings[0].person_id).update(email=ANNA)
        for booking in made.bookings[:2]:
            by = made.trainer.person
            RegisterMark.objects.create(
                session=made.session, booking=booking, mark=Mark.PRESENT, made_at=AT_DOOR, received_at=AT_DOOR, by=by
            )
        yield made


def here(door: Door) -> str:
    return reverse("evaluation:here", args=[code_of(door.event)])


def messages() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "to_address").filter(kind__startswith="evaluation."))


def test_ask_again_the_first_time_asks_everybody_here(door: Door) -> None:
    ask_again(event=door.event, address=ANNA.upper(), now=NEAR_THE_END)

    asked = Invitation.objects.filter(stage=Stage.END).values_list("booking", flat=True)
    assert set(asked) == {booking.pk for booking in door.bookings[:2]}
    assert [kind for kind, _ in messages()] == ["evaluation.ask_end"] * 2


def test_ask_again_sends_the_same_link_to_that_address_alone(door: Door) -> None:
    ask_again(event=door.event, address=ANNA, now=NEAR_THE_END)
    ask_again(event=door.event, address=ANNA, now=NEAR_THE_END + MINUTES)

    link = path_of(Invitation.objects.get(stage=Stage.END, booking=door.bookings[0]))
    assert messages()[2:] == [("evaluation.ask_again", ANNA)]
    assert link in Message.objects.last().text  # type: ignore[union-attr]


def test_ask_again_at_most_three_times_and_never_soon(door: Door) -> None:
    for number in range(30):
        ask_again(event=door.event, address=ANNA, now=NEAR_THE_END + number * MINUTES / 3)

    assert len(messages()) == 2 + 3


def test_ask_again_for_an_address_of_two_people(door: Door) -> None:
    Person.objects.filter(pk=door.bookings[1].person_id).update(email=ANNA)
    for late in (0, 1):
        ask_again(event=door.event, address=ANNA, now=NEAR_THE_END + late * MINUTES)

    assert [kind for kind, _ in messages()] == ["evaluation.ask_end"] * 2 + ["evaluation.ask_again"] * 2


@pytest.mark.parametrize("address", ["nobody@x.example", "", "%", "a" * 5000])
def test_ask_again_for_an_unknown_address_sends_nothing_more(door: Door, address: str) -> None:
    for late in (0, 1):
        ask_again(event=door.event, address=address, now=NEAR_THE_END + late * MINUTES)

    assert [kind for kind, _ in messages()] == ["evaluation.ask_end"] * 2


def test_somebody_who_is_not_here_gets_nothing(door: Door) -> None:
    Person.objects.filter(pk=door.bookings[2].person_id).update(email="cara@x.example")
    for late in (0, 1):
        ask_again(event=door.event, address="cara@x.example", now=NEAR_THE_END + late * MINUTES)

    assert "cara@x.example" not in [address for _, address in messages()]


def test_who_has_answered_gets_no_link(door: Door) -> None:
    ask_again(event=door.event, address=ANNA, now=NEAR_THE_END)
    Client().post(path_of(Invitation.objects.get(booking=door.bookings[0], stage=Stage.END)), FULL)

    ask_again(event=door.event, address=ANNA, now=NEAR_THE_END + MINUTES)

    assert len(messages()) == 2


def test_a_link_that_was_never_sent_is_not_sent_again(door: Door) -> None:
    ask_again(event=door.event, address=ANNA, now=NEAR_THE_END)
    invitation = Invitation.objects.filter(stage=Stage.FOLLOW_UP)[0]

    assert not send_link_again(invitation_pk=invitation.pk, now=NEAR_THE_END + MINUTES)
    assert not send_link_again(invitation_pk=0, now=NEAR_THE_END + MINUTES)


def test_it_is_open_from_an_hour_before_the_end_for_two_days(door: Door) -> None:
    assert [is_open(door.event, moment) for moment in (at(11, 59), at(12), at(12, days=2), at(13, days=2))] == [
        False, True, True, False,
    ]  # fmt: skip
    ask_again(event=door.event, address=ANNA, now=at(11, 59))
    assert messages() == []


def test_it_is_open_once_the_register_is_sent(door: Door) -> None:
    everyone_else_is_here(session=door.session, by=door.trainer, now=at(11))
    send_register(session=door.session, by=door.trainer, now=at(11))

    assert is_open(door.event, at(11))


def test_codes_are_read_as_people_type_them(door: Door) -> None:
    code, other = code_of(door.event), make_door(["Else Where"], trainer=make_trainer()).event

    assert find_event(f" {code.lower().replace('-', ' – ')} ") == door.event
    assert find_event(f"{other.reference}-{code.rpartition('-')[2]}") is None
    for wrong in (door.event.reference, f"{door.event.reference}-", "-", "", "é-é", "\x00", "9" * 5000, code[:-1]):
        assert find_event(wrong) is None


def test_a_date_that_nobody_is_asked_about_has_no_code(door: Door, client_of: ClientOf) -> None:
    Course.objects.filter(pk=door.event.version.course_id).update(kind=Course.Kind.BRIEFING)

    page = client_of(door.trainer).get(reverse("evaluation:feedback-code", args=[door.event.reference]))

    assert find_event(code_of(door.event)) is None
    assert "has no feedback form" in page.content.decode()
    assert Client().get(here(door)).status_code == 404


def test_the_page_says_the_same_to_everybody(door: Door) -> None:
    client = Client(enforce_csrf_checks=True)
    answers = [client.post(here(door), {"email": email}) for email in (ANNA, "nobody@x.example")]

    assert {(one.status_code, one["Location"], one.content) for one in answers} == {
        (302, reverse("evaluation:here-sent"), b"")
    }


def test_opening_changes_nothing(door: Door) -> None:
    page = Client().get(here(door))
    Client().head(here(door))
    Client().get(reverse("evaluation:here-sent"))

    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex, nofollow")
    assert (Invitation.objects.count(), messages()) == (0, [])


@pytest.mark.parametrize("email", ["", "nonsense", "a@b", "x" * 300 + "@x.example", "\u202ea@x.example", "\x00"])
def test_rubbish_for_an_address_is_refused_in_words(door: Door, email: str) -> None:
    response = Client().post(here(door), {"email": email})

    assert response.status_code in (200, 302, 400)
    assert messages() == [] or response.status_code == 302


def test_wrong_codes_are_counted_by_where_they_come_from(door: Door) -> None:
    wrong = reverse("evaluation:here", args=[f"{door.event.reference}-222222"])
    statuses = {Client().get(wrong).status_code for _ in range(30)}

    assert (statuses, Client().get(here(door)).status_code) == ({404}, 429)
    cache.clear()


def test_a_code_can_be_typed(door: Door) -> None:
    typing = reverse("evaluation:here-code")

    right = Client().get(typing, {"code": code_of(door.event).lower()})
    wrong = Client().get(typing, {"code": "E1-XXXXXX"})

    assert (right.status_code, right["Location"]) == (302, here(door))
    assert "We do not know this code" in wrong.content.decode()
    assert Client().get(typing).status_code == 200


def test_the_trainer_shows_it_and_nobody_else(door: Door, client_of: ClientOf) -> None:
    page = reverse("evaluation:feedback-code", args=[door.event.reference])

    shown = client_of(door.trainer).get(page).content.decode()

    assert (code_of(door.event) in shown, "<svg" in shown) == (True, True)
    assert client_of(make_user(make_trainer("Otto Other"))).get(page).status_code == 404
    assert client_of(make_user()).get(page).status_code in (403, 404)
    assert Client().get(page).status_code == 302


def test_sending_the_last_register_leads_to_it(door: Door, client_of: ClientOf) -> None:
    client, send = client_of(door.trainer), reverse("bookings:register-send", args=[door.event.reference, 1])
    everyone_else_is_here(session=door.session, by=door.trainer, now=NEAR_THE_END)

    assert "Show feedback code and send the register" in client.get(send).content.decode()
    assert client.post(send)["Location"] == reverse("evaluation:feedback-code", args=[door.event.reference])


def test_the_first_of_two_days_has_none(client_of: ClientOf) -> None:
    with time_machine.travel(NEAR_THE_END, tick=False):
        door = make_door(days=2)
        everyone_else_is_here(session=door.session, by=door.trainer, now=NEAR_THE_END)
        client, send = client_of(door.trainer), reverse("bookings:register-send", args=[door.event.reference, 1])

        assert "feedback code" not in client.get(send).content.decode()
        assert client.post(send)["Location"] == reverse("bookings:register-day", args=[door.event.reference, 1])
