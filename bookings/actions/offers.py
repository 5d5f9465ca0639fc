"""Giving free places to those who wait: at once outside the notice period, as an offer inside it."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from bookings import emails
from bookings.errors import BookingsError
from bookings.interpreters import order_interpreter
from bookings.locking import lock_booking, lock_event, lock_persons
from bookings.models import Booking, Offer, PersonalLink, Status, WaitingDecision
from bookings.places.choosing import Passed, Waiting, choose_next, ordinal, why_chosen
from bookings.places.reading import room_of
from bookings.places.waiting_list import list_to_choose_from
from bookings.rights import Actor, require_change
from bookings.rules.policy import is_inside_notice, offer_expires
from training.catalogue.models import Event
from training.web.reasons import Reason
from training.web.tokens import new_token
from training.web.when import london_day
from training.web.words import clock, day

ANSWERS: dict[str, bool] = {Offer.Outcome.ACCEPTED: True, Offer.Outcome.DECLINED: False}


def promote(event: Event, *, now: datetime.datetime) -> list[Booking]:
    """Give the free places of this date to its waiting list, in the caller's transaction and under its lock.

    Outside the notice period of their own rules people are booked; inside it a place is offered and never booked.
    Each choice is written down with its reason, and so is each passing over. Those who got something come back.
    """
    if event.standing != Event.Standing.PUBLISHED or event.places_offered is None:
        return []
    if event.starts_at is None or event.starts_at <= now:
        return []
    persons = _waiting_persons(event)
    if not persons:
        return []
    event.refresh_from_db(fields=["places_held", "places_offered"])
    room = room_of(event, london_day(now))
    if room.left == 0:
        return []
    lock_persons(*persons)  # all at once and in order: nobody is booked elsewhere meanwhile, nor do two dates wait
    rows, turn = list_to_choose_from(event, room.rule, persons, now), _turns(event)
    chosen: list[Booking] = []
    while True:
        row, passed = choose_next(rows, room)
        if row is None:
            return chosen
        rows = [one for one in rows if one is not row]
        chosen.append(_give(event, row, now))
        turn += 1
        _write_down(Turn(event, turn, now), row, chosen[-1], passed, why_chosen(row, room))
        room = room.with_one_more(row.belongs)


def _turns(event: Event) -> int:
    """How many there have been on this date."""
    return WaitingDecision.objects.filter(event=event).aggregate(last=Max("turn"))["last"] or 0


def _waiting_persons(event: Event) -> list[int]:
    return list(Booking.objects.filter(event=event).waiting().values_list("person", flat=True))


def _give(event: Event, row: Waiting, now: datetime.datetime) -> Booking:
    booking = lock_booking(row.booking.pk)
    booking.event = event
    if is_inside_notice(booking.policy_version, event.starts_at, now):
        _offer(booking, now)
    else:
        step = booking.move_to(Status.BOOKED, by=None, now=now, code="promoted", reason="A place came free")
        emails.tell_booked(booking, now, step=step if _lost_it(booking) else None)
    order_interpreter(booking, by=None, now=now)
    return booking


def _lost_it(booking: Booking) -> bool:
    """Whether they had the place before and were told so."""
    return booking.steps.filter(code="places_cut").exists()


def _offer(booking: Booking, now: datetime.datetime) -> None:
    starts_at = booking.event.starts_at
    assert starts_at is not None  # noqa: S101 - promote looks for it
    expires = offer_expires(booking.policy_version, now, starts_at)
    booking.is_late_promotion = True
    booking.move_to(Status.OFFERED, by=None, now=now, code="offered", reason="A place came free")
    offer = Offer.objects.create(booking=booking, made_at=now, expires_at=expires)
    token, hashed = new_token()
    PersonalLink.objects.create(
        token_hash=hashed, booking=booking, purpose=PersonalLink.Purpose.OFFER, made_at=now, expires_at=expires
    )
    emails.tell_offered(offer, token, now)


@dataclass(frozen=True)
class Turn:
    """One free place of a date given away: its number among the date's."""

    event: Event
    number: int
    at: datetime.datetime


