"""Certificates: what stands on them, and whether one that somebody holds is genuine.

Made anew each time from the record, so that a corrected name or title is on the next copy, under the same serial.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from training.people.models import Partnership
from training.record.models import Achievement, WithdrawnCertificate
from training.web.words import full_day

SOURCE = Path(__file__).parent / "certificate.typ"
WORDS = {
    Achievement.Source.ATTENDED: "attended",
    Achievement.Source.E_LEARNING: "completed, in their own time,",
    Achievement.Source.IMPORTED: "attended",
}


def certificate_data(achievements: Iterable[Achievement], partnership: Partnership) -> dict[str, Any]:
    """For `certificate.typ`, a page each. Their `version`, its `outcomes` and the `person` should have been fetched."""
    pages = [_page(row) for row in achievements]
    one = f"Certificate: {pages[0]['course']}" if len(pages) == 1 else "Certificates"
    return {
        "title": one,
        "partnership": partnership.name,
        "boards": partnership.boards,
        "contact": partnership.contact_email,
        "pages": pages,
    }


def _page(row: Achievement) -> dict[str, Any]:
    address = check_address(row.serial)
    return {
        "person": row.person.name,
        "verb": WORDS[Achievement.Source(row.source)],
        "course": row.version.title,
        "version": row.version.number,
        "day": full_day(row.on),
        "hours": f"{row.hours.normalize():f}" if row.hours else "",
        "outcomes": [outcome.text for outcome in row.version.outcomes.all()],
        "serial": row.printed_serial,
        "address": address,
        "qr": _qr(address),
    }


def check_address(serial: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('record:certificate', args=[serial])}"


def _qr(address: str) -> str:
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=4, border=2, light="#fff")
    return picture.getvalue().decode()


@dataclass(frozen=True)
class Checked:
    """What the public page says of a serial. Never a name: the paper has it, a guesser must not learn it.

    `initials` are enough to see that a paper is about somebody else.
    """

    sentence: str
    is_genuine: bool
    initials: str = ""


def check(serial: str, partnership: Partnership) -> Checked | None:
    """None for a serial that was never given out."""
    row = Achievement.objects.certified().select_related("person", "version").filter(serial=serial).first()
    if row is not None:
        letters = initials(row.person.name)
        verb = "finished" if row.source == Achievement.Source.E_LEARNING else "attended"
        return Checked(
            f"This certificate is genuine: {partnership} confirms that a person with the initials {letters} {verb}"
            f" “{row.version}” on {full_day(row.on)}.",
            True,
            letters,
        )
    gone = WithdrawnCertificate.objects.select_related("version").filter(serial=serial).first()
    if gone is not None:
        return Checked(
            f"This certificate is no longer valid: {partnership} withdrew it on {full_day(gone.withdrawn_at)}, when"
            f" its record of “{gone.version}” on {full_day(gone.on)} was corrected.",
            False,
        )
    return None


def has_name(serial: str, name: str) -> bool:
    """Whether this is the name on the certificate, whatever its capitals and spaces."""
    row = Achievement.objects.certified().select_related("person").filter(serial=serial).first()
    return row is not None and _plain(row.person.name) == _plain(name)


def initials(name: str) -> str:
    """ "Beth Anne O’Hara-Smith" → "B. A. O." """
    return " ".join(f"{word[0].upper()}." for word in name.split())


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())
