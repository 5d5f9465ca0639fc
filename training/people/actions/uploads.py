"""Between the preview of a file and the answer to it."""

import datetime
import hashlib
from collections.abc import Sequence

from django.db import transaction

from training.people.errors import PeopleError
from training.people.models import Upload, User
from training.people.models.upload import KEPT
from training.web.importing import ChangedMeanwhileError, Kind, Outcome, Sitting, read_in
from training.web.tables import Table, TableError, read_tables

# A page has to answer in half a minute; the command reads what is longer.
MOST_ROWS_ON_A_PAGE = 5_000


def read_upload(content: bytes) -> list[Table]:
    """Raises TableError with a sentence, also for a list that is too long for a page."""
    tables = read_tables(content)
    rows = sum(len(table.lines) for table in tables)
    if rows > MOST_ROWS_ON_A_PAGE:
        raise TableError(
            f"This file has {rows:,} rows. A page reads {MOST_ROWS_ON_A_PAGE:,} at a time: split the file, or ask"
            " whoever looks after the installation to run the import command."
        )
    return tables


@transaction.atomic
def keep_upload(*, kind: str, name: str, content: bytes, by: User, now: datetime.datetime) -> Upload:
    """Keep a file that can be read for a day. Raises TableError for one that cannot."""
    if by.person is None:
        raise PeopleError("Say your name first.")
    read_upload(content)
    Upload.objects.expired(now).delete()
    return Upload.objects.create(
        kind=kind,
        name=" ".join(name.split())[:200] or "file",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        by=by.person,
        made_at=now,
        expires_at=now + KEPT,
    )


def preview_upload(*, upload: Upload, kinds: Sequence[Kind], by: User, now: datetime.datetime) -> Outcome:
    """What the file would do now. Changes nothing: what it tries is taken back."""
    return read_in(read_upload(bytes(upload.content)), kinds, Sitting(by, now), keeps=False)


@transaction.atomic
def confirm_upload(*, upload: Upload, kinds: Sequence[Kind], agreed: str, by: User, now: datetime.datetime) -> Upload:
    """Read the file in, as it was shown: `agreed` is the digest of that plan. A second click changes nothing.

    Raises PeopleError when it would now do something else than was shown, or a row is wrong.
    """
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    if locked.done_at is not None:
        return locked
    try:
        outcome = read_in(
            read_upload(bytes(locked.content)), kinds, Sitting(by, now), keeps=True, agreed=agreed or "nothing"
        )
    except ChangedMeanwhileError:
        raise PeopleError(
            "Something has changed in Muster since you looked. See below what the file does now, and confirm again."
        ) from None
    if not outcome.is_done:
        raise PeopleError("Rows of this file are wrong, so nothing was changed. Mend them and upload it again.")
    locked.content, locked.done_at = b"", now
    locked.said = [
        {"kind": plan.kind, "warnings": sum(len(line.warnings) for line in plan.lines)}
        | {str(verdict): number for verdict, number in plan.counts().items()}
        for plan in outcome.plans
    ]
    locked.save(update_fields=["content", "done_at", "said"])
    return locked


def forget_uploads(*, now: datetime.datetime) -> int:
    """Remove what is older than a day; returns how many."""
    return Upload.objects.expired(now).delete()[0]
