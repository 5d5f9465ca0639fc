"""What a group hopes to learn: screened, mixed, and never one text by itself."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.models import Comment
from tests.conftest import ClientOf
from tests.evaluation.making import respond
from tests.factories import make_user
from tests.factories_catalogue import any_coordinator, make_event, make_teaching, make_trainer
from training.catalogue.models import Event
from training.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership", "no_second_factor")]
NOTHING = "Nothing can be shown yet"


@pytest.fixture
def event() -> Event:
    return make_event()


@pytest.fixture
def trainer(event: Event) -> User:
    person = make_trainer("Tess Trainer")
    make_teaching(event, person)
    return make_user(person)


def hope(event: Event, text: str, state: str = "cleared", *, days_ago: int = 1) -> Comment:
    """Typed as “raw …”: whoever sees that has seen what nobody screened."""
    cleared = "" if state in ("unscreened", "withheld") else text
    on = timezone.localdate() - datetime.timedelta(days=days_ago)
    response = respond(event, "baseline", on=on, hope={"text": f"raw {text}", "cleared_text": cleared, "state": state})
    return response.comments.get()


def hopes(event: Event, *states: str, days_ago: int = 1) -> list[str]:
    return [
        hope(event, f"hope {number} of {days_ago}", state, days_ago=days_ago).text
        for number, state in enumerate(states)
    ]


def shown(client_of: ClientOf, event: Event, user: User) -> str:
    answer = client_of(user).get(reverse("evaluation:register-hopes", args=[event.reference]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_five_that_are_screened_are_shown_in_the_order_of_their_ids(
    event: Event, trainer: User, client_of: ClientOf
) -> None:
    hopes(event, "cleared", "quotable", "cleared", "withheld", "cleared")

    page = shown(client_of, event, trainer)

    wanted = list(Comment.objects.cleared().order_by("pk").values_list("cleared_text", flat=True))
    assert (len(wanted), [page.index(text) for text in wanted]) == (4, sorted(page.index(text) for text in wanted))
    assert (NOTHING in page, "raw hope" in page) == (False, False)


@pytest.mark.parametrize(
    "states",
    [["cleared"] * 4, ["cleared"] * 4 + ["unscreened"], [], ["withheld"] * 5],
    ids=lambda states: str(len(states)),
)
def test_fewer_or_with_one_unread_are_not(states: list[str], event: Event, trainer: User, client_of: ClientOf) -> None:
    hopes(event, *states)

    page = shown(client_of, event, trainer)

    assert (NOTHING in page, "hope 0" in page) == (True, False)


def test_who_answers_late_is_not_told_apart(event: Event, trainer: User, client_of: ClientOf) -> None:
    hopes(event, *["cleared"] * 5, days_ago=9)
    before = shown(client_of, event, trainer)

    hopes(event, *["cleared"] * 4, days_ago=2)
    assert shown(client_of, event, trainer).count(" of 2") == 0
    hope(event, "the fifth of 2", "unscreened", days_ago=2)
    assert shown(client_of, event, trainer).count(" of 2") == 0
    Comment.objects.filter(state="unscreened").update(state="cleared", cleared_text="the fifth of 2")

    assert (before.count(" of 9"), shown(client_of, event, trainer).count(" of 2")) == (5, 5)


def test_what_was_written_today_waits(event: Event, trainer: User, client_of: ClientOf) -> None:
    hopes(event, *["cleared"] * 5, days_ago=0)

    assert NOTHING in shown(client_of, event, trainer)


def test_other_dates_and_other_questions_are_not_counted(event: Event, trainer: User, client_of: ClientOf) -> None:
    hopes(event, *["cleared"] * 4)
    hopes(make_event(event.version.course), *["cleared"] * 5)
    for _ in range(5):
        respond(event, "follow_up", did_differently={"text": "x", "cleared_text": "another matter", "state": "cleared"})

    page = shown(client_of, event, trainer)

    assert (NOTHING in page, "another matter" in page) == (True, False)


def test_nobody_else_opens_it(event: Event, client_of: ClientOf) -> None:
    other = make_user(make_trainer("Otto Other"))
    page = reverse("evaluation:register-hopes", args=[event.reference])

    assert client_of(other).get(page).status_code == 404
    assert client_of(make_user()).get(page).status_code in (403, 404)
    assert client_of(any_coordinator()).get(reverse("evaluation:register-hopes", args=["NOTHERE"])).status_code == 404
    assert client_of(any_coordinator()).post(page).status_code == 405


def test_the_register_leads_there(event: Event, trainer: User, client_of: ClientOf) -> None:
    page = client_of(trainer).get(reverse("bookings:register", args=[event.reference])).content.decode()

    assert reverse("evaluation:register-hopes", args=[event.reference]) in page
