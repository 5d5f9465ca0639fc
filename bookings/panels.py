"""What a practitioner's own page shows of their bookings: next course, what waits, what was."""

import datetime
from dataclasses import dataclass

from bookings.lists import coming, past
from bookings.models import HOLDING_A_PLACE, Booking, Offer, Status
from bookings.moments import asking_window
from bookings.page_words import Sitting, free_in_words, sittings
from bookings.places.choosing import position_sentence
from bookings.places.reading import belongs, rooms_of
from bookings.places.waiting_list import positions_of
from bookings.registers.attendance import Result, outcomes
from training.config.parts import Panel
from training.people.models import Person
from training.web.when import london_day

PAST_SHOWN = 3
# The order of one's own page: what is to do (12) comes between, certificates (14) and what falls due (16) too.
NEXT, WAITING, BEFORE = 10, 13, 18
RESULT_WORDS: dict[Result | None, str] = {
    Result.ATTENDED: "you were there",
    Result.APOLOGIES: "you sent apologies",
    Result.DID_NOT_ATTEND: "you didn’t come",
}


@dataclass(frozen=True)
class Coming:
    """A booked date: its first sitting that is not over, and the one thing to do about it now."""

    booking: Booking
    sitting: Sitting | None
    free: str
    button: str  # join, coming, or empty: then the page of the booking is the thing


def own_panels(person: Person, now: datetime.datetime) -> list[Panel]:
    rows = list(coming(person, now))
    held = [row for row in rows if row.status in HOLDING_A_PLACE and row.status != Status.OFFERED]
    holding = [_coming(row, now, is_next=row is held[0]) for row in held]
    waiting = [row for row in rows if row.status == Status.WAITLISTED]
    offered = [row for row in rows if row.status == Status.OFFERED]
    offers = list(Offer.objects.open().filter(booking__in=offered).select_related("booking__event__version"))
    done = list(past(person, now)[: PAST_SHOWN + 1])
    context = {
        "next": holding[0] if holding else None,
        "later": holding[1:],
        "offers": offers[:2],
        "now": now,
    }
    panels = [Panel("bookings/panels/own.html", context, weight=NEXT)]
    if waiting:
        rows_in_words = list(zip(waiting, _sentences(waiting, now), strict=True))
        panels.append(Panel("bookings/panels/waiting.html", {"waiting": rows_in_words}, weight=WAITING))
    if done:
        shown = {"past": _with_results(done[:PAST_SHOWN]), "has_more": len(done) > PAST_SHOWN}
        panels.append(Panel("bookings/panels/before.html", shown, weight=BEFORE))
    return panels


def _with_results(done: list[Booking]) -> list[tuple[Booking, str]]:
    """Each with what became of it, in words to oneself; one query when there is any."""
    results = results_of(done)
    return [(row, results.get(row.pk, row.get_status_display().lower())) for row in done]


def results_of(done: list[Booking]) -> dict[int, str]:
    """By id what the registers say, in words to oneself; those without a word yet are left out."""
    booked = [row.event_id for row in done if row.status == Status.BOOKED]
    found = {one.booking_id: one.result for one in outcomes(booked)} if booked else {}
    return {row.pk: RESULT_WORDS[result] for row in done if (result := found.get(row.pk)) in RESULT_WORDS}


def _coming(booking: Booking, now: datetime.datetime, *, is_next: bool) -> Coming:
    ahead = [sitting for sitting in sittings(booking, now) if sitting.session.ends_at > now]
    first = ahead[0] if ahead else None
    button = "join" if first and first.link else ""
    if not button and is_next and _is_asked(booking, now):
        button = "coming"
    return Coming(booking, first, free_in_words(booking, now), button)


def _is_asked(booking: Booking, now: datetime.datetime) -> bool:
    """Whether it is time to say "I'm coming" and they have not said so; the row must come out of `coming`."""
    starts = booking.event.starts_at
    if booking.status != Status.BOOKED or starts is None:
        return False
    is_time = asking_window(booking.policy_version, starts).opens_at <= now < starts
    return is_time and not booking.has_said  # type: ignore[attr-defined]


def _sentences(waiting: list[Booking], now: datetime.datetime) -> list[str]:
    rooms, positions = rooms_of([row.event for row in waiting], london_day(now)), positions_of(waiting)
    return [position_sentence(positions[row.pk], rooms[row.event_id], belongs(row.employment)) for row in waiting]
