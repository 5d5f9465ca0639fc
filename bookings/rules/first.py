"""What a course asks for first, as reasons: what the person has not done, and what a place elsewhere makes up for."""

from collections.abc import Iterator

from bookings.models import Booking, Status
from training.catalogue.finding.first import Known
from training.catalogue.models import Event
from training.people.models import Person
from training.record.first import NotDone, not_done_first
from training.web.reasons import Reason
from training.web.words import day

# A coordinator, or the lead of their organisation, may book somebody without it, for a reason that is kept.
MUST = "first_must"


def reasons_of_what_is_first(event: Event, person: Person, *, is_self: bool, with_warnings: bool) -> Iterator[Reason]:
    if not vars(event).get("asks_first", True):  # asked in the same query as the date
        return
    for one in not_done_first(event.version.course, person):
        if not (one.is_must or with_warnings):
            continue
        yield _booked_before(event, person, one, is_self) or _missing(one, person, is_self)


def _booked_before(event: Event, person: Person, one: NotDone, is_self: bool) -> Reason | None:
    """A place on a date that ends before this one begins is as good as having done it."""
    if event.starts_at is None:
        return None
    rows = Booking.objects.filter(person=person, status=Status.BOOKED, event__version__course__in=one.course_ids)
    held = rows.filter(event__ends_at__lte=event.starts_at).select_related("event__version").order_by("event__ends_at")
    booking = held.first()
    if booking is None or booking.event.starts_at is None:
        return None
    sentence = f"This counts on “{booking.event.version}” on {day(booking.event.starts_at)}"
    who = "you have" if is_self else f"{person.name} has"
    return Reason("first_booked", f"{sentence}, which {who} a place on.", "It must be done first.", blocking=False)


def _missing(one: NotDone, person: Person, is_self: bool) -> Reason:
    names = _names(one.courses)
    data = {"codes": [course.code for course in one.courses], "courses": [c for c in one.courses if c.is_public]}
    if not one.is_must:
        who = "you have" if is_self else f"{person.name} has"
        sentence = f"It helps to have done {names} before this course, and {who} not."
        return Reason("first_should", sentence, blocking=False, data=data)
    who, has = ("You", "have") if is_self else (person.name, "has")
    sentence = f"{who} must have done {names} before this course, and {has} not."
    if is_self:
        what = "Book that first. If you have done the like elsewhere, ask your organisation’s training lead or us."
    else:
        what = "Book that first, or give a reason why it need not be."
    return Reason(MUST, sentence, what, data=data)


def _names(courses: list[Known]) -> str:
    titles = [f"“{course.title}”" for course in courses]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} or {titles[-1]}"
