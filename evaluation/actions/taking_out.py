"""Asking for everything, agreeing to it, writing it, fetching it, letting it go."""

import datetime
import hashlib
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from evaluation.errors import EvaluationError
from evaluation.models.take_out import KEPT, TakeOut, TakeOutPiece, TakeOutStep
from evaluation.taking_out.writing import write_zip
from training.outbox.queueing import queue_task
from training.people.models import Partnership, Person, RoleGrant, User
from training.people.permissions import ROLE_PERMISSIONS, Permission
from training.web.when import london_day

PIECE = 1024 * 1024
State = TakeOut.State


def require_administrator(by: User) -> Person:
    if by.person is None or not by.may(Permission.MANAGE_PARTNERSHIP):
        raise EvaluationError("Only an administrator takes everything out.")
    return by.person


def needs_a_second(by: User, today: datetime.date) -> bool:
    """Whether somebody else could agree: in a partnership with one administrator the reason alone must do."""
    roles = [
        role
        for role, allowed in ROLE_PERMISSIONS.items()
        if role is not None and Permission.MANAGE_PARTNERSHIP in allowed
    ]
    others = RoleGrant.objects.on(today).filter(role__in=roles, person__user__is_active=True)
    return others.exclude(person=by.person).exists()


@transaction.atomic
def ask_for_everything(*, reason: str, by: User, now: datetime.datetime) -> TakeOut:
    """One at a time: whoever asks while one is under way gets that one. Raises EvaluationError."""
    person = require_administrator(by)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise EvaluationError("Enter what it is for.")
    Partnership.objects.select_for_update().get()  # two clicks wait for each other here
    if held := TakeOut.objects.under_way().first():
        return held
    made = TakeOut.objects.create(reason=reason, asked_by=person, asked_at=now)
    TakeOutStep.objects.create(take_out=made, what=State.ASKED, by=person, at=now)
    if not needs_a_second(by, london_day(now)):
        _agree(made, None, now)
    return made


@transaction.atomic
def agree_to_everything(*, take_out: TakeOut, is_agreed: bool, by: User, now: datetime.datetime) -> TakeOut:
    """By somebody else than who asked, who may take it back only. A second click changes nothing."""
    person = require_administrator(by)
    locked = TakeOut.objects.select_for_update().get(pk=take_out.pk)
    if locked.state != State.ASKED:
        return locked
    if not is_agreed:
        locked.move_to(State.REFUSED, by=person, now=now)
        return locked
    if locked.asked_by_id == person.pk:
        raise EvaluationError("You asked for it, so another administrator has to agree.")
    _agree(locked, person, now)
    return locked


def _agree(take_out: TakeOut, by: Person | None, now: datetime.datetime) -> None:
    take_out.agreed_by = by
    take_out.move_to(State.AGREED, by=by, now=now)
    transaction.on_commit(lambda: queue_task("evaluation.tasks.write_take_outs"), robust=True)


@transaction.atomic
def note_written(*, reason: str, rows: int, size_bytes: int, by: User, now: datetime.datetime) -> TakeOut:
    """For the command, whose file lies on the machine: who had it written and why stands with the others."""
    person = require_administrator(by)
    fields = {"rows": rows, "size_bytes": size_bytes, "expires_at": now}
    made = TakeOut.objects.create(
        reason=" ".join(reason.split())[:300], asked_by=person, asked_at=now, state=State.EXPIRED, **fields
    )
    TakeOutStep.objects.create(take_out=made, what="by command", by=person, at=now)
    return made


def write_take_outs(*, now: datetime.datetime) -> int:
    """For the worker: whatever was agreed. Safe to run twice and by two at once."""
    done = 0
    while (begun := _begin(now)) is not None:
        _write(begun, now)
        done += 1
    return done


@transaction.atomic
def _begin(now: datetime.datetime) -> TakeOut | None:
    found = TakeOut.objects.to_make(now).select_for_update(skip_locked=True).first()
    if found is not None:
        found.begun_at = now
        found.move_to(State.MAKING, by=None, now=now)
    return found


def _write(begun: TakeOut, now: datetime.datetime) -> None:
    """All tables as of one moment; half a file is never kept."""
    is_alone = not connection.in_atomic_block
    with transaction.atomic():
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        begun.pieces.all().delete()
        pieces = _Pieces(begun)
        begun.rows = write_zip(pieces.take, now=now)
        pieces.close()
        begun.size_bytes, begun.sha256, begun.expires_at = pieces.size, pieces.digest.hexdigest(), now + KEPT
        begun.move_to(State.READY, by=None, now=now)


class _Pieces:
    """Keeps what it is given, a megabyte a row."""

    def __init__(self, take_out: TakeOut) -> None:
        self._take_out, self._held, self._number = take_out, bytearray(), 0
        self.size, self.digest = 0, hashlib.sha256()

    def take(self, data: bytes) -> None:
        self.size += len(data)
        self.digest.update(data)
        self._held += data
        while len(self._held) >= PIECE:
            self._keep(PIECE)

    def close(self) -> None:
        if self._held:
            self._keep(len(self._held))

    def _keep(self, length: int) -> None:
        content = bytes(self._held[:length])
        TakeOutPiece.objects.create(take_out=self._take_out, number=self._number, content=content)
        self._number += 1
        del self._held[:length]


@transaction.atomic
def fetch_everything(*, take_out: TakeOut, by: User, now: datetime.datetime) -> Callable[[], Iterator[bytes]]:
    """The file, a piece at a time, and the step that says who fetched it. Raises EvaluationError when it is gone."""
    person = require_administrator(by)
    if take_out.state != State.READY or take_out.expires_at is None or take_out.expires_at <= now:
        raise EvaluationError("This file is not there any more. Ask for a new one.")
    TakeOutStep.objects.create(take_out=take_out, what="fetched", by=person, at=now)
    numbers = list(take_out.pieces.values_list("pk", flat=True))
    return lambda: (bytes(TakeOutPiece.objects.get(pk=pk).content) for pk in numbers)


@transaction.atomic
def forget_take_outs(*, now: datetime.datetime) -> int:
    """Remove the files whose time is over; the rows stay. How many."""
    over = list(TakeOut.objects.run_out(now).select_for_update(skip_locked=True))
    for one in over:
        one.pieces.all().delete()
        one.move_to(State.EXPIRED, by=None, now=now)
    return len(over)
