"""Instead of cancelling: a colleague goes, or the same person goes on another date. Neither frees the place between."""

import datetime

from django.db import transaction

from bookings import emails
from bookings.actions.booking import keep_access_need, write_new
from bookings.actions.colleagues import colleague_at
from bookings.actions.offers import promote
from bookings.errors import BookingsError
from bookings.interpreters import order_interpreter
from bookings.locking import lock_booking, lock_event, lock_events, lock_persons
from bookings.models import AccessNeed, Booking, Origin, Status
from bookings.places.choosing import no_place
from bookings.places.reading import belongs, room_of
from bookings.rights import Actor, actor, may_override, require_change
from bookings.rules.changed import leaves_free
from bookings.rules.eligibility import reasons_not_bookable
from bookings.rules.policy import is_inside_notice, policy_for
from bookings.rules.why import WhyColleague
from training.catalogue.models import Event
from training.people.models import Person
from training.web.reasons import blocking
from training.web.when import london_day


@transaction.atomic
def send_colleague(
    *, booking: Booking, name: str, email: str, by: Actor, now: datetime.datetime, why: str = ""
) -> Booking:
    """A colleague of the same organisation takes the place over, free of charge; gives their booking.

    The colleague is known by exact name and address among the people who work there, else a new record is made: this
    tells nobody whether somebody exists. Whoever waits for this very date has their booking turned into the place.
    The same colleague again gives the booking that they have. `why` is one of `WhyColleague`, or nothing.
    """
    event = lock_event(booking.event_id)
    locked = lock_booking(booking.pk)
    locked.event = event
    person = require_change(by, locked)
    if locked.employment is None:
        raise BookingsError("A colleague must work where you work, and this booking does not say where that is.")
    colleague, work = colleague_at(locked.employment.agency, name, email, by, now)
    if locked.status == Status.SUBSTITUTED and (earlier := locked.followed_by.filter(person=colleague).first()):
        return earlier
    _refuse_unless_booked(locked, now)
    if colleague.pk == locked.person_id:
        raise BookingsError("That is the person who is booked. Enter a colleague’s name and e-mail address.")
    lock_persons(colleague.pk)
    waiting = event.bookings.filter(person=colleague, status=Status.WAITLISTED).first()
    rules = policy_for(event, london_day(now))
    reasons = reasons_not_bookable(
        event, colleague, work, now, version=rules, is_override=True, is_self=False, besides=waiting,
        with_warnings=False,
    )  # fmt: skip
    if stops := blocking(reasons):
        raise BookingsError(reasons=stops)
    new = waiting or Booking(event=event, person=colleague, employment=work, origin=Origin.BOOKED)
    locked.move_to(
        Status.SUBSTITUTED, by=person, now=now, code="colleague_goes", reason=_goes_instead(colleague, why),
        data={"booking": new.reference, "why": why},
    )  # fmt: skip
    new.follows, new.person, new.event = locked, colleague, event
    _take_over(locked, new, person, now)
    emails.tell_colleague_goes(locked, new, now)
    emails.tell_booked(new, now, is_new=waiting is None)
    return new


def _goes_instead(colleague: Person, why: str) -> str:
    said = f": {WhyColleague(why).label}" if why in WhyColleague.values else ""
    return f"{colleague.name} goes instead{said}"


def _take_over(old: Booking, new: Booking, by: Person, now: datetime.datetime) -> None:
    reason = f"Instead of {old.person.name}"
    if new.pk is None:
        new.has_manager_agreed = old.has_manager_agreed
        new.manager_name, new.manager_email = old.manager_name, old.manager_email
        write_new(new, Status.BOOKED, rules=old.policy_version, by=by, now=now, code="took_over", reason=reason)
        return
    new.move_to(Status.BOOKED, by=by, now=now, code="took_over", reason=reason)
    new.save(update_fields=["follows"])


def _refuse_unless_booked(booking: Booking, now: datetime.datetime) -> None:
    if booking.status != Status.BOOKED:
        raise BookingsError("Only a booked place can be given to a colleague.")
    if booking.event.starts_at is not None and booking.event.starts_at <= now:
        raise BookingsError("This date has begun. The trainer can put the colleague’s name on the register.")


@transaction.atomic
def move_to_date(*, booking: Booking, event: Event, by: Actor, now: datetime.datetime) -> Booking:
    """The same person goes on another date of the same course; gives the new booking, of the same episode.

    Only to a date with a place: nobody gives up a place for a waiting list. Moving from a place inside the notice
    period is kept in the step as late. The place left behind goes to whoever waits for it.
    """
    events = lock_events(booking.event_id, event.pk)
    old_event, target = events[booking.event_id], events[event.pk]
    lock_persons(booking.person_id)
    locked = lock_booking(booking.pk)
    locked.event = old_event
    person = require_change(by, locked)
    if locked.status == Status.TRANSFERRED and (earlier := locked.followed_by.filter(event=target).first()):
        return earlier
    _refuse_move(locked, target, by, now)
    new = carry_over(locked, target, person, now)
    promote(old_event, now=now)
    return new


def carry_over(locked: Booking, target: Event, person: Person, now: datetime.datetime, reason: str = "") -> Booking:
    """The new booking of somebody whose date, booking and person are locked; both dates are told to them.

    For callers that have seen to it that the target has a place, and that see to the place left behind.
    """
    new = Booking(
        event=target,
        person=locked.person,
        employment=locked.employment,
        origin=locked.origin,
        episode=locked.episode,
        follows=locked,
        has_manager_agreed=locked.has_manager_agreed,
        manager_name=locked.manager_name,
        manager_email=locked.manager_email,
    )
    was_booked = locked.status == Status.BOOKED
    is_late = was_booked and is_inside_notice(locked.policy_version, locked.event.starts_at, now)
    is_late = is_late and not leaves_free(locked)
    locked.move_to(
        Status.TRANSFERRED, by=person, now=now, code="moved_away", reason=reason,
        data={"is_late": is_late, "booking": new.reference},
    )  # fmt: skip
    rules = policy_for(target, london_day(now))
    write_new(new, Status.BOOKED, rules=rules, by=person, now=now, code="moved_here")
    need = AccessNeed.objects.filter(booking=locked).first()
    if keep_access_need(new, need.what_to_do if need else "", now):
        order_interpreter(new, by=person, now=now)
    emails.tell_moved(locked, new, now, reason)
    return new


def _refuse_move(booking: Booking, target: Event, by: Actor, now: datetime.datetime) -> None:
    """Raises BookingsError for whatever speaks against the move; the booking stays as it is."""
    if booking.status not in (Status.BOOKED, Status.WAITLISTED):
        raise BookingsError("Only a place, or a place on the waiting list, can be moved to another date.")
    if target.pk == booking.event_id:
        raise BookingsError("That is the date you have. Choose another one.")
    if target.version.course_id != booking.event.version.course_id:
        raise BookingsError("That date is of another course. Book it on its own.")
    if booking.event.starts_at is not None and booking.event.starts_at <= now:
        raise BookingsError("The date you have has begun, so it cannot be changed any more.")
    reasons = reasons_not_bookable(
        target,
        booking.person,
        booking.employment,
        now,
        is_override=may_override(by),
        is_self=actor(by).pk == booking.person_id,
        besides=booking,
        with_warnings=False,
    )
    if stops := blocking(reasons):
        raise BookingsError(reasons=stops)
    room, one = room_of(target, london_day(now)), belongs(booking.employment)
    if not room.has_place_for(one):
        why = no_place(room, one) if room.left else None
        raise BookingsError(f"{why or 'That date is full now.'} You keep what you have; choose another date.")
