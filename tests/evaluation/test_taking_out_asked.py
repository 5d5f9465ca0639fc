"""Asking for everything: who asks and agrees, the file while it is there, what PostgreSQL refuses, the page."""

import datetime
import io
import zipfile

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from evaluation.actions.taking_out import (
    agree_to_everything,
    ask_for_everything,
    fetch_everything,
    forget_take_outs,
    write_take_outs,
)
from evaluation.errors import EvaluationError
from evaluation.models import TakeOut, TakeOutStep
from tests.conftest import ClientOf
from tests.factories import make_user
from training.people.models import Role, User

NOW = timezone.now()
PAGE = "/partnership/everything/"
pytestmark = pytest.mark.usefixtures("partnership", "no_second_factor")


def test_a_second_administrator_agrees(administrator: User, second: User) -> None:
    asked = ask_for_everything(reason="The archive", by=administrator, now=NOW)
    with pytest.raises(EvaluationError, match="another administrator"):
        agree_to_everything(take_out=asked, is_agreed=True, by=administrator, now=NOW)

    for _ in range(2):  # a second click changes nothing
        agreed = agree_to_everything(take_out=asked, is_agreed=True, by=second, now=NOW)

    assert (agreed.state, agreed.agreed_by) == ("agreed", second.person)
    assert write_take_outs(now=NOW) == 1
    assert write_take_outs(now=NOW) == 0
    asked.refresh_from_db()
    assert [step.what for step in asked.steps.all()] == ["asked", "agreed", "making", "ready"]
    content = b"".join(fetch_everything(take_out=asked, by=administrator, now=NOW)())
    assert len(content) == asked.size_bytes
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert asked.steps.last().what == "fetched"  # type: ignore[union-attr]


def test_one_administrator_alone_gives_the_reason(administrator: User) -> None:
    assert ask_for_everything(reason="The archive", by=administrator, now=NOW).state == "agreed"


def test_asked_twice_is_one_file(administrator: User, second: User) -> None:
    first = ask_for_everything(reason="The archive", by=administrator, now=NOW)

    assert ask_for_everything(reason="Another", by=second, now=NOW) == first


def test_not_agreed_nothing_leaves(administrator: User, second: User) -> None:
    asked = ask_for_everything(reason="The archive", by=administrator, now=NOW)

    agree_to_everything(take_out=asked, is_agreed=False, by=second, now=NOW)

    assert write_take_outs(now=NOW) == 0
    assert ask_for_everything(reason="The archive", by=administrator, now=NOW) != asked


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.EXECUTIVE])
def test_nobody_else_takes_everything_out(role: Role | None, administrator: User) -> None:
    other = make_user(role=role) if role else make_user()
    asked = ask_for_everything(reason="The archive", by=administrator, now=NOW)

    with pytest.raises(EvaluationError):
        ask_for_everything(reason="Mine", by=other, now=NOW)
    with pytest.raises(EvaluationError):
        agree_to_everything(take_out=asked, is_agreed=True, by=other, now=NOW)
    with pytest.raises(EvaluationError):
        fetch_everything(take_out=asked, by=other, now=NOW)


def test_a_worker_that_died_is_followed_by_another(administrator: User) -> None:
    asked = ask_for_everything(reason="The archive", by=administrator, now=NOW)
    TakeOut.objects.filter(pk=asked.pk).update(state="making", begun_at=NOW)

    assert write_take_outs(now=NOW + datetime.timedelta(minutes=59)) == 0
    assert write_take_outs(now=NOW + datetime.timedelta(minutes=61)) == 1


def test_the_file_goes_after_three_days(administrator: User) -> None:
    asked = ask_for_everything(reason="The archive", by=administrator, now=NOW)
    write_take_outs(now=NOW)
    later = NOW + datetime.timedelta(days=3)
    asked.refresh_from_db()
    with pytest.raises(EvaluationError, match="not there any more"):
        fetch_everything(take_out=asked, by=administrator, now=later)

    assert forget_take_outs(now=later) == 1
    assert forget_take_outs(now=later) == 0
    asked.refresh_from_db()
    assert (asked.state, asked.pieces.count()) == ("expired", 0)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"reason": ""}, "take_out_has_a_reason"),
        ({"state": "ready"}, "take_out_ready_expires"),
        ({"state": "agreed"}, "take_out_one_under_way"),
    ],
)
def test_postgresql_refuses(fields: dict[str, str], name: str, administrator: User) -> None:
    ask_for_everything(reason="The archive", by=administrator, now=NOW)
    wanted = {"reason": "x", "state": "refused", "asked_by": administrator.person, "asked_at": NOW, **fields}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TakeOut.objects.create(**wanted)


def test_postgresql_refuses_agreement_with_oneself_and_another_past(administrator: User) -> None:
    asked = ask_for_everything(reason="The archive", by=administrator, now=NOW)
    with pytest.raises(IntegrityError, match="take_out_agreed_by_another"), transaction.atomic():
        TakeOut.objects.filter(pk=asked.pk).update(agreed_by=administrator.person)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        TakeOutStep.objects.update(what="nothing")


def test_the_page_from_asking_to_the_file(client_of: ClientOf, administrator: User, second: User) -> None:
    asks, agrees = client_of(administrator), client_of(second)
    assert asks.post(PAGE, {"reason": " "}).status_code == 200
    assert asks.post(PAGE, {"reason": "x" * 301}).status_code == 200
    for _ in range(2):
        assert asks.post(PAGE, {"reason": "The archive"})["Location"] == PAGE
    held = TakeOut.objects.get()
    assert f"{held.reference}/agree/" not in asks.get(PAGE).content.decode()
    assert f"{held.reference}/agree/" in agrees.get(PAGE).content.decode()

    agrees.post(f"{PAGE}{held.reference}/agree/")
    write_take_outs(now=timezone.now())

    answer = asks.post(f"{PAGE}{held.reference}/fetch/")
    assert answer["Content-Type"] == "application/zip"
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert str(len(content)) == answer["Content-Length"]
    assert asks.post(f"{PAGE}NOTHERE1/fetch/").status_code == 404


def test_the_page_is_closed_to_others(client_of: ClientOf, coordinator: User) -> None:
    for path in (PAGE, f"{PAGE}ABCDEFGH/agree/", f"{PAGE}ABCDEFGH/refuse/", f"{PAGE}ABCDEFGH/fetch/"):
        for user in (make_user(), coordinator):
            assert client_of(user).post(path, {"reason": "x"}).status_code == 403
