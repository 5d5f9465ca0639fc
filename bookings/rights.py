"""Who may act on whose booking. *Whose rows* somebody sees is `visible_to`; this is about changing them."""

from django.utils import timezone

from bookings.errors import BookingsError
from bookings.models import Booking
from training.people.models import Employment, Person, User
from training.people.permissions import Permission

# Whoever holds a personal link acts as the person of that booking, without a login: then it is a Person.
Actor = User | Person


def actor(by: Actor) -> Person:
    """The person who acts. Raises BookingsError for a login that is nobody yet."""
    person = by if isinstance(by, Person) else by.person
    if person is None:
        raise BookingsError("Say who you are first: open your own page.")
    return person


def may_override(by: Actor) -> bool:
    """Whether this actor may go past what is a rule for everybody else, such as a closing date."""
    return isinstance(by, User) and by.may(Permission.MANAGE_BOOKINGS)


def leads(by: Actor, employment: Employment | None) -> bool:
    """Whether this actor books for the organisation of this employment; for nobody who has left it."""
    if not isinstance(by, User) or employment is None or not employment.counts:
        return False
    if employment.is_over(timezone.localdate()):
        return False
    return by.may(Permission.BOOK_FOR_AGENCY) and employment.agency_id in by.led_agency_ids


def may_book_for(by: Actor, person: Person, employment: Employment | None) -> bool:
    return actor(by).pk == person.pk or may_override(by) or leads(by, employment)


def may_waive(by: Actor, person: Person, employment: Employment | None) -> bool:
    """Whether this actor may let somebody in without what must be done first: a lead not for themselves."""
    return may_override(by) or (leads(by, employment) and actor(by).pk != person.pk)


def require_change(by: Actor, booking: Booking) -> Person:
    """The actor, if this booking is theirs to change: their own, their organisation's, or a coordinator's any."""
    if not may_book_for(by, booking.person, booking.employment):
        raise BookingsError(
            "Only the person booked, the training lead of their organisation or a coordinator can change this booking."
        )
    return actor(by)


def require_coordinator(by: Actor) -> Person:
    if not may_override(by):
        raise BookingsError("Only a coordinator can do this.")
    return actor(by)
