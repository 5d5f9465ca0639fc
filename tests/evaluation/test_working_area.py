"""The landing page of evaluation, by role: what waits is acted on where it leads."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.posting import post_due
from tests.conftest import ClientOf
from tests.evaluation.evidence_making import make_comment, make_evidence
from tests.evaluation.manager_making import make_digest
from tests.factories import make_agency, make_user
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import make_attended, make_concern, make_invitation, make_past_event
from training.people.models import Role, User

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")
PAGE = "/evaluation/"


def tasks(client: Client) -> dict[str, str]:
    return {task.label: task.status for task in client.get(PAGE).context["tasks"]}


def test_path_is_that_of_the_contract() -> None:
    assert reverse("evaluation:evaluation") == PAGE


def test_coordinator_sees_what_waits(client_of: ClientOf) -> None:
    make_comment("We met the school.")
    make_evidence(by=make_user(role=Role.PDL_MEMBER))

    assert tasks(client_of(any_coordinator())) == {
        "Concerns overdue for a duty person": "None",
        "Answers in people’s own words, to be read before anybody sees them": "1",
        "Evidence to grade": "1",
        "Cleared answers that may be evidence": "None",
        "Approved evidence that is out of date": "None",
    }


def test_own_a_and_b_drafts_are_for_somebody_else(client_of: ClientOf) -> None:
    make_evidence(by=any_coordinator())

    found = tasks(client_of(any_coordinator()))

    assert (found["Evidence to grade"], found["Your own A and B drafts, for somebody else to grade"]) == ("None", "1")


def test_pdl_member_grades_and_screens_nothing(client_of: ClientOf) -> None:
    make_comment("We met the school.")

    found = tasks(client_of(make_user(role=Role.PDL_MEMBER)))

    assert list(found) == [
        "Evidence to grade",
        "Cleared answers that may be evidence",
        "Approved evidence that is out of date",
    ]


def test_executive_reads_without_a_task(client_of: ClientOf) -> None:
    page = client_of(make_user(role=Role.EXECUTIVE)).get(PAGE)

    assert (page.status_code, page.context["tasks"]) == (200, [])
    assert "What people are asked" not in page.content.decode()


def test_nobody_reads_a_concern_here(client_of: ClientOf) -> None:
    make_concern(text="Something nobody should read here.")

    assert "nobody should read" not in client_of(any_coordinator()).get(PAGE).content.decode()


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.PROVIDER_MANAGER, Role.AGENCY_LEAD, Role.BIDDER])
def test_others_are_refused(role: Role | None, client_of: ClientOf) -> None:
    user: User = make_user(role=role, agency=make_agency())

    assert client_of(user).get(PAGE).status_code == 403


def test_signed_out_goes_to_the_sign_in_page(client: Client) -> None:
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"


def test_posting_is_not_a_verb_of_this_page(client_of: ClientOf) -> None:
    assert client_of(any_coordinator()).post(PAGE).status_code == 405


def open_end_forms(number: int) -> None:
    for _ in range(number):
        booking = make_attended(make_past_event())
        make_invitation(booking)
    post_due(now=timezone.now())


def test_open_forms_are_listed_with_how_many_answered(client_of: ClientOf) -> None:
    open_end_forms(1)
    make_digest()

    page = client_of(any_coordinator()).get(PAGE).content.decode()

    assert "0.0 %: 0 of 1 people answered" in page
    assert "Managers have been asked about 1 person and have answered for 0." in page


def test_page_asks_as_often_for_three_forms_as_for_one(client_of: ClientOf) -> None:
    client = client_of(any_coordinator())
    counts = []
    for number in (1, 2):
        open_end_forms(number)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        counts.append(len(captured))

    assert counts[0] == counts[1]
