"""The messages about charges, one function each; every one is called inside its action's transaction."""

import datetime
from collections.abc import Sequence

from bookings.charges.words import MISSED_WORDS
from bookings.models import Charge, Ground, PersonalLink, Statement
from training.outbox.posting import Recipient, post
from training.people.emails import absolute, recipient
from training.people.models import Person
from training.web.tokens import new_token
from training.web.when import in_london
from training.web.words import pounds

MIDNIGHT, ONE_DAY = datetime.time(0), datetime.timedelta(days=1)


def ask_why(charge: Charge, now: datetime.datetime) -> None:
    """The person and their manager, each by a link of their own; opening it changes nothing."""
    booking = charge.booking
    purposes = PersonalLink.Purpose
    _ask("missed_why", charge, recipient(booking.person), purposes.MISSED, now)
    if booking.manager_email:
        manager = Recipient(booking.manager_email, booking.manager_name)
        _ask("missed_why_manager", charge, manager, purposes.MISSED_MANAGER, now)


def _ask(message: str, charge: Charge, to: Recipient, purpose: PersonalLink.Purpose, now: datetime.datetime) -> None:
    if not to.address:
        return
    token, hashed = new_token()
    expires = in_london(charge.explain_by + ONE_DAY, MIDNIGHT)
    PersonalLink.objects.create(
        token_hash=hashed, booking=charge.booking, purpose=purpose, made_at=now, expires_at=expires
    )
    context = {**_about(charge), "link": absolute("bookings:missed", token)}
    key = f"{charge.reference}:{charge.ground}"
    post(f"bookings.{message}", key=key, to=to, now=now, context=context, has_secret=True, expires_at=expires)


def _about(charge: Charge) -> dict[str, object]:
    booking = charge.booking
    return {
        "charge": charge,
        "booking": booking,
        "person": booking.person,
        "event": booking.event,
        "agency": charge.agency,
        "what": MISSED_WORDS[Ground(charge.ground)],
        "sum": pounds(charge.amount_pence),
    }


def tell_decided(charge: Charge, now: datetime.datetime, *, code: str, words: str) -> None:
    """The person, once it is decided; `code` is that of the step."""
    context = {**_about(charge), "code": code, "words": words}
    post("bookings.charge_decided", key=f"{charge.reference}:{code}", to=recipient(charge.booking.person), now=now,
         context=context)  # fmt: skip


def send_statement(
    statement: Statement, lines: Sequence[object], leads: Sequence[Person], now: datetime.datetime
) -> None:
    """To the payer, or to the organisation's leads where it names none. `lines` are `statements.Line`s."""
    page = absolute("bookings:statement", statement.batch.number, statement.agency.reference)
    tos = [Recipient(statement.payer_email, statement.payer_name)] if statement.payer_email else []
    for to in tos or [recipient(lead) for lead in leads]:
        context = {"statement": statement, "agency": statement.agency, "lines": lines, "page": page,
                   "total": pounds(statement.total_pence), "is_lead": not tos}  # fmt: skip
        post("bookings.statement", key=f"{statement.number}:{to.address}", to=to, now=now, context=context)


def tell_dispute_answered(charge: Charge, to: Person, words: str, is_upheld: bool, now: datetime.datetime) -> None:
    """To whoever disputed it."""
    context = {**_about(charge), "words": words, "is_upheld": is_upheld, "page": absolute("bookings:agency-month")}
    post("bookings.dispute_answered", key=f"{charge.reference}:{now:%Y%m%d%H%M%S}", to=recipient(to), now=now,
         context=context)  # fmt: skip
