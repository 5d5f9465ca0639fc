"""Concerns on the duty people’s pages and home pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evaluation.actions.concerns import (
    take_concern,
)
from evaluation.models import Concern
from tests.conftest import ClientOf
from tests.factories_catalogue import any_coordinator
from tests.factories_evaluation import DAY, make_concern, make_duty
from training.config import parts
from training.outbox.models import Message
from training.people.models import User

pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


SECRET = "Her brother hits her and I told nobody."


def page(name: str, concern: Concern) -> str:
    return reverse(f"evaluation:{name}", args=[concern.reference])


def told(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=f"evaluation.{kind}").values_list("to_name", flat=True))


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


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
