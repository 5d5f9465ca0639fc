"""The form behind a personal link: answered once, kept without a name."""

import datetime
import threading

import pytest
from django.apps import apps
from django.db import close_old_connections, connection
from django.db.models import ForeignKey
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bookings.actions.leaving import leave
from bookings.actions.replacing import move_to_date
from bookings.models import Booking
from evaluation.actions.answering import answer
from evaluation.answering import find_asked
from evaluation.errors import EvaluationError
from evaluation.links import path_of
from evaluation.models import Answer, Comment, Concern, Invitation, Response, Stage
from evaluation.pairing import pairing_key
from tests.conftest import ClientOf
from tests.factories import make_agency, make_partnership, make_person, make_user
from tests.factories_bookings import make_booking
from tests.factories_catalogue import any_coordinator, in_days, make_course, make_event
from tests.factories_evaluation import (
    DAY,
    HOUR,
    attend,
    make_attended,
    make_duty,
    make_invitation,
    make_past_event,
    make_response,
    token_for,
)
from training.catalogue.models import Event
from training.people.models import Person, Role, User

FULL = {
    "outcome_before-1": "2",
    "outcome_before-2": "3",
    "outcome_now-1": "4",
    "outcome_now-2": "5",
    "relevance": "5",
    "trainer": "4",
    "other_agencies": "3",
    "will_do": "Ask the school nurse first.",
    "comment": "",
}


@pytest.fixture
def invitation(partnership: object) -> Invitation:
    return make_invitation(make_attended(agency=make_agency(sector="health")))


# --- It works ---------------------------------------------------------------------------------------


def test_answer_is_kept_without_a_name(invitation: Invitation, client: Client) -> None:
    response = client.post(path_of(invitation), FULL)

    kept = Response.objects.get()
    invitation.refresh_from_db()
    assert response.url == reverse("evaluation:answer-thanks")
    assert (kept.stage, kept.sector, kept.on) == ("end", "health", timezone.localdate())
    assert kept.pairing_key == pairing_key(invitation.booking.episode)
    assert [answer.rating for answer in kept.answers.order_by("pk")] == [2, 3, 4, 5, 5, 4, 3]
    assert [comment.text for comment in kept.comments.all()] == ["Ask the school nurse first."]
    assert (invitation.is_spent, invitation.answered_on) == (True, None)


def test_page_opens_with_whom_to_contact(db: None, client: Client) -> None:
    make_partnership(safety_contact="Duty line: 020 7946 0000")
    page = client.get(path_of(make_invitation(make_attended()))).content.decode()

    worried = page.index("Worried about a child, an adult or a colleague?")
    assert worried < page.index("020 7946 0000") < page.index("Who reads this") < page.index("<form")


def test_opening_changes_nothing_though_a_scanner_does_it_ten_times(invitation: Invitation, client: Client) -> None:
    before = list(Invitation.objects.values())

    with CaptureQueriesContext(connection) as captured:
        codes = [client.get(path_of(invitation)).status_code for _ in range(10)] + [
            client.head(path_of(invitation)).status_code
        ]

    assert codes == [200] * 11
    assert list(Invitation.objects.values()) == before
    assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == []


def test_page_shows_no_name_and_is_kept_nowhere(invitation: Invitation, client_of: ClientOf) -> None:
    user = make_user(invitation.booking.person)

    response = client_of(user).get(path_of(invitation))

    assert user.person is not None
    assert user.person.name not in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_log_does_not_say_who_was_signed_in(
    invitation: Invitation, client_of: ClientOf, capsys: pytest.CaptureFixture[str]
) -> None:
    user = make_user(invitation.booking.person)
    from structlog.testing import capture_logs

    with capture_logs() as lines:
        client_of(user).post(path_of(invitation), FULL)

    said = [line for line in lines if line.get("url_name") == "evaluation:answer"]
    assert [line["user_id"] for line in said] == [None]
    assert token_for(invitation) not in str(lines)


def test_retrospective_question_is_for_whoever_gave_no_baseline(partnership: object, client: Client) -> None:
    event = make_past_event()
    gave, gave_none = make_booking(event), make_booking(event)
    make_response(gave, Stage.BASELINE)
    pages = [client.get(path_of(make_invitation(attend(booking)))).content.decode() for booking in (gave, gave_none)]

    assert ["outcome_before" in page for page in pages] == [False, True]


