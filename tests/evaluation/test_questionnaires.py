"""What people are asked: the standing forms, and new versions of them."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.posting import post_invitation
from evaluation.actions.questionnaires import QuestionText, make_version, texts_of
from evaluation.errors import EvaluationError
from evaluation.models import Question, Questionnaire, QuestionnaireVersion, Stage
from evaluation.questionnaires import current_version
from tests.conftest import ClientOf
from tests.factories import make_user
from tests.factories_catalogue import make_course
from tests.factories_evaluation import ensure_questionnaires, make_attended, make_invitation, make_response
from training.people.models import Role, User

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


def standing(stage: Stage = Stage.END) -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.get(questionnaire__stage=stage, questionnaire__course=None, is_current=True)


def reworded(version: QuestionnaireVersion) -> list[QuestionText]:
    return [*texts_of(version), QuestionText("room", "rating", "The room was right for it.", 1)]


def page(name: str, stage: str = "end") -> str:
    return reverse(f"evaluation:{name}", args=[stage])


def test_standing_forms_are_there_once() -> None:
    ensure_questionnaires()

    assert sorted(Questionnaire.objects.values_list("stage", flat=True)) == ["baseline", "end", "follow_up"]
    codes = {stage: list(standing(stage).questions.values_list("code", flat=True)) for stage in Stage}
    assert codes == {
        "baseline": ["outcome_now", "hope"],
        "end": ["outcome_before", "outcome_now", "relevance", "trainer", "other_agencies", "will_do", "comment"],
        "follow_up": ["outcome_now", "used_it", "did_differently", "blocked"],
    }


def test_new_version_is_current_and_the_old_one_kept(coordinator: User) -> None:
    old = standing()

    new = make_version(
        questionnaire=old.questionnaire,
        after=1,
        introduction="Hello",
        questions=reworded(old),
        by=coordinator,
        now=timezone.now(),
    )

    old.refresh_from_db()
    assert (new.number, new.is_current, old.is_current) == (2, True, False)
    assert old.questions.count() == 7
    assert texts_of(new)[-1].code == "room"


def test_nothing_changed_makes_no_version(coordinator: User) -> None:
    old = standing()

    same = make_version(
        questionnaire=old.questionnaire,
        after=1,
        introduction=old.introduction,
        questions=texts_of(old),
        by=coordinator,
        now=timezone.now(),
    )

    assert same == old


def test_second_writer_is_told(coordinator: User) -> None:
    old = standing()
    given = {"questionnaire": old.questionnaire, "after": 1, "by": coordinator, "now": timezone.now()}
    make_version(introduction="First", questions=texts_of(old), **given)

    with pytest.raises(EvaluationError, match="Somebody else has changed these questions"):
        make_version(introduction="Second", questions=texts_of(old), **given)


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.PDL_MEMBER, Role.AGENCY_LEAD])
def test_others_may_not_change_the_questions(role: Role | None, client_of: ClientOf) -> None:
    from tests.factories import make_agency

    user, old = make_user(role=role, agency=make_agency()), standing()

    with pytest.raises(EvaluationError, match="Only a coordinator"):
        make_version(
            questionnaire=old.questionnaire, after=1, introduction="", questions=[], by=user, now=timezone.now()
        )
    assert client_of(user).get(reverse("evaluation:questionnaires")).status_code == 403


def test_confidence_today_cannot_be_left_out(coordinator: User) -> None:
    old = standing()

    with pytest.raises(EvaluationError, match="Keep the question about confidence today"):
        make_version(
            questionnaire=old.questionnaire,
            after=1,
            introduction="",
            questions=[one for one in texts_of(old) if one.kind != "outcome_now"],
            by=coordinator,
            now=timezone.now(),
        )


def test_those_already_asked_keep_their_questions(coordinator: User) -> None:
    booking = make_attended()
    invitation = make_invitation(booking)
    post_invitation(invitation_pk=invitation.pk, now=invitation.due_at)
    old = standing()
    make_version(
        questionnaire=old.questionnaire,
        after=1,
        introduction="",
        questions=reworded(old),
        by=coordinator,
        now=timezone.now(),
    )

    assert make_response(booking).version == old


def test_those_asked_later_get_the_new_questions(coordinator: User) -> None:
    invitation = make_invitation(make_attended())
    old = standing()
    new = make_version(
        questionnaire=old.questionnaire,
        after=1,
        introduction="",
        questions=reworded(old),
        by=coordinator,
        now=timezone.now(),
    )

    post_invitation(invitation_pk=invitation.pk, now=invitation.due_at)

    invitation.refresh_from_db()
    assert invitation.version == new


def test_course_may_have_its_own_form() -> None:
    course = make_course()
    own = Questionnaire.objects.create(stage=Stage.END, course=course, name="Own")
    version = QuestionnaireVersion.objects.create(questionnaire=own, number=1, made_at=timezone.now())

    assert current_version(Stage.END, course) == version
    assert current_version(Stage.END, make_course()) == standing()


def test_page_rewords_drops_and_adds(coordinator: User, client_of: ClientOf) -> None:
    client = client_of(coordinator)
    form = client.get(page("questionnaire-change")).context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value()}
    given |= {
        "relevance-text": "It was about the work I do.",
        "trainer-is_dropped": "on",
        "new_text": "The room was right for it.",
        "new_kind": "rating",
        "new_level": "1",
    }

    response = client.post(page("questionnaire-change"), given)

    assert response.status_code == 302
    texts = texts_of(standing())
    codes = [one.code for one in texts]
    assert codes == [
        "outcome_before",
        "outcome_now",
        "relevance",
        "other_agencies",
        "will_do",
        "comment",
        "the-room-was-right-for-it",
    ]
    assert texts[2].text == "It was about the work I do."


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"relevance-text": ""}, "relevance-text"),
        ({"relevance-text": "x" * 301}, "relevance-text"),
        ({"new_text": "More?"}, "new_kind"),
        ({"new_text": "More?", "new_kind": "outcome_now", "new_level": "1"}, "new_kind"),
        ({"new_text": "More?", "new_kind": "text", "new_level": "9"}, "new_level"),
        ({"number": "9" * 30}, "number"),
        ({"number": "7"}, "__all__"),
        ({"number": "\u202e"}, "number"),
    ],
)
def test_page_refuses_rubbish(coordinator: User, client_of: ClientOf, change: dict[str, str], wrong: str) -> None:
    client = client_of(coordinator)
    form = client.get(page("questionnaire-change")).context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value()}

    response = client.post(page("questionnaire-change"), given | {"introduction": "Kept"} | change)

    assert response.status_code == 200
    assert wrong in response.context["form"].errors
    assert "Kept" in response.content.decode()
    assert standing().number == 1


@pytest.mark.parametrize("stage", ["nonsense", "9" * 300, "\u202e", "-1"])
def test_nonsense_stage_is_not_found(coordinator: User, client_of: ClientOf, stage: str) -> None:
    assert client_of(coordinator).get(f"/evaluation/questionnaires/{stage}/").status_code == 404


@pytest.mark.parametrize("stage", Stage.values)
def test_pages_open(coordinator: User, client_of: ClientOf, stage: str) -> None:
    client = client_of(coordinator)
    addresses = [
        reverse("evaluation:questionnaires"),
        page("questionnaire", stage),
        page("questionnaire-change", stage),
    ]

    assert [client.get(address).status_code for address in addresses] == [200] * 3


def test_postgresql_refuses_two_current_versions() -> None:
    with pytest.raises(IntegrityError, match="questionnaire_has_one_current_version"), transaction.atomic():
        QuestionnaireVersion.objects.create(questionnaire=standing().questionnaire, number=9, made_at=timezone.now())


def test_postgresql_refuses_a_level_that_is_not_kirkpatricks() -> None:
    with pytest.raises(IntegrityError, match="question_level_is_kirkpatricks"), transaction.atomic():
        Question.objects.create(version=standing(), position=99, code="x", kind="text", text="x", kirkpatrick=5)
