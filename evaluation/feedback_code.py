"""The feedback code of a date: shown in the room at its end, it leads whoever was there to a link of their own.

It opens no form and names nobody. It is made from the date's reference with the installation's secret key, so that
showing it writes nothing, a phone can keep it for a room without a signal, and nobody who was not in the room has it.
"""

import datetime
import io

import segno
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from bookings.models import Register
from evaluation.attending import events_asked_about
from training.catalogue.models import Event, Session
from training.web.references import ALPHABET
from training.web.tries import Tries

SALT = "muster.evaluation.feedback-code"
LETTERS = 6
# Towards the end of a long day people begin to leave; much earlier they cannot say how it was.
BEFORE_THE_END = datetime.timedelta(hours=1)
AFTER_THE_END = datetime.timedelta(days=2)
# A room full of people stands behind one address of the building's network.
WRONG_CODES = Tries("feedback-code-wrong", 30)
ASKED_AGAIN = Tries("feedback-code-asked", 300)


def code_of(event: Event) -> str:
    """`E0141-7KM2QX`: the date, and letters that only this installation can make."""
    digest = salted_hmac(SALT, event.reference, algorithm="sha256").digest()
    return f"{event.reference}-{''.join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LETTERS])}"


def find_event(code: str) -> Event | None:
    """The date of a code as it was typed or scanned; None for a wrong one, and where nobody is asked."""
    typed = "".join(code[:60].split()).replace("–", "-").upper()
    reference, dash, _ = typed.rpartition("-")
    event = events_asked_about().select_related("version__course").filter(reference__iexact=reference).first()
    is_right = event is not None and constant_time_compare(code_of(event).upper(), typed)
    return event if dash and is_right else None


def opens_at(event: Event) -> datetime.datetime | None:
    """None for what has no end of its own, as e-learning."""
    return event.ends_at - BEFORE_THE_END if event.ends_at else None


def is_open(event: Event, now: datetime.datetime) -> bool:
    """From an hour before the end, or from when the last day's register is sent, until two days after."""
    if event.ends_at is None or now >= event.ends_at + AFTER_THE_END:
        return False
    return now >= event.ends_at - BEFORE_THE_END or _is_sent(event)


def _is_sent(event: Event) -> bool:
    later = Session.objects.filter(event=OuterRef("session__event"), position__gt=OuterRef("session__position"))
    return Register.objects.filter(~Exists(later), session__event=event, sent_at__isnull=False).exists()


def address_of(event: Event) -> str:
    """The whole address, as the code holds it and as people type it."""
    return f"{settings.PUBLIC_URL}{reverse('evaluation:here', args=[code_of(event)])}"


def picture_of(address: str) -> str:
    """An SVG whose size its style sheet decides. Medium correction: a screen seen from the last row."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", border=2, light="#fff", omitsize=True, xmldecl=False, svgclass=None, lineclass=None)
    return picture.getvalue().decode()