def test_stages_of_one_person_are_matched(partnership: object) -> None:
    booking = make_booking(make_past_event())
    rows = [make_response(booking, Stage.BASELINE, outcome_now=2)]
    attend(booking)
    rows += [make_response(booking, Stage.END), make_response(booking, Stage.FOLLOW_UP)]

    assert {row.pairing_key for row in rows} == {pairing_key(booking.episode)}
    assert len({row.pk for row in rows}) == 3


def test_two_people_have_two_pairing_keys(partnership: object) -> None:
    event = make_past_event()

    rows = [make_response(make_attended(event)) for _ in range(2)]

    assert rows[0].pairing_key != rows[1].pairing_key


def test_pairing_key_depends_on_the_key_in_the_settings(partnership: object, settings: object) -> None:
    booking = make_attended()
    before = pairing_key(booking.episode)

    settings.PAIRING_KEY = "another"  # type: ignore[attr-defined]

    assert pairing_key(booking.episode) != before


def test_whoever_moved_answers_about_the_new_date(partnership: object) -> None:
    course = make_course(outcomes=["Know whom to tell"])
    booking = make_booking(make_event(course))
    invitation = make_invitation(booking, Stage.BASELINE, now=timezone.now())
    other = make_event(course, days=[in_days(60)])
    move_to_date(booking=booking, event=other, by=any_coordinator(), now=timezone.now())

    asked = find_asked(token_for(invitation), timezone.now())

    assert asked is not None
    assert asked.event == other
    assert asked.key == pairing_key(booking.episode)


# --- Links that open nothing -----------------------------------------------------------------------------


def closed_page(client: Client) -> bytes:
    return client.get("/evaluate/nonsense/").content


def test_used_link_opens_nothing(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL)

    again = client.get(path_of(invitation))

    assert again.status_code == 404
    assert again.content == closed_page(client)


def test_second_answer_is_not_taken(invitation: Invitation, client: Client) -> None:
    first = client.post(path_of(invitation), FULL)
    second = client.post(path_of(invitation), FULL | {"relevance": "1"})

    assert [first.status_code, second.status_code] == [302, 404]
    assert second.content == closed_page(client)
    assert [answer.rating for answer in Answer.objects.filter(question__code="relevance")] == [5]


@pytest.mark.parametrize(
    "token", ["x", "ÀÉ", "\u202egnp", "a" * 43, "A" * 4000, "..%2f..", "' OR 1=1 --", "0", "-1", "%F0%9F%98%80"]
)
def test_nonsense_token_opens_nothing(partnership: object, client: Client, token: str) -> None:
    responses = [client.get(f"/evaluate/{token}/"), client.post(f"/evaluate/{token}/", FULL)]

    assert [response.status_code for response in responses] == [404, 404]


def test_nul_in_a_token_is_refused(partnership: object, client: Client) -> None:
    assert client.get("/evaluate/a%00b/").status_code == 400


def test_link_before_it_closes_and_after(invitation: Invitation) -> None:
    token, closes = token_for(invitation), invitation.closes_at

    assert find_asked(token, closes - HOUR) is not None
    assert find_asked(token, closes) is None
    with pytest.raises(EvaluationError):
        answer(token=token, given=[], is_about_safety=False, now=closes)


def test_link_of_a_cancelled_booking_opens_nothing(partnership: object) -> None:
    booking = make_booking(make_event())
    invitation = make_invitation(booking, Stage.BASELINE, now=timezone.now())

    leave(booking=booking, by=any_coordinator(), now=timezone.now())

    assert find_asked(token_for(invitation), timezone.now()) is None


def test_link_of_another_installation_opens_nothing(invitation: Invitation, settings: object) -> None:
    settings.SECRET_KEY = "another installation's key"  # type: ignore[attr-defined]

    assert find_asked(token_for(invitation), timezone.now()) is None


# --- Bad input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["0", "6", "-1", "9" * 400, "five", "4.5", "５"])
def test_rubbish_rating_is_refused_and_nothing_is_lost(invitation: Invitation, client: Client, rating: str) -> None:
    response = client.post(path_of(invitation), FULL | {"relevance": rating})

    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert "Ask the school nurse first." in page
    assert page.count(" checked") == 6
    assert Response.objects.count() == 0


