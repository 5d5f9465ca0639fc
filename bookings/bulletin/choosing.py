"""What people want to be written to about: said on their own page, on the page behind a mail's link, or by the one
click of a mail program (RFC 8058).

The link is signed, not kept: it goes on working as long as the mail lies in somebody's mailbox.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db import transaction

from bookings.errors import BookingsError
from bookings.models import MailChoice, MailKind
from training.people.emails import absolute
from training.people.models import Person

SALT = "bookings.mail-choice"


@dataclass(frozen=True)
class About:
    """What the bulletin is to be about; empty: everything."""

    remit: str = ""
    levels: Sequence[str] = ()


@transaction.atomic
def choose_mails(
    *,
    person: Person,
    wanted: dict[MailKind, bool],
    by: Person,
    now: datetime.datetime,
    about: About | None = None,
) -> None:
    """Their own choice on their own page. What is said again changes nothing."""
    if by != person:
        raise BookingsError("What somebody is written to about is their own choice.")
    about = about or About()
    for kind, is_wanted in wanted.items():
        said = {"remit": about.remit, "levels": list(about.levels)} if kind == MailKind.BULLETIN else {}
        _say(person, kind, MailChoice.Way.OWN_PAGE, now, is_wanted=is_wanted, **said)


@transaction.atomic
def stop_or_start_mails(
    *, person: Person, kind: MailKind, is_wanted: bool, way: MailChoice.Way, now: datetime.datetime
) -> None:
    """By whoever holds the link of a mail to this person. A second click changes nothing."""
    _say(person, kind, way, now, is_wanted=is_wanted)


def _say(person: Person, kind: MailKind, way: MailChoice.Way, now: datetime.datetime, **said: object) -> None:
    Person.objects.select_for_update().get(pk=person.pk)
    row = MailChoice.objects.filter(person=person, kind=kind).first() or MailChoice(person=person, kind=kind)
    if row.pk and all(getattr(row, name) == value for name, value in said.items()):
        return
    for name, value in said.items():
        setattr(row, name, value)
    row.way, row.at = way, now
    row.save()


def is_wanted(person: Person, kind: MailKind) -> bool:
    """By what they said last; who has said nothing wants what comes unasked."""
    said = MailChoice.objects.filter(person=person, kind=kind).values_list("is_wanted", flat=True).first()
    return kind == MailKind.PLACES_LEFT if said is None else said


def stop_url(person: Person, kind: MailKind) -> str:
    return absolute("bookings:mail-choice", signing.Signer(salt=SALT).sign(f"{kind}:{person.reference}"))


def read_stop_token(token: str) -> tuple[Person, MailKind] | None:
    """Whose mails of which kind; None for anything that we did not sign. A joined record is the one it became."""
    try:
        kind, _, reference = signing.Signer(salt=SALT).unsign(token).partition(":")
    except signing.BadSignature:
        return None
    person = Person.objects.select_related("merged_into").filter(reference=reference).first()
    if person is None or kind not in MailKind.values:
        return None
    return person.merged_into or person, MailKind(kind)