def _write_down(turn: Turn, row: Waiting, booking: Booking, passed: Passed, why: Reason) -> None:
    given = "was offered a place" if booking.status == Status.OFFERED else "got the place that came free"
    because = f" {why}" if passed or why.code == "mix" else ""
    decisions = [_decision(turn, row, why.code, f"{ordinal(row.position)} on the list: {given}.{because}", True)]
    decisions += [
        _decision(turn, one, reason.code, f"{ordinal(one.position)} on the list, passed over: {reason}", False)
        for one, reason in passed
    ]
    WaitingDecision.objects.bulk_create(decisions)


def _decision(turn: Turn, row: Waiting, code: str, sentence: str, is_chosen: bool) -> WaitingDecision:
    return WaitingDecision(
        event=turn.event,
        booking=row.booking,
        at=turn.at,
        turn=turn.number,
        is_chosen=is_chosen,
        position=row.position,
        code=code,
        sentence=sentence[:300],
    )


@transaction.atomic
def answer_offer(*, booking: Booking, accept: bool, by: Actor, now: datetime.datetime) -> Booking:
    """Take an offered place or leave it. The same answer again changes nothing.

    Raises BookingsError when the time is over, or when the offer has ended another way.
    """
    event = lock_event(booking.event_id)
    locked = lock_booking(booking.pk)
    locked.event = event
    person = require_change(by, locked)
    offer = locked.offers.order_by("-made_at", "-pk").first()
    if offer is None:
        raise BookingsError("No place is offered to you on this date.")
    answered = ANSWERS.get(offer.outcome)
    if answered is accept:
        return locked
    if offer.ended_at is not None or offer.expires_at <= now:
        raise BookingsError(_too_late(offer, answered))
    if accept:
        _end(offer, Offer.Outcome.ACCEPTED, now)
        step = locked.move_to(Status.BOOKED, by=person, now=now, code="offer_accepted")
        emails.tell_booked(locked, now, step=step if _lost_it(locked) else None)
        return locked
    _end(offer, Offer.Outcome.DECLINED, now)
    locked.move_to(Status.WITHDRAWN, by=person, now=now, code="offer_declined")
    promote(event, now=now)
    return locked


def _too_late(offer: Offer, answered: bool | None) -> str:
    if answered is not None:
        return "You have answered already. Open your booking to change it."
    if offer.outcome == Offer.Outcome.WITHDRAWN:
        return "This place is no longer offered. Look for another date of this course."
    until = f"{day(offer.expires_at)} at {clock(offer.expires_at)}"
    return f"This place was yours until {until}. It goes to the next person on the list."


def _end(offer: Offer, outcome: Offer.Outcome, now: datetime.datetime) -> None:
    offer.ended_at, offer.outcome = now, outcome
    offer.save(update_fields=["ended_at", "outcome"])


def end_open_offer(booking: Booking, outcome: Offer.Outcome, now: datetime.datetime) -> None:
    """For actions that end an offered booking another way."""
    booking.offers.open().update(ended_at=now, outcome=outcome)


def end_offers(*, now: datetime.datetime) -> int:
    """Offers whose time is over lapse and the places move on, one date at a time. Safe to run twice, or two at once."""
    events = Offer.objects.run_out(now).order_by("booking__event").values_list("booking__event", flat=True).distinct()
    return sum(_end_offers_of(pk, now) for pk in list(events))


@transaction.atomic
def _end_offers_of(event_pk: int, now: datetime.datetime) -> int:
    event = lock_event(event_pk)
    over = list(Offer.objects.run_out(now).filter(booking__event=event).order_by("expires_at", "pk"))
    for offer in over:
        booking = lock_booking(offer.booking_id)
        booking.event = event
        _end(offer, Offer.Outcome.RAN_OUT, now)
        booking.move_to(Status.LAPSED, by=None, now=now, code="offer_ran_out")
    promote(event, now=now)
    return len(over)
