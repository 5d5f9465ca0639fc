"""What pages say about a booking, worked out once: state, moment, link, history."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from bookings.models import HOLDING_A_PLACE, Booking, BookingStep, Status
from bookings.rules.policy import free_until
from bookings.rules.tariffs import Payer, late_charge_pence
from training.catalogue.models import Event, Session
from training.web.components import Step
from training.web.words import clock, day, full_day, local, london_day, pounds

COLOURS = {
    Status.BOOKED: "green",
    Status.COMPLETED: "green",
    Status.WAITLISTED: "yellow",
    Status.OFFERED: "blue",
    Status.AWAITING_MANAGER: "yellow",
    Status.REQUESTED: "yellow",
}
STEP_TITLES = {
    "booked": "Booked",
    "waitlisted": "Put on the waiting list",
    "promoted": "A place came free: booked",
    "offered": "A place was offered",
    "offer_accepted": "Took the offered place",
    "offer_declined": "Left the offered place to somebody else",
    "offer_ran_out": "The offer was not answered in time",
    "left_withdrawn": "Left the waiting list",
    "left_cancelled_in_time": "Cancelled in time",
    "left_cancelled_late": "Cancelled late",
    "colleague_goes": "A colleague goes instead",
    "took_over": "Took a colleague’s place",
    "moved_away": "Moved to another date",
    "moved_here": "Moved here from another date",
    "event_cancelled": "We cancelled the date",
    "moved_up": "Moved to the top of the waiting list",
    "still_coming": "Said that they are coming",
    "date_suspended": "The date was suspended: the offered place was taken back",
    "date_lost": "The date was suspended when its day came",
    "keeps_after_change": "Keeps the place after we changed the date",
    "finished": "Finished in their own time",
    "records_joined": "Two records were joined",
}


def status_colour(booking: Booking) -> str:
    return COLOURS.get(Status(booking.status), "grey")


def free_in_words(booking: Booking, now: datetime.datetime) -> str:
    """ "Cancelling is free until Thursday 9 May at 17:00." and what it is after that; empty for e-learning."""
    last = free_until(booking.policy_version, booking.event.starts_at)
    if last is None or booking.status not in HOLDING_A_PLACE:
        return ""
    if booking.event.standing == Event.Standing.SUSPENDED:
        return "This date is suspended. You keep your place; cancelling is free."
    if booking.is_late_promotion:
        return "You got this place late, so cancelling is free for you."
    moment = f"{full_day(last)} at {clock(last)}" if last.year != now.year else _weekday(last)
    then = _then(booking, last)
    if now <= last:
        return f"Cancelling is free until {moment}{then or '. After that it counts as late.'}"
    pence = _late_pence(booking, now)
    costs = f" and costs your organisation {pounds(pence)}" if pence else ""
    if booking.pk is None:
        return f"This date is so near that cancelling counts as late{costs}. Sending a colleague is always free."
    return f"Cancelling was free until {moment}. It counts as late now{costs}. Sending a colleague is always free."


def _then(booking: Booking, last: datetime.datetime) -> str:
    """ ", then £80 to your organisation."; empty where it costs nothing. The agency comes with the booking."""
    pence = _late_pence(booking, last + datetime.timedelta(minutes=1))
    return f", then {pounds(pence)} to your organisation." if pence else ""


def _late_pence(booking: Booking, left_at: datetime.datetime) -> int:
    """What cancelling at this moment would cost. The course is looked at only where the rules except some."""
    starts, work, rules = booking.event.starts_at, booking.employment, booking.policy_version
    if starts is None or work is None or not rules.tariffs:
        return 0
    payer = Payer(
        kind=work.agency.kind, sector=work.agency.sector, is_exempt=work.agency.is_charge_exempt,
        person_kind=work.kind, course=booking.event.version.course.code if rules.exempt_courses else "",
    )  # fmt: skip
    return late_charge_pence(rules, payer, starts_at=starts, left_at=left_at)


def _weekday(moment: datetime.datetime) -> str:
    """ "Thursday 9 May at 17:00"."""
    shown = local(moment)
    return f"{shown:%A} {shown.day} {shown:%B} at {clock(moment)}"


def link_appears_at(booking: Booking, session: Session) -> datetime.datetime:
    return session.starts_at - datetime.timedelta(hours=booking.policy_version.joining_link_hours)


def joining_link(booking: Booking, session: Session, now: datetime.datetime) -> str:
    """The link of this sitting, for whoever is booked and only near its start; empty otherwise."""
    if booking.status != Status.BOOKED or not link_appears_at(booking, session) <= now < session.ends_at:
        return ""
    return session.joining_link or booking.event.joining_link


@dataclass(frozen=True)
class Sitting:
    """One day of a booked date as its person sees it."""

    session: Session
    link: str
    link_from: datetime.datetime | None


def sittings(booking: Booking, now: datetime.datetime) -> list[Sitting]:
    """`booking` comes with its event's sessions. The moment of a link is told only where there will be one."""
    return [_sitting(booking, session, now) for session in booking.event.sessions.all()]


def _sitting(booking: Booking, session: Session, now: datetime.datetime) -> Sitting:
    is_online = booking.event.mode in ("virtual", "hybrid")
    appears = link_appears_at(booking, session)
    is_coming = is_online and booking.status == Status.BOOKED and now < appears
    return Sitting(session, joining_link(booking, session, now), appears if is_coming else None)


def history(steps: Iterable[BookingStep], *, reader_id: int | None) -> list[Step]:
    """The steps of a booking, the latest first; the reader's own are "you". Steps come with who made them."""
    return [
        Step(
            STEP_TITLES.get(step.code, step.get_became_display()),
            at=f"{day(step.at)}, {clock(step.at)}",
            by=_who(step, reader_id),
            note=step.reason,
        )
        for step in reversed(list(steps))
    ]


def _who(step: BookingStep, reader_id: int | None) -> str:
    if step.by is None:
        return "Muster"
    return "You" if step.by_id == reader_id else step.by.name


def days_to_go(booking: Booking, now: datetime.datetime) -> int | None:
    starts = booking.event.starts_at
    return (london_day(starts) - london_day(now)).days if starts else None
