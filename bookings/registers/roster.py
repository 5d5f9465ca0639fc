"""The register as its page shows it: one query for the rows, whatever their number."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet, Subquery

from bookings.models import AccessNeed, Booking, BookingStep, Mark, Origin, RegisterMark
from training.catalogue.models import Session
from training.people.models import Person, User

# Stands for a reference in the blank row.
BLANK = "BLANK-ROW"
HERE = (Mark.PRESENT, Mark.LATE)
COLOURS = {
    Mark.PRESENT: "green",
    Mark.LATE: "green",
    Mark.LEFT_EARLY: "yellow",
    Mark.TURNED_AWAY: "orange",
    Mark.APOLOGIES: "grey",
    Mark.DID_NOT_ATTEND: "red",
}
# What counts beside those who are here, in this order; the word for one and for several.
REST = (
    (Mark.APOLOGIES, "apology", "apologies"),
    (Mark.LEFT_EARLY, "left early", "left early"),
    (Mark.TURNED_AWAY, "turned away", "turned away"),
    (Mark.DID_NOT_ATTEND, "didn’t come", "didn’t come"),
)


@dataclass(frozen=True)
class RosterRow:
    """One person on the register. `key` is the id that the row's forms carry, so that a tap sent twice is one."""

    booking: Booking
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def mark(self) -> Mark:
        return Mark(self.booking.last_mark or Mark.EXPECTED)  # type: ignore[attr-defined]

    @property
    def is_missing(self) -> bool:
        return self.mark == Mark.EXPECTED

    @property
    def is_here(self) -> bool:
        return self.mark in HERE

    @property
    def words(self) -> str:
        """ "Came late, 9:50"."""
        at: datetime.time | None = self.booking.last_time  # type: ignore[attr-defined]
        return f"{self.mark.label}, {at.hour}:{at.minute:02}" if at else self.mark.label

    @property
    def colour(self) -> str:
        return COLOURS.get(self.mark, "")

    @property
    def note(self) -> str:
        return self.booking.last_note or ""  # type: ignore[attr-defined]

    @property
    def need(self) -> str:
        """What must be done so that they can take part; empty for whoever may not know."""
        return self.booking.need or ""  # type: ignore[attr-defined]

    @property
    def agency(self) -> str:
        """Where they work. For who came to the door what they said there, whether or not we know better."""
        if self.booking.origin in (Origin.WALK_IN, Origin.CAME_INSTEAD):
            return self.booking.said_agency or ""  # type: ignore[attr-defined]
        return self.booking.employment.agency.name if self.booking.employment else ""

    @property
    def origin(self) -> str:
        """Said of those who were not booked beforehand."""
        booking = self.booking
        at_the_door = booking.origin in (Origin.WALK_IN, Origin.CAME_INSTEAD)
        return booking.get_origin_display() if at_the_door else ""

    @property
    def printed_name(self) -> str:
        """For paper: their reference instead of a name that is to be kept off lists."""
        if self.booking.person.is_name_private:
            return f"Name kept off lists ({self.booking.reference})"
        return self.booking.person.name

    @property
    def order(self) -> tuple[bool, str, str, int]:
        """The missing first, A–Z by first name."""
        person = self.booking.person
        return (not self.is_missing, person.first_name.casefold(), person.name.casefold(), self.booking.pk)


@dataclass(frozen=True)
class Roster:
    """Everybody on one session's register."""

    session: Session
    rows: Sequence[RosterRow]

    @property
    def missing(self) -> list[RosterRow]:
        return [row for row in self.rows if row.is_missing]

    @property
    def marked(self) -> list[RosterRow]:
        return [row for row in self.rows if not row.is_missing]

    @property
    def here(self) -> list[RosterRow]:
        return [row for row in self.rows if row.is_here]

    @property
    def with_needs(self) -> list[RosterRow]:
        return [row for row in self.rows if row.need]

    @property
    def sentence(self) -> str:
        """ "14 of 18 here · 2 apologies · 2 missing"."""
        marks = [row.mark for row in self.rows]
        counted = [(marks.count(mark), one, more) for mark, one, more in REST]
        rest = [f"{number} {one if number == 1 else more}" for number, one, more in counted if number]
        return " · ".join([f"{len(self.here)} of {len(marks)} here", *rest, f"{len(self.missing)} missing"])

    def row_of(self, booking: Booking) -> RosterRow | None:
        return next((row for row in self.rows if row.booking.pk == booking.pk), None)


def blank_row() -> RosterRow:
    """What the page's script makes further rows from: somebody on the phone alone is drawn like all others."""
    booking = Booking(reference=BLANK, person=Person(name=""))
    for name in ("mark", "time", "note"):
        setattr(booking, f"last_{name}", None)
    booking.need = booking.said_agency = ""  # type: ignore[attr-defined]
    return RosterRow(booking)


def roster(session: Session, user: User) -> Roster:
    """The register of this session, for somebody who may open it (`registers_visible_to`)."""
    rows = [RosterRow(booking) for booking in _bookings(session, user)]
    return Roster(session, sorted(rows, key=lambda row: row.order))


def _bookings(session: Session, user: User) -> QuerySet[Booking]:
    last = RegisterMark.objects.filter(session=session, booking=OuterRef("pk")).order_by(
        "-made_at", "-received_at", "-pk"
    )
    needs = AccessNeed.objects.visible_to(user).filter(booking=OuterRef("pk"))
    said = BookingStep.objects.filter(booking=OuterRef("pk"), code=OuterRef("origin")).order_by("-at", "-pk")
    rows = Booking.objects.expected().filter(event=session.event_id)
    return rows.select_related("person", "employment__agency").annotate(
        last_mark=Subquery(last.values("mark")[:1]),
        last_time=Subquery(last.values("at_time")[:1]),
        last_note=Subquery(last.values("note")[:1]),
        need=Subquery(needs.values("what_to_do")[:1]),
        said_agency=Subquery(said.values("data__agency")[:1]),
    )
