"""What the booking rules in force say about one date: until when leaving is free, how long an offer waits.

All of it is arithmetic on a version of the rules and a start; nothing here reads the clock.
"""

import datetime

from bookings.errors import BookingsError
from bookings.models import BookingPolicyVersion, Length
from training.catalogue.models import Event
from training.web.when import LONDON, london_day
from training.web.working_days import add_working_days, is_working_day

OPENS, CLOSES = datetime.time(9), datetime.time(17)
ONE_DAY = datetime.timedelta(days=1)


# What is over in half a day; a date of two sittings on one day is a day.
HALF_A_DAY = datetime.timedelta(hours=4)


def length_of(starts_at: datetime.datetime | None, ends_at: datetime.datetime | None) -> str:
    """Which of `Length` a date is, by its first start and its last end in London; empty in one's own time."""
    if starts_at is None or ends_at is None:
        return ""
    if london_day(starts_at) != london_day(ends_at):
        return Length.DAYS
    return Length.HALF_DAY if ends_at - starts_at <= HALF_A_DAY else Length.DAY


def policy_for(event: Event, day: datetime.date) -> BookingPolicyVersion:
    """The rules that a booking made on this day is made under: the most specific ones in force that fit the date.

    Rules for its course go before rules for how it is held, those before rules for how long it is, and those before
    the standard ones; of two for one course, whichever name more. Raises BookingsError on an installation without any.
    """
    length = length_of(event.starts_at, event.ends_at)
    fitting = BookingPolicyVersion.objects.for_dates(
        day, course_id=event.version.course_id, mode=event.mode, length=length
    )
    version = fitting.select_related("policy").first()
    if version is None:
        raise BookingsError(f"There are no booking rules for {event} yet. Ask the training team.")
    return version


def free_until(version: BookingPolicyVersion, starts_at: datetime.datetime | None) -> datetime.datetime | None:
    """The last moment at which leaving is free; None for e-learning, which has no start and is always free to leave.

    Five working days before Tuesday 14 May are up on Tuesday 7 May at 17:00, or on the Friday before when the Monday
    between is a bank holiday. Never after the start itself.
    """
    return None if starts_at is None else before_start(version, version.notice_amount, starts_at)


def before_start(version: BookingPolicyVersion, amount: int, starts_at: datetime.datetime) -> datetime.datetime:
    """So many days, working days or weeks before the start, as these rules count, at their o'clock."""
    kinds = BookingPolicyVersion.NoticeKind
    first = london_day(starts_at)
    if version.notice_kind == kinds.WORKING_DAYS:
        last = add_working_days(first, -amount)
    else:
        last = first - amount * (ONE_DAY if version.notice_kind == kinds.CALENDAR_DAYS else 7 * ONE_DAY)
    return min(_moment(last, version.notice_ends_at), starts_at)


def released_on(version: BookingPolicyVersion, starts_at: datetime.datetime | None) -> datetime.date | None:
    """The day on which places kept on this date become everybody's, unless another one is agreed."""
    return add_working_days(london_day(starts_at), -version.release_working_days_before) if starts_at else None


def is_inside_notice(
    version: BookingPolicyVersion, starts_at: datetime.datetime | None, now: datetime.datetime
) -> bool:
    """Whether leaving now is late."""
    last = free_until(version, starts_at)
    return last is not None and now > last


def closes_at(version: BookingPolicyVersion, starts_at: datetime.datetime | None) -> datetime.datetime | None:
    """The moment from which nobody can book for themselves: the start, or some working days before; None: never."""
    if starts_at is None or not version.closes_working_days_before:
        return starts_at
    last = add_working_days(london_day(starts_at), -version.closes_working_days_before)
    return min(_moment(last, version.notice_ends_at), starts_at)


def offer_expires(
    version: BookingPolicyVersion, now: datetime.datetime, starts_at: datetime.datetime
) -> datetime.datetime:
    """Until when a place offered now is somebody's: so many working hours on, fewer in the last days.

    The hours are those between 9 and 17 in London from Monday to Friday without bank holidays. Never after the start.
    """
    days = (london_day(starts_at) - london_day(now)).days
    is_late = days <= version.late_offer_within_days
    hours = version.late_offer_working_hours if is_late else version.offer_working_hours
    return min(add_working_hours(now, hours), starts_at)


def add_working_hours(moment: datetime.datetime, hours: int) -> datetime.datetime:
    """The moment at which so many working hours have passed. Ten minutes to five and one hour is ten to ten."""
    left = datetime.timedelta(hours=hours)
    day = london_day(moment)
    while True:
        opens, closes = _moment(day, OPENS), _moment(day, CLOSES)
        start = max(moment, opens)
        if is_working_day(day) and start < closes:
            if left <= closes - start:
                return start + left
            left -= closes - start
        day += ONE_DAY


def _moment(day: datetime.date, clock: datetime.time) -> datetime.datetime:
    """A time that a night's clock change leaves out is read as an hour later, so that rules never fail on a date."""
    return datetime.datetime.combine(day, clock, tzinfo=LONDON).astimezone(datetime.UTC)
