"""A person's own page for the coordinator: read only, looked at for a reason, and sending something again."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.actions.sending_again import Again, send_again
from bookings.errors import BookingsError
from bookings.models import Booking, Status
from evaluation.actions.asking_again import ask_everybody_here
from evaluation.models import Invitation, Stage
from tests.conftest import ClientOf
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, make_event
from tests.factories_evaluation import ensure_questionnaires, make_attended, make_concern, token_for
from training.outbox.models import Message
from training.people.models import Person, PersonView, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership", "no_second_factor")]


@pytest.fixture
def booking(partnership: object) -> Booking:
    return make_booking(make_event(days=[timezone.localdate() + datetime.timedelta(days=20)]))


def page(person: Person, why: str = "asked") -> str:
    return f"{reverse('evaluation:their-page', args=[person.reference])}?why={why}"


def send(client: Client, booking: Booking, what: str) -> object:
    where = reverse("evaluation:their-page-send-again", args=[booking.person.reference])
    return client.post(where, {"booking": booking.reference, "what": what}, follow=True)


def test_it_shows_what_they_see_and_logs_why(booking: Booking, client_of: ClientOf) -> None:
    shown = client_of(any_coordinator()).get(page(booking.person)).content.decode()

    look = PersonView.objects.get(person=booking.person)
    assert (booking.event.version.title in shown, "somebody else’s page" in shown) == (True, True)
    assert (look.page, look.reason) == ("evaluation:their-page", "They asked me")


@pytest.mark.parametrize("why", ["", "nonsense", "9" * 5000, "They asked me"])
def test_without_a_reason_nothing_is_shown(booking: Booking, client_of: ClientOf, why: str) -> None:
    shown = client_of(any_coordinator()).get(page(booking.person, why)).content.decode()

    assert (booking.event.version.title in shown, "Why do you open it?" in shown) == (False, True)
    assert not PersonView.objects.exists()


def test_who_was_looked_at_reads_why(booking: Booking, client_of: ClientOf) -> None:
    client_of(any_coordinator()).get(page(booking.person))

    own = client_of(make_user(booking.person)).get(reverse("people:my")).content.decode()

    assert "your page as you see it (they asked me)" in own


def test_no_link_no_answer_and_no_concern_is_on_it(client_of: ClientOf) -> None:
    ensure_questionnaires()
    attended = make_attended()
    ask_everybody_here(event=attended.event, now=timezone.now())
    make_concern(attended, "I am worried about a child.")
    invitation = Invitation.objects.get(booking=attended, stage=Stage.END)

    shown = client_of(any_coordinator()).get(page(attended.person)).content.decode()

    assert "Send the feedback link again" in shown
    assert (token_for(invitation) in shown, "worried about a child." in shown) == (False, False)


@pytest.mark.parametrize("what", ["confirmation", "joining"])
def test_sent_again_is_one_more_message(booking: Booking, client_of: ClientOf, what: str) -> None:
    client, before = client_of(any_coordinator()), Message.objects.count()

    for _ in range(2):
        send(client, booking, what)

    sent = Message.objects.order_by("pk")[before:]
    assert [(one.to_address, ":again:" in one.key) for one in sent] == [(booking.person.email, True)]


def test_the_confirmation_carries_the_entry_that_they_have(booking: Booking) -> None:
    first = Message.objects.filter(kind="bookings.booked").get()

    send_again(booking=booking, what=Again.CONFIRMATION, by=any_coordinator(), now=timezone.now())

    again = Message.objects.filter(kind="bookings.booked").latest("pk")
    lines = [set(one.calendar.splitlines()) for one in (first, again)]
    same = [{line for line in one if line.startswith(("UID", "SEQUENCE"))} for one in lines]
    assert same[0] == same[1] != set()


def test_the_feedback_link_is_sent_again_and_says_the_same_either_way(client_of: ClientOf) -> None:
    ensure_questionnaires()
    attended = make_attended()
    ask_everybody_here(event=attended.event, now=timezone.now() - datetime.timedelta(hours=1))

    for _ in range(2):
        answer = send(client_of(any_coordinator()), attended, "feedback")
        assert "If they have not answered yet" in answer.content.decode()  # type: ignore[attr-defined]

    assert Message.objects.filter(kind="evaluation.ask_again").count() == 1


def test_what_cannot_be_sent_is_said(booking: Booking) -> None:
    coordinator, now = any_coordinator(), timezone.now()
    Person.objects.filter(pk=booking.person_id).update(email="")
    with pytest.raises(BookingsError, match="no e-mail address"):
        send_again(booking=booking, what=Again.JOINING, by=coordinator, now=now)
    with pytest.raises(BookingsError, match="or it is over"):
        send_again(booking=booking, what=Again.JOINING, by=coordinator, now=now + datetime.timedelta(days=30))
    with pytest.raises(BookingsError, match="Only a coordinator"):
        send_again(booking=booking, what=Again.JOINING, by=make_user(booking.person), now=now)


@pytest.mark.parametrize(
    "typed", [{}, {"what": "everything"}, {"booking": "\u202e"}, {"booking": "9" * 5000}, {"what": ""}]
)
def test_a_form_that_nobody_was_given_sends_nothing(
    booking: Booking, client_of: ClientOf, typed: dict[str, str]
) -> None:
    where, before = (
        reverse("evaluation:their-page-send-again", args=[booking.person.reference]),
        Message.objects.count(),
    )
    data = {"booking": booking.reference, "what": "joining", **typed} if typed else {}

    assert client_of(any_coordinator()).post(where, data).status_code == 404
    assert Message.objects.count() == before


def test_a_booking_of_somebody_else_is_not_found(booking: Booking, client_of: ClientOf) -> None:
    other = make_booking(make_event())
    where = reverse("evaluation:their-page-send-again", args=[other.person.reference])

    answer = client_of(any_coordinator()).post(where, {"booking": booking.reference, "what": "joining"})

    assert (answer.status_code, booking.status) == (404, Status.BOOKED)


def test_nobody_else_opens_it(booking: Booking, client_of: ClientOf) -> None:
    lead = make_user(role=Role.AGENCY_LEAD, agency=make_agency())
    for user in (make_user(), make_user(booking.person), lead):
        assert client_of(user).get(page(booking.person)).status_code in (403, 404)
    assert Client().get(page(booking.person)).status_code == 302