@pytest.mark.parametrize("name", ["outcome_now-1", "outcome_now-2", "relevance"])
def test_missing_required_is_refused(invitation: Invitation, client: Client, name: str) -> None:
    response = client.post(path_of(invitation), {key: value for key, value in FULL.items() if key != name})

    assert list(response.context["form"].errors) == [name]
    assert Response.objects.count() == 0


def test_only_what_is_required_is_enough(invitation: Invitation, client: Client) -> None:
    response = client.post(path_of(invitation), {"outcome_now-1": "4", "outcome_now-2": "4", "relevance": "4"})

    assert response.status_code == 302
    assert (Answer.objects.count(), Comment.objects.count()) == (3, 0)


def test_empty_post_says_what_is_missing(invitation: Invitation, client: Client) -> None:
    response = client.post(path_of(invitation), {})

    assert list(response.context["form"].errors) == ["outcome_now-1", "outcome_now-2", "relevance"]


def test_a_very_long_text_is_refused_and_given_back(invitation: Invitation, client: Client) -> None:
    text = "Neglect. " * 2300

    response = client.post(path_of(invitation), FULL | {"comment": text})

    assert list(response.context["form"].errors) == ["comment"]
    assert text.strip() in response.content.decode()


def test_nul_in_a_text_is_refused(invitation: Invitation, client: Client) -> None:
    assert client.post(path_of(invitation), FULL | {"comment": "a\x00b"}).status_code == 400
    assert Response.objects.count() == 0


def test_characters_that_turn_text_round_are_left_out(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL | {"comment": "Good\u202e day\r\nשלום"})

    assert Comment.objects.get(question__code="comment").text == "Good day\r\nשלום"


def test_unknown_fields_change_nothing(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL | {"outcome_now-3": "5", "used_it": "Yes", "stage": "follow_up"})

    assert Answer.objects.count() == 7
    assert Response.objects.get().stage == "end"


def test_choice_not_offered_is_refused(partnership: object, client: Client, time_machine: object) -> None:
    invitation = make_invitation(make_attended(), Stage.FOLLOW_UP)
    time_machine.move_to(invitation.due_at + HOUR)  # type: ignore[attr-defined]
    given = {"outcome_now-1": "4", "outcome_now-2": "4", "used_it": "Perhaps"}

    refused = client.post(path_of(invitation), given)
    taken = client.post(path_of(invitation), given | {"used_it": "Not yet"})

    assert list(refused.context["form"].errors) == ["used_it"]
    assert taken.status_code == 302
    assert Answer.objects.get(question__code="used_it").choice == "Not yet"


# --- Safety ---


def test_tick_sends_the_words_to_the_duty_people_alone(invitation: Invitation, client: Client) -> None:
    given = FULL | {"is_about_safety": "on", "comment": "My colleague frightens me."}

    response = client.post(path_of(invitation), given)

    concern = Concern.objects.get()
    assert response.url == reverse("evaluation:answer-passed-on")
    assert concern.found == "ticked"
    assert concern.text == "Ask the school nurse first.\n\nMy colleague frightens me."
    assert Comment.objects.count() == 0
    assert Answer.objects.count() == 7


def test_tick_without_words_is_a_concern_too(invitation: Invitation, client: Client) -> None:
    client.post(path_of(invitation), FULL | {"is_about_safety": "on", "will_do": ""})

    assert Concern.objects.get().text == ""


def test_words_that_look_like_it_do_not_block(invitation: Invitation, client: Client) -> None:
    text = "A girl in my class said she was HURT  by her uncle."

    response = client.post(path_of(invitation), FULL | {"comment": text})

    assert response.url == reverse("evaluation:answer-passed-on")
    assert (Concern.objects.get().found, Concern.objects.get().text) == ("matched", text)
    assert Comment.objects.filter(text=text).count() == 1


# --- Privacy ---


def test_no_foreign_key_leads_from_an_answer_to_a_person() -> None:
    """However many steps forwards: to the event, the course and the questions, and no further."""
    reached: set[object] = {Response, Answer, Comment}
    todo = [Response, Answer, Comment]
    while todo:
        targets = {field.related_model for field in todo.pop()._meta.fields if isinstance(field, ForeignKey)}
        todo += targets - reached
        reached |= targets

    assert Event in reached
    assert reached & {Person, User, Booking, Invitation, Concern} == set()


