"""The day before: everything that has to be right for a date, each line said to be so, or what to do."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from bookings.models import HOLDING_A_PLACE, AccessNeed, Booking
from training.catalogue.models import DeliveryMode, Event, Order, Venue
from training.catalogue.order_words import what_next
from training.catalogue.problems import IN_A_ROOM, ONLINE
from training.catalogue.trainers import DateTrainer, trainers_of
from training.web.words import count, of


@dataclass(frozen=True)
class Line:
    """`to_do` is empty where all is well; `url` leads to where it is done. What nobody can look up is a reminder."""

    what: str
    said: str
    to_do: str = ""
    url: str = ""
    is_reminder: bool = False

    @property
    def is_ok(self) -> bool:
        return not self.to_do


def checklist(event: Event) -> list[Line]:
    """`event` was loaded by `with_details`. Three queries besides."""
    return [
        *_trainers(event),
        *_venues(event),
        *_links(event),
        _numbers(event),
        *_adjustments(event),
        *_orders(event),
        *_paper(event),
    ]


def _trainers(event: Event) -> Iterator[Line]:
    url = reverse("desk:date", args=[event.reference]) + "#trainers"
    live = [trainer for trainer in trainers_of(event) if trainer.is_live]
    if not live:
        yield Line("Trainers", "Nobody is asked.", "Ask a trainer.", url)
    for trainer in live:
        phone = trainer.person.mobile or "no telephone number"
        yield Line("Trainer", f"{trainer.person.name}, {phone}", _to_ask(trainer), url)


def _to_ask(trainer: DateTrainer) -> str:
    return "" if trainer.status == "confirmed" else "Ring them, and confirm for them."


def _venues(event: Event) -> Iterator[Line]:
    if DeliveryMode(event.mode) not in IN_A_ROOM:
        return
    venues = {session.venue for session in event.sessions.all()}
    if None in venues or not venues:
        change = reverse("bookings:date-change", args=[event.reference])
        yield Line("Venue", "A day has no venue.", "Choose one.", change)
    for venue in sorted((one for one in venues if one), key=str):
        lacking = _lacking(venue)
        url = reverse("bookings:venue-change", args=[venue.reference])
        yield Line("Venue", _venue_words(venue), f"Find out: {', '.join(lacking)}." if lacking else "", url)


def _lacking(venue: Venue) -> list[str]:
    """A door code need not be: many houses have none."""
    needed = {"whom to ring there": venue.contact_phone, "the assembly point": venue.assembly_point}
    return [what for what, value in needed.items() if not value]


def _venue_words(venue: Venue) -> str:
    contact = " ".join(part for part in (venue.contact_name, venue.contact_phone) if part)
    code = f"door code {venue.door_code}" if venue.door_code else "no door code"
    assembly = f"assembly point: {venue.assembly_point}" if venue.assembly_point else ""
    return "; ".join(part for part in (str(venue), contact, code, assembly) if part)


def _links(event: Event) -> Iterator[Line]:
    if DeliveryMode(event.mode) in ONLINE:
        missing = [day for day in event.sessions.all() if not (day.joining_link or event.joining_link)]
        url = reverse("bookings:date-change", args=[event.reference])
        said = "There is none yet." if missing else "It goes to whoever is booked, by the booking rules."
        yield Line("Joining link", said, "Add it." if missing else "", url)


def _numbers(event: Event) -> Line:
    url = reverse("bookings:date-decide", args=[event.reference])
    booked = of(event.places_held, event.places_offered) if event.places_offered else str(event.places_held)
    is_thin = event.places_held < event.minimum
    to_do = f"{event.minimum} are needed: run or pull?" if is_thin else ""
    return Line("Numbers", f"{booked} places taken", to_do, url)


def _adjustments(event: Event) -> Iterator[Line]:
    """How many, never whose or what: the page that they lead to is for whoever may read that."""
    rows = AccessNeed.objects.filter(booking__event=event, booking__status__in=HOLDING_A_PLACE)
    needs = list(rows.values_list("confirmed_at", flat=True))
    still_open = sum(1 for confirmed_at in needs if confirmed_at is None)
    url = reverse("bookings:event-people", args=[event.reference]) + "#to-arrange"
    said = f"{count(len(needs), 'adjustment').capitalize()} asked for"
    yield Line("Adjustments", said, f"{still_open} to arrange." if still_open else "", url)


def _orders(event: Event) -> Iterator[Line]:
    for order in Order.objects.live().filter(event=event).order_by("kind", "pk"):
        parts = (order.supplier, order.supplier_phone, order.get_status_display().lower())
        url = reverse("desk:order", args=[order.reference])
        yield Line(order.get_kind_display(), ", ".join(part for part in parts if part), what_next(order), url)


def _paper(event: Event) -> Iterator[Line]:
    booked = Booking.objects.filter(event=event).expected().exists()
    for day in event.sessions.all():
        url = reverse("bookings:register-paper", args=[event.reference, day.position])
        name = "Register on paper" if len(event.sessions.all()) == 1 else f"Register on paper, day {day.position}"
        yield Line(
            name, "Print it, in case there is no signal." if booked else "Nobody is booked.", "", url, is_reminder=True
        )
