"""A month's bulletin: begun, introduced, released by a coordinator; then written to each reader once.

Releasing fixes whom it goes to. The letters are written afterwards, a batch a transaction, so that a killed worker
leaves some written and the rest for the next: none twice, since a reader's row is claimed, written and marked together.
"""

import datetime
import time

from django.db import transaction

from bookings.bulletin import emails
from bookings.bulletin.letters import letter_of
from bookings.bulletin.pool import Pool, load_pool
from bookings.bulletin.readers import readers_of, wanting
from bookings.errors import BookingsError
from bookings.models import Bulletin, BulletinReader
from bookings.rights import Actor, require_coordinator
from training.web.when import london_day

BATCH = 100
LONGEST_INTRODUCTION = 2000
# Before the first bulletin, courses of so long are new.
LOOK_BACK = datetime.timedelta(days=62)


@transaction.atomic
def begin_bulletin(*, by: Actor, now: datetime.datetime) -> Bulletin:
    """This month's. A second click gives the same."""
    require_coordinator(by)
    month = london_day(now).replace(day=1)
    return Bulletin.objects.get_or_create(month=month, defaults={"made_at": now})[0]


@transaction.atomic
def introduce_bulletin(*, bulletin: Bulletin, introduction: str, revision: int, by: Actor) -> Bulletin:
    """Refused once it is released, and when somebody else has changed it since `revision` was read."""
    require_coordinator(by)
    locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    text = introduction.strip()[:LONGEST_INTRODUCTION]
    if locked.introduction == text:
        return locked
    if locked.released_at:
        raise BookingsError("This bulletin has been released. It cannot be changed any more.")
    if locked.revision != revision:
        raise BookingsError(f"Somebody else changed the introduction meanwhile. It says now: {locked.introduction}")
    locked.introduction, locked.revision = text, locked.revision + 1
    locked.save(update_fields=["introduction", "revision"])
    return locked


@transaction.atomic
def release_bulletin(*, bulletin: Bulletin, revision: int, by: Actor, now: datetime.datetime) -> Bulletin:
    """To everybody who wants it at this moment. A second click changes nothing.

    Refused when the introduction is not the one that was read, in another month, and when nobody wants it.
    """
    person = require_coordinator(by)
    locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if locked.released_at:
        return locked
    if locked.revision != revision:
        raise BookingsError("Somebody else changed the introduction meanwhile. Read it again before you release it.")
    if locked.is_late_at(london_day(now)):
        raise BookingsError(f"{locked.month:%B} is over. Begin this month’s bulletin.")
    people = list(wanting().values_list("person", flat=True))
    if not people:
        raise BookingsError("Nobody has asked for the bulletin yet.")
    BulletinReader.objects.bulk_create([BulletinReader(bulletin=locked, person_id=pk) for pk in people])
    locked.released_at, locked.released_by = now, person
    locked.save(update_fields=["released_at", "released_by"])
    return locked


def write_bulletins(*, now: datetime.datetime, seconds: float = 40.0) -> int:
    """What is still to be written of every released bulletin; gives how many letters. Safe to run twice or two at once.

    It stops after so many seconds: the next run goes on.
    """
    began, written = time.monotonic(), 0
    for bulletin in Bulletin.objects.being_written():
        pool = load_pool(since=new_since(bulletin), now=now)
        while time.monotonic() - began < seconds and (done := _write_some(bulletin, pool, now)) is not None:
            written += done
    return written


def new_since(bulletin: Bulletin) -> datetime.datetime:
    """Courses are new that the bulletin before could not tell of."""
    before = Bulletin.objects.released().filter(month__lt=bulletin.month).first()
    return (before.released_at if before else None) or bulletin.made_at - LOOK_BACK


@transaction.atomic
def _write_some(bulletin: Bulletin, pool: Pool, now: datetime.datetime) -> int | None:
    """None when nobody is left that another worker has not claimed."""
    waiting = BulletinReader.objects.filter(bulletin=bulletin, outcome=BulletinReader.Outcome.WAITING)
    rows = list(waiting.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    if not rows:
        return None
    wanted = {choice.person_id: choice for choice in wanting().filter(person__in=[row.person_id for row in rows])}
    readers = readers_of(list(wanted.values()), now)
    for row in rows:
        row.at, row.outcome = now, BulletinReader.Outcome.NOT_WANTED
        if reader := readers.get(row.person_id):
            emails.send_bulletin(bulletin, wanted[row.person_id].person, letter_of(reader, pool), now)
            row.outcome = BulletinReader.Outcome.WRITTEN
    BulletinReader.objects.bulk_update(rows, ["at", "outcome"])
    return len(readers)
