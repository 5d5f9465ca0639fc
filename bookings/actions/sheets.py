"""The signed sheet beside the register: put there by its trainer or the office, taken away, forgotten in time."""

import datetime
import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from bookings.errors import BookingsError
from bookings.models import SignedSheet
from bookings.registers.rights import lock_register
from bookings.registers.sheet_files import UnreadableFileError, kind_of, without_traces
from providers.terms import months_later
from training.catalogue.models import Session
from training.people.models import User
from training.people.permissions import Permission

LARGEST_MEGABYTES = 10
AT_MOST = 10


@transaction.atomic
def attach_sheet(*, session: Session, data: bytes, by: User, now: datetime.datetime) -> SignedSheet:
    """Keep it beside the register, without what a phone writes into a picture. The same file twice is one."""
    lock_register(session, by, now)
    kind = kind_of(data)
    if kind is None:
        raise BookingsError("This file is not a photo (JPEG or PNG) and not a PDF.")
    if len(data) > LARGEST_MEGABYTES * 1024 * 1024:
        raise BookingsError(f"The file must be smaller than {LARGEST_MEGABYTES} MB.")
    digest, held = hashlib.sha256(data).hexdigest(), SignedSheet.objects.filter(session=session)
    if known := held.filter(digest=digest).first():
        return known
    if held.count() >= AT_MOST:
        raise BookingsError(f"There are {AT_MOST} files already. Take one away first.")
    try:
        clean = without_traces(data, kind)
    except UnreadableFileError:
        raise BookingsError("This file is damaged. Take the photo again.") from None
    sheet = SignedSheet(session=session, kind=kind, size_bytes=len(clean), digest=digest, by=by.person, at=now)
    sheet.file.save("", ContentFile(clean), save=False)
    try:
        sheet.save()
    except BaseException:
        sheet.file.delete(save=False)
        raise
    return sheet


@transaction.atomic
def take_sheet_away(*, sheet: SignedSheet, by: User, now: datetime.datetime) -> None:
    """The wrong photo: its file goes too. A second click changes nothing."""
    lock_register(sheet.session, by, now)
    held = SignedSheet.objects.filter(pk=sheet.pk).first()
    if held is None:
        return
    if held.by_id != by.person_id and not by.may(Permission.MANAGE_BOOKINGS):
        raise BookingsError("Only whoever attached it and coordinators can take it away.")
    _forget(held)


def forget_sheets(*, today: datetime.date) -> int:
    """Delete those of days longer ago than SIGNED_SHEET_MONTHS; gives how many."""
    first_kept = months_later(today, -settings.SIGNED_SHEET_MONTHS)
    rows = SignedSheet.objects.outdated(first_kept)
    for sheet in rows:
        _forget(sheet)
    return len(rows)


def _forget(sheet: SignedSheet) -> None:
    """First the file: if the row then stays, it is found again and nothing of the picture is left."""
    sheet.file.delete(save=False)
    sheet.delete()
