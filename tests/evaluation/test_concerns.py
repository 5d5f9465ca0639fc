"""Concerns: at once to the duty people, taken within a working day, the writer sealed until two agree."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.chasing import chase_concerns
from evaluation.actions.concerns import (
    agree_to_unseal,
    ask_to_unseal,
    close_concern,
    is_unsealed,
    note_on_concern,
    raise_concern,
    take_concern,
)
from evaluation.concern_words import may_be_a_concern
from evaluation.errors import EvaluationError
from evaluation.models import Concern, Unsealing
from tests.conftest import ClientOf
from tests.factories import grant_directly, make_user
from tests.factories_catalogue import any_coordinator, make_teaching, make_trainer
from tests.factories_evaluation import DAY, make_attended, make_concern, make_duty, make_past_event
from training.config import parts
from training.outbox.models import Message
from training.people.models import Role, User
from training.people.models.person import PersonView
from training.web.when import in_london

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")

SECRET = "Her brother hits her and I told nobody."


def page(name: str, concern: Concern) -> str:
    return reverse(f"evaluation:{name}", args=[concern.reference])


def told(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"evaluation.{kind}").values_list("to_name", flat=True))


def london(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    """In November 2030, whose fourth is a Monday: those on duty today are so then."""
    return in_london(datetime.date(2030, 11, day), datetime.time(hour, minute))


# --- The words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        "She disclosed to me that",
        "is this DISCLOSURE?",
        "he talked of suicide",
        "self-harm",
        "self   harming",
        "self‑harm",
        "A child is at risk now",
        "I want to kill\nmyself",
        "hurt by, she said,",
        "he hits\u00a0her",
    ],
)
def test_words_that_look_like_it(text: str) -> None:
    assert may_be_a_concern(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The lift was slow.",
        "suicidology",
        "It hits home",
        "No risk assessment form was given",
        "\u202e",
        "x" * 20000,
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not may_be_a_concern(text)


# --- Raised -----------------------------------------------------------------------------------------


def test_all_duty_people_are_told_at_once_without_the_text() -> None:
    names = [make_duty(name).person for name in ("Dora Duty", "Dan Duty")]
    any_coordinator()

    make_concern(text=SECRET)

    assert len(names) == 2
    assert told("concern_raised") == ["Dan Duty", "Dora Duty"]
    assert told("concern_nobody") == []
    assert [SECRET in message.text + message.html for message in Message.objects.all()].count(True) == 0


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        ((4, 10), (5, 10)),
        ((8, 22), (11, 17)),  # Friday at night: Monday's hours
        ((9, 12), (11, 17)),
        ((8, 16), (11, 16)),
    ],
)
def test_clock_is_one_working_day(raised: tuple[int, int], due: tuple[int, int]) -> None:
    booking = make_attended()

    concern = raise_concern(booking=booking, texts=["x"], found="ticked", now=london(*raised))

    assert concern.due_at == london(*due)


def test_trainer_of_that_date_is_not_told_though_on_duty(client_of: ClientOf) -> None:
    event = make_past_event()
    teaches = make_trainer()
    make_teaching(event, teaches)
    grant_directly(teaches, Role.DUTY)
    trainer, other = make_user(teaches), make_duty("Dora Duty")

    concern = make_concern(make_attended(event))

    assert told("concern_raised") == ["Dora Duty"]
    assert client_of(trainer).get(page("concern", concern)).status_code == 404
    assert client_of(other).get(page("concern", concern)).status_code == 200


def test_nobody_on_duty_tells_the_coordinators() -> None:
    coordinator = any_coordinator()

    make_concern(text=SECRET)

    assert coordinator.person is not None
    assert told("concern_nobody") == [coordinator.person.name]


# --- Dealt with ---------------------------------------------------------------------------------------


def test_take_note_close() -> None:
    duty, now = make_duty(), timezone.now()
    concern = make_concern()

    take_concern(concern=concern, by=duty, now=now)
    note_on_concern(concern=concern, note="Rang the school’s safeguarding lead.", by=duty, now=now)
    close_concern(concern=concern, outcome="agency_acts", note="She has it in hand.", by=duty, now=now)

    concern.refresh_from_db()
    assert (concern.taken_by, concern.closed_at) == (duty.person, now)
    assert [step.code for step in concern.steps.all()] == ["raised", "taken", "note", "agency_acts"]


def test_second_click_changes_nothing() -> None:
    duty, now = make_duty(), timezone.now()
    concern = make_concern()

    for _ in range(2):
        take_concern(concern=concern, by=duty, now=now)
        note_on_concern(concern=concern, note="Rang.", by=duty, now=now)
    for _ in range(2):
        close_concern(concern=concern, outcome="advice", note="Done.", by=duty, now=now)

    codes = [step.code for step in concern.steps.all()]
    assert [codes.count(code) for code in ("taken", "advice")] == [1, 1]


def test_take_is_refused_when_another_has() -> None:
    first, second = make_duty("Dora Duty"), make_duty()
    concern = make_concern()
    take_concern(concern=concern, by=first, now=timezone.now())

    with pytest.raises(EvaluationError, match="Dora Duty has taken this concern"):
        take_concern(concern=concern, by=second, now=timezone.now())


def test_close_is_refused_before_it_is_taken() -> None:
    with pytest.raises(EvaluationError, match="Take the concern first"):
        close_concern(concern=make_concern(), outcome="advice", note="x", by=make_duty(), now=timezone.now())


@pytest.mark.parametrize("outcome", ["", "nonsense", "\u202e", "x" * 5000])
def test_close_is_refused_with_a_rubbish_outcome(outcome: str) -> None:
    duty, concern = make_duty(), make_concern()
    take_concern(concern=concern, by=duty, now=timezone.now())

    with pytest.raises(EvaluationError, match="Choose what came of it"):
        close_concern(concern=concern, outcome=outcome, note="x", by=duty, now=timezone.now())


@pytest.mark.parametrize("note", ["", "  \n", "x" * 501, "\x00"])
def test_rubbish_note_is_refused(note: str) -> None:
    with pytest.raises(EvaluationError):
        note_on_concern(concern=make_concern(), note=note, by=make_duty(), now=timezone.now())


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.COORDINATOR, Role.PDL_MEMBER, Role.ADMINISTRATOR])
def test_others_can_do_nothing(role: Role | None, client_of: ClientOf) -> None:
    concern, user = make_concern(text=SECRET), make_user(role=role)
    client = client_of(user)

    with pytest.raises(EvaluationError):
        take_concern(concern=concern, by=user, now=timezone.now())
    assert client.get(reverse("evaluation:concerns")).status_code == 403
    assert client.get(page("concern", concern)).status_code == 403
    assert [client.post(page(name, concern)).status_code for name in ("concern-take", "writer-agree")] == [403, 403]


def test_signed_out_goes_to_the_sign_in_page(client: Client) -> None:
    concern = make_concern()

    codes = [client.get(address).status_code for address in (reverse("evaluation:concerns"), page("concern", concern))]

    assert codes == [302, 302]


# --- Who wrote it ---------------------------------------------------------------------------------------


def test_two_duty_people_open_the_writer_together(client_of: ClientOf) -> None:
    asking, agreeing = make_duty("Dora Duty"), make_duty("Dan Duty")
    concern = make_concern()
    writer = concern.booking.person.name
    client = client_of(agreeing)

    client_of(asking).post(page("writer-ask", concern), {"reason": "The child cannot be found otherwise."})
    before = client.get(page("concern", concern)).content.decode()
    client.post(page("writer-agree", concern))
    after = client.get(page("concern", concern)).content.decode()

    assert [writer in before, writer in after] == [False, True]
    assert told("unsealing_asked") == ["Dan Duty"]
    assert PersonView.objects.filter(person=concern.booking.person, viewer=agreeing.person).count() == 1
    assert [step.code for step in concern.steps.all()] == ["raised", "unsealing_asked", "unsealed"]


def test_whoever_asked_cannot_agree() -> None:
    duty, concern = make_duty(), make_concern()
    ask_to_unseal(concern=concern, reason="Because", by=duty, now=timezone.now())

    with pytest.raises(EvaluationError, match="another duty person has to agree"):
        agree_to_unseal(concern=concern, by=duty, now=timezone.now())
    assert not is_unsealed(concern)


def test_agreeing_to_nothing_is_refused() -> None:
    with pytest.raises(EvaluationError, match="Nobody has asked"):
        agree_to_unseal(concern=make_concern(), by=make_duty(), now=timezone.now())


def test_asking_needs_a_reason() -> None:
    with pytest.raises(EvaluationError, match="Say why"):
        ask_to_unseal(concern=make_concern(), reason=" ", by=make_duty(), now=timezone.now())


def test_second_asker_keeps_the_first_reason_and_may_agree() -> None:
    first, second, concern = make_duty(), make_duty(), make_concern()
    ask_to_unseal(concern=concern, reason="First", by=first, now=timezone.now())

    unsealing = ask_to_unseal(concern=concern, reason="Second", by=second, now=timezone.now())
    agreed = agree_to_unseal(concern=concern, by=second, now=timezone.now())

    assert (unsealing.reason, agreed.asked_by, agreed.agreed_by) == ("First", first.person, second.person)


def test_postgresql_refuses_one_person_unsealing() -> None:
    duty, concern, now = make_duty(), make_concern(), timezone.now()

    with pytest.raises(IntegrityError, match="unsealing_takes_two"), transaction.atomic():
        Unsealing.objects.create(
            concern=concern, reason="x", asked_by=duty.person, asked_at=now, agreed_by=duty.person, agreed_at=now
        )


def test_postgresql_refuses_closing_what_nobody_took() -> None:
    concern = make_concern()

    with pytest.raises(IntegrityError, match="concern_closed_was_taken"), transaction.atomic():
        Concern.objects.filter(pk=concern.pk).update(closed_at=timezone.now())


# --- Overdue -----------------------------------------------------------------------------------------------


def raised_on_monday() -> Concern:
    return raise_concern(booking=make_attended(), texts=[SECRET], found="ticked", now=london(4, 10))


def test_overdue_reminds_duty_people_and_tells_coordinators_without_the_text() -> None:
    make_duty("Dora Duty")
    coordinator = any_coordinator()
    raised_on_monday()

    made = [chase_concerns(now=london(5, hour)) for hour in (9, 11, 12)]

    assert coordinator.person is not None
    assert made == [0, 1, 0]
    assert told("concern_overdue") == ["Dora Duty"]
    assert told("concern_overdue_coordinator") == [coordinator.person.name]
    assert [SECRET in message.text for message in Message.objects.all()].count(True) == 0


def test_overdue_is_chased_each_working_day_until_it_is_taken() -> None:
    duty = make_duty()
    concern = raised_on_monday()

    made = [chase_concerns(now=london(day, 12)) for day in (7, 8, 9, 10, 11)]
    take_concern(concern=concern, by=duty, now=london(11, 13))

    assert made == [1, 1, 0, 0, 1]
    assert chase_concerns(now=london(12, 12)) == 0


# --- Home pages and lists --------------------------------------------------------------------------------------


def test_duty_person_has_it_first_on_their_home_page() -> None:
    duty = make_duty()
    concern = make_concern(text=SECRET)

    rows = parts.todos(duty, timezone.now())

    assert rows[0].url == page("concern", concern)
    assert rows[0].weight == 0
    assert SECRET not in str(rows)


def test_coordinator_is_told_of_overdue_ones_only() -> None:
    coordinator = any_coordinator()
    concern = make_concern(text=SECRET)

    sentences = [
        [row.sentence for row in parts.todos(coordinator, moment) if row.weight == 0]
        for moment in (concern.raised_at, concern.due_at + DAY)
    ]

    assert sentences == [[], ["1 concern from forms waits overdue for a duty person. Ring one now."]]


def test_taken_by_another_is_no_longer_on_the_home_page() -> None:
    first, second = make_duty(), make_duty()
    take_concern(concern=make_concern(), by=first, now=timezone.now())

    assert [len([row for row in parts.todos(user, timezone.now()) if row.weight == 0]) for user in (first, second)] == [
        1,
        0,
    ]


def test_pages_take_note_and_close(client_of: ClientOf) -> None:
    client = client_of(make_duty())
    concern = make_concern()

    client.post(page("concern-take", concern))
    client.post(page("concern-note", concern), {"note": "Rang."})
    refused = client.post(page("concern-close", concern), {"note": "Kept though the outcome is missing"})
    client.post(page("concern-close", concern), {"outcome": "known", "note": "Known to social care."})

    concern.refresh_from_db()
    assert refused.status_code == 200
    assert "Kept though the outcome is missing" in refused.content.decode()
    assert concern.closed_at is not None
    assert client.get(reverse("evaluation:concerns")).status_code == 200


def test_opening_a_concern_does_not_take_it(client_of: ClientOf) -> None:
    concern = make_concern()

    client_of(make_duty()).get(page("concern", concern))

    concern.refresh_from_db()
    assert concern.taken_by is None


@pytest.mark.parametrize("reference", ["ZZZZZZZZ", "9" * 400, "\u202egnp.exe", "-1", "' OR 1=1 --"])
def test_nonsense_reference_is_not_found(client_of: ClientOf, reference: str) -> None:
    assert client_of(make_duty()).get(f"/evaluation/concerns/{reference}/").status_code == 404


def test_what_was_written_is_never_markup(client_of: ClientOf) -> None:
    concern = make_concern(text="<script>alert(1)</script>")

    assert "<script>alert" not in client_of(make_duty()).get(page("concern", concern)).content.decode()


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_list_asks_as_often_for_three_rows_as_for_one(client_of: ClientOf) -> None:
    duty: User = make_duty()
    client = client_of(duty)
    make_concern()
    client.get("/")
    addresses = (reverse("evaluation:concerns"), "/")
    with_one = [queries(client, address) for address in addresses]

    make_concern()
    make_concern()

    assert [queries(client, address) for address in addresses] == with_one
