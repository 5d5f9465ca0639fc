"""Why somebody cannot be booked on a date, as reasons that the page and the action share."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Exists, OuterRef, Q

from bookings.models import HOLDING_A_PLACE, LIVE, Booking, BookingPolicyVersion, Status
from bookings.rules.closed import reasons_of_a_closed_date
from bookings.rules.first import reasons_of_what_is_first
from bookings.rules.policy import closes_at, policy_for
from training.catalogue.models import Course, DeliveryMode, Event, Session
from training.people.models import Employment, Person
from training.record.models import Achievement
from training.web.reasons import Reason
from training.web.when import london_day
from training.web.words import clock, day

# Reasons that are a matter of when one asks.
WINDOW = frozenset({"opens_later", "closed"})
RECENTLY = datetime.timedelta(days=365)
FIND_ANOTHER = "Look for another date of this course."


def reasons_not_bookable(
    event: Event,
    person: Person,
    employment: Employment | None,
    now: datetime.datetime,
    *,
    version: BookingPolicyVersion | None = None,
    is_override: bool = False,
    is_self: bool = True,
    besides: Booking | None = None,
    rivals: Sequence[Booking] | None = None,
    with_warnings: bool = True,
) -> list[Reason]:
    """Everything that stops this booking (blocking), and what the person should know first (warnings).

    A full date does not: there is a waiting list. With `is_override` (a coordinator, or a colleague who takes a place
    over) the opening and closing days do not count; with `is_self` the sentences speak to the person, otherwise of
    them. `besides` is the booking that this one would replace, `rivals` what `rivals_of` gave, if it was asked.
    `event` must come with its version and course.
    """
    rules = version or policy_for(event, london_day(now))
    others = rivals_of(event, person) if rivals is None else rivals
    others = [one for one in others if besides is None or one.pk != besides.pk]
    reasons = [
        *_of_the_date(event, now),
        *([] if is_override else _of_the_window(event, rules, now)),
        *_of_the_employment(person, employment, now, is_self),
        *reasons_of_a_closed_date(event, person, employment, is_self=is_self),
        *_of_other_bookings(event, others, "You" if is_self else person.name),
    ]
    if besides is None or besides.person_id != person.pk:  # who moves to another date was let in before
        reasons += reasons_of_what_is_first(event, person, is_self=is_self, with_warnings=with_warnings)
    return [*reasons, *_of_the_past(event, person, now, is_self)] if with_warnings else reasons


def reasons_closed(event: Event, now: datetime.datetime) -> list[Reason]:
    """Those that do not depend on who asks: for visitors who have not signed in."""
    return [*_of_the_date(event, now), *_of_the_window(event, policy_for(event, london_day(now)), now)]


def at_the_same_time(event: Event) -> Exists:
    """For a query of bookings: whether a session of theirs runs while one of this date does."""
    mine = Session.objects.filter(event=event, starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))
    return Exists(Session.objects.filter(event=OuterRef("event_id")).filter(Exists(mine)))


def rivals_of(event: Event, person: Person, submission: uuid.UUID | None = None) -> list[Booking]:
    """The person's live bookings on this date, at the same time, or on other dates of the same course.

    With a form's `submission` also whatever that form has made before, whoever's it is and in whatever state. One
    query, and another if a date of theirs lies between the first and the last day of this one.
    """
    of_course = Q(event__version__course=event.version.course_id)
    near = Q(event__starts_at__lt=event.ends_at, event__ends_at__gt=event.starts_at) if event.starts_at else Q(pk=None)
    wanted = Q(person=person, status__in=LIVE) & (of_course | near & Q(status__in=HOLDING_A_PLACE))
    if submission is not None:
        wanted |= Q(submission=submission)
    rows = Booking.objects.filter(wanted).select_related("event__version__course", "person")
    found = list(rows.order_by("event__starts_at", "pk"))
    busy = _at_once(found, event)
    for one in found:
        one.is_at_once = one.pk in busy  # type: ignore[attr-defined]
    return [one for one in found if one.pk in busy or _is_rival(one, event, submission)]


def _at_once(found: list[Booking], event: Event) -> set[int]:
    """Which of these run while a session of this date does: of those between its first and its last day."""
    if event.starts_at is None or event.ends_at is None:
        return set()
    near = [
        one.pk
        for one in found
        if one.event.starts_at and one.event.ends_at
        if one.event.starts_at < event.ends_at and event.starts_at < one.event.ends_at and one.event_id != event.pk
    ]
    rows = Booking.objects.filter(pk__in=near).filter(at_the_same_time(event))
    return set(rows.values_list("pk", flat=True)) if near else set()


def _is_rival(one: Booking, event: Event, submission: uuid.UUID | None) -> bool:
    """Whatever the time: of the same course, or made by the same form."""
    return one.event.version.course_id == event.version.course_id or (
        submission is not None and one.submission == submission
    )


def _of_the_date(event: Event, now: datetime.datetime) -> Iterator[Reason]:
    if event.standing == Event.Standing.CANCELLED:
        yield Reason("cancelled", "This date is cancelled.", FIND_ANOTHER)
    elif event.standing == Event.Standing.SUSPENDED:
        yield Reason("suspended", "This date is suspended: nobody can book it for now.", FIND_ANOTHER)
    elif event.standing != Event.Standing.PUBLISHED:
        yield Reason("not_open", "This date is not open for booking.", FIND_ANOTHER)
    elif event.version.course.standing == Course.Standing.WITHDRAWN:
        yield Reason("withdrawn", "This course is no longer offered.", "Look for another course.")
    if event.mode != DeliveryMode.E_LEARNING and (event.starts_at is None or event.starts_at <= now):
        yield Reason("begun", "This date has begun or is over.", FIND_ANOTHER)


def _of_the_window(event: Event, rules: BookingPolicyVersion, now: datetime.datetime) -> Iterator[Reason]:
    opens = event.booking_opens_at
    if opens and opens > now:
        yield Reason(
            "opens_later", f"Booking opens on {day(opens)} at {clock(opens)}.", "Come back then.", data={"at": opens}
        )
    closes = event.booking_closes_at or closes_at(rules, event.starts_at)
    is_to_come = event.starts_at is None or event.starts_at > now
    if closes and closes <= now and is_to_come:
        yield Reason(
            "closed",
            f"Booking for this date closed on {day(closes)} at {clock(closes)}.",
            "Ring the training team if you need it badly, or look for another date.",
        )


def _of_the_employment(
    person: Person, employment: Employment | None, now: datetime.datetime, is_self: bool
) -> Iterator[Reason]:
    if employment is None:
        sentence = "You have not said where you work." if is_self else f"Nobody has said where {person} works."
        yield Reason("no_employment", sentence, "Say where, then book.")
    elif employment.person_id != person.pk:
        yield Reason("not_theirs", "That is somebody else’s place of work.", "Choose another.")
    elif not employment.counts:
        sentence = f"{employment.agency} says that {'you do' if is_self else f'{person} does'} not work there."
        yield Reason("employment_refused", sentence, "Choose another place of work, or ask the training team.")
    elif employment.is_over(london_day(now)):
        sentence = f"{'You no longer work' if is_self else f'{person} no longer works'} at {employment.agency}."
        yield Reason("employment_over", sentence, "Choose the place of work of today.")


def _of_other_bookings(event: Event, rivals: Iterable[Booking], who: str) -> Iterator[Reason]:
    """`who` is You or a name."""
    has, waits = ("have", "are") if who == "You" else ("has", "is")
    for rival in rivals:
        data, is_waiting = {"booking": rival.reference}, rival.status == Status.WAITLISTED
        when = f" on {day(rival.event.starts_at)}" if rival.event.starts_at else ""
        if rival.event_id == event.pk:
            said = f"{waits} on the waiting list for this date" if is_waiting else f"{has} a place on this date"
            yield Reason("already", f"{who} {said} already.", data=data)
        elif rival.is_at_once and not is_waiting:  # type: ignore[attr-defined]
            # What a colleague is booked on is not everybody's business.
            what = f"a place on {rival.event.version.title}" if who == "You" else "another course"
            sentence = f"{who} {has} {what} at the same time{when}."
            yield Reason("overlaps", sentence, "Cancel that one first, or choose another date.", data=data)
        else:
            said = f"{waits} on the waiting list for" if is_waiting else f"{has} a place on"
            sentence = f"{who} {said} another date of this course{when}."
            yield Reason("same_course", sentence, "Are both needed?", blocking=False, data=data)


def _of_the_past(event: Event, person: Person, now: datetime.datetime, is_self: bool) -> Iterator[Reason]:
    latest = vars(event)["done_on"] if "done_on" in vars(event) else _done_on(event, person)
    if latest and latest >= london_day(now - RECENTLY):
        who = "You" if is_self else person.name
        sentence = f"{who} did this course on {day(latest)}."
        yield Reason("done_lately", sentence, "Somebody else may need the place more.", blocking=False)


def _done_on(event: Event, person: Person) -> datetime.date | None:
    done = Achievement.objects.filter(person=person, version__course=event.version.course_id)
    return done.order_by("-on").values_list("on", flat=True).first()