def test_nothing_that_belongs_to_a_person_points_to_an_answer() -> None:
    answers = {Response, Answer, Comment}
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model in answers
    }

    owners = {"Answer", "Comment", "CommentStep", "EvidenceItem", "EvidenceItemHistory"}
    assert {model.__name__ for model in pointing} <= owners


def test_response_has_no_column_with_an_hour() -> None:
    from django.db.models import DateTimeField

    kinds = [type(field) for model in (Response, Answer, Comment) for field in model._meta.fields]

    assert DateTimeField not in kinds


def test_no_value_of_a_response_stands_in_a_row_about_the_person(partnership: object) -> None:
    booking = make_attended()
    response = make_response(booking, comment="The lift was slow.")
    comment = response.comments.get()
    kept = {str(response.pk), response.pairing_key, str(comment.pk), comment.text}

    invitation = Invitation.objects.get(booking=booking, stage=Stage.END)
    about = [invitation, booking, booking.person, *booking.steps.all()]
    values = {str(value) for row in about for name, value in vars(row).items() if name != "_state"}

    assert kept & values == set()


def test_audit_keeps_nothing_of_an_answer(invitation: Invitation, client: Client) -> None:
    from pghistory.models import Events

    before = Events.objects.count()

    client.post(path_of(invitation), FULL)

    assert Events.objects.count() == before


# --- Cost and races ---


def test_answer_costs_as_many_queries_for_five_outcomes_as_for_one(partnership: object, client: Client) -> None:
    counts = []
    for number in (1, 5):
        course = make_course(outcomes=[f"Do thing {n}" for n in range(number)])
        invitation = make_invitation(make_attended(make_past_event(course=course)))
        given = {"relevance": "4"} | {f"outcome_now-{n + 1}": "4" for n in range(number)}
        with CaptureQueriesContext(connection) as captured:
            assert client.post(path_of(invitation), given).status_code == 302
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert counts[0] <= 16


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one() -> None:
    make_partnership()
    invitation = make_invitation(make_attended())
    codes, barrier = [], threading.Barrier(2)

    def send() -> None:
        barrier.wait()
        codes.append(Client().post(path_of(invitation), FULL).status_code)
        close_old_connections()
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(codes) == [302, 404]
    assert Response.objects.count() == 1


# --- Whose page asks for it ---


def test_own_page_and_home_ask_for_feedback(invitation: Invitation, client_of: ClientOf) -> None:
    client = client_of(make_user(invitation.booking.person))

    pages = [client.get(address).content.decode() for address in ("/my/", "/")]

    assert [path_of(invitation) in page for page in pages] == [True, True]
    assert pages[1].count(path_of(invitation)) == 1


def test_own_page_does_not_ask_for_what_is_answered(invitation: Invitation, client_of: ClientOf) -> None:
    make_response(invitation.booking)

    page = client_of(make_user(invitation.booking.person)).get("/my/").content.decode()

    assert "We would like to hear from you" not in page


def test_nobody_else_is_shown_the_link(invitation: Invitation, client_of: ClientOf) -> None:
    users = [make_user(), make_user(role=Role.TRAINER), make_duty()]

    pages = [client_of(user).get("/").content.decode() for user in users]

    assert [path_of(invitation) in page for page in pages] == [False] * 3


def test_export_says_that_and_not_what(invitation: Invitation) -> None:
    from evaluation.parts import export_person

    make_response(invitation.booking, comment="The lift was slow.")

    exported = export_person(invitation.booking.person)

    assert [row["form"] for row in exported["asked_for_feedback"]] == ["At the end", "Two months on"]
    assert "lift" not in str(exported)


def test_person_without_a_booking_exports_nothing(partnership: object) -> None:
    from evaluation.parts import export_person

    assert export_person(make_person()) == {"asked_for_feedback": []}


def test_follow_up_is_not_shown_before_its_day(partnership: object, client_of: ClientOf) -> None:
    invitation = make_invitation(make_attended(), Stage.FOLLOW_UP)

    page = client_of(make_user(invitation.booking.person)).get("/my/").content.decode()

    assert path_of(invitation) not in page
    assert invitation.due_at > timezone.now() + 30 * DAY
    assert invitation.closes_at == invitation.due_at + datetime.timedelta(days=28)
