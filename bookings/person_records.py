"""What happens to a person's bookings when two records become one, when they ask for their data, when they go."""

import datetime
from typing import Any

from bookings.actions.offers import end_open_offer, promote
from bookings.bulletin.records import choices_of, forget_choices, join_choices
from bookings.calendars.feeds import end_feed, join_feeds
from bookings.charges.records import export_charges, forget_reasons
from bookings.locking import lock_booking, lock_events
from bookings.models import HOLDING_A_PLACE, AccessNeed, Booking, Notice, Offer, PersonalLink, SeatMailReader, Status
from training.people.models import Person, User


def move_person(source: Person, target: Person, *, by: User, now: datetime.datetime) -> None:
    """All bookings go over. Where both are on one date, the place is kept and the other entry is ended."""
    for pk in _doubles(source, target):
        _end_double(pk, by, now)
    Booking.objects.filter(person=source).update(person=target)
    Notice.objects.filter(person=source).update(person=target)
    join_feeds(source, target)
    _join_mails(source, target)
    join_choices(source, target)


def _join_mails(source: Person, target: Person) -> None:
    """Who got which mail about places left; what both got, the one record has once."""
    for row in SeatMailReader.objects.filter(person=source):
        if SeatMailReader.objects.filter(person=target, mail=row.mail_id, agency=row.agency_id).exists():
            row.delete()
        else:
            SeatMailReader.objects.filter(pk=row.pk).update(person=target)


def _doubles(source: Person, target: Person) -> list[int]:
    """Of each pair on one date the one to end: whoever waits beside a place, else the source's."""
    rows = Booking.objects.live().filter(person__in=(source, target)).order_by("event_id")
    by_event: dict[int, list[Booking]] = {}
    for row in rows:
        by_event.setdefault(row.event_id, []).append(row)
    pairs = [pair for pair in by_event.values() if len(pair) > 1]
    return [_weaker(pair, source).pk for pair in pairs]


def _weaker(pair: list[Booking], source: Person) -> Booking:
    waiting = [row for row in pair if row.status not in HOLDING_A_PLACE]
    own = [row for row in pair if row.person_id == source.pk]
    return waiting[0] if len(waiting) == 1 else own[0]


def _end_double(pk: int, by: User, now: datetime.datetime) -> None:
    event_id = Booking.objects.values_list("event_id", flat=True).get(pk=pk)
    event = lock_events(event_id)[event_id]
    booking = lock_booking(pk)
    end_open_offer(booking, Offer.Outcome.WITHDRAWN, now)
    became = Status.CANCELLED_IN_TIME if booking.status == Status.BOOKED else Status.WITHDRAWN
    booking.move_to(
        became, by=by.person, now=now, code="records_joined", reason="Two records of one person were joined"
    )
    promote(event, now=now)


def export_person(person: Person) -> dict[str, Any]:
    rows = Booking.objects.filter(person=person).select_related("event__version", "employment__agency", "access_need")
    bookings = [_booking(row) for row in rows.prefetch_related("steps", "offers").order_by("made_at", "pk")]
    return {"bookings": bookings, "missed_places": export_charges(person), "mails": choices_of(person)}


def _booking(row: Booking) -> dict[str, Any]:
    need = getattr(row, "access_need", None)
    return {
        "reference": row.reference,
        "course": row.event.version.title,
        "date": row.event.reference,
        "starts_at": row.event.starts_at.isoformat() if row.event.starts_at else None,
        "organisation": row.employment.agency.name if row.employment else None,
        "state": row.get_status_display(),
        "how": row.get_origin_display(),
        "manager_agreed": row.has_manager_agreed,
        "manager": row.manager_name,
        "manager_email": row.manager_email,
        "what_we_must_do": need.what_to_do if need else None,
        "history": [
            {"at": step.at.isoformat(), "state": step.get_became_display(), "reason": step.reason}
            for step in row.steps.all()
        ],
        "places_offered": [
            {"until": offer.expires_at.isoformat(), "answer": offer.get_outcome_display() or "open"}
            for offer in row.offers.all()
        ],
    }


def erase_person(person: Person, *, by: User, now: datetime.datetime) -> None:  # noqa: ARG001 - as every hook says
    """Attendance stays, under a record that no longer names anybody; what was about others or their health goes."""
    AccessNeed.objects.filter(booking__person=person).delete()
    PersonalLink.objects.filter(booking__person=person).delete()
    forget_reasons(person)
    end_feed(person=person)
    forget_choices(person)
    Booking.objects.filter(person=person).update(manager_name="", manager_email="")
