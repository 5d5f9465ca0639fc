"""Places that stood empty, found by pulling: whoever did not come or cancelled late is asked why, once."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from bookings.charges import emails
from bookings.charges.reckoning import Missed, Reckoned, reckon, refilled
from bookings.locking import lock_event
from bookings.models import Booking, BookingStep, Charge, ChargeStatus, ChargeStep, Ground, Origin, Register, Status
from bookings.registers.attendance import Result, outcomes
from bookings.rules.tariffs import Payer
from training.catalogue.models import Event, Session
from training.people.models import Partnership, RoleGrant
from training.web.when import in_london, london_day
from training.web.working_days import add_working_days

LOOKS_BACK = datetime.timedelta(days=92)


def find_missed(*, now: datetime.datetime) -> int:
    """Ask about every place that stood empty, of dates whose registers are all sent; gives how many were found.

    Only dates since the partnership began to charge, and none further back than a quarter. Safe to run twice, or two
    at once: each date is looked at under its lock.
    """
    begins = charges_begin(now)
    if begins is None:
        return 0
    return sum(_find_on(pk, now) for pk in _events(begins, now).values_list("pk", flat=True))


def charges_begin(now: datetime.datetime) -> datetime.datetime | None:
    """The first moment of the dates that are looked at; None where nobody is charged."""
    from_day = Partnership.objects.values_list("charges_from", flat=True).first()
    return max(in_london(from_day, datetime.time(0)), now - LOOKS_BACK) if from_day else None


def _events(begins: datetime.datetime, now: datetime.datetime) -> QuerySet[Event]:
    """Over, with somebody late or expected whom no charge speaks of yet, and every register sent (or called off)."""
    unsent = Session.objects.filter(event=OuterRef("pk")).exclude(
        Exists(Register.objects.filter(session=OuterRef("pk"), sent_at__isnull=False))
    )
    over = Event.objects.filter(starts_at__gte=begins, ends_at__lte=now)
    return over.filter(Q(standing=Event.Standing.CANCELLED) | ~Exists(unsent)).order_by("pk")


@transaction.atomic
def _find_on(event_pk: int, now: datetime.datetime) -> int:
    event = lock_event(event_pk)
    missed = missed_on([event])
    known = set(Charge.objects.filter(booking__event=event).values_list("booking_id", "ground"))
    new = [found for found in missed if (found.row.booking_id, found.row.ground) not in known]
    charges = [charge for found in new if (charge := found.as_charge(now))]
    written = Charge.objects.bulk_create(charges)
    ChargeStep.objects.bulk_create([
        ChargeStep(charge=charge, became=charge.status, at=now, code="found") for charge in written
    ])  # fmt: skip
    for charge in written:
        if charge.status == ChargeStatus.ASKED:
            emails.ask_why(charge, now)
    return len(written)


@dataclass(frozen=True)
class Found:
    """One place that stood empty, its booking, and what the rules say of it."""

    booking: Booking
    row: Missed
    reckoned: Reckoned

    def as_charge(self, now: datetime.datetime) -> Charge | None:
        """In memory; None where the rules name no sum."""
        if self.reckoned.is_nothing:
            return None
        work, version = self.booking.employment, self.booking.policy_version
        return Charge(
            booking=self.booking,
            ground=self.row.ground,
            status=ChargeStatus.NOT_DUE if self.reckoned.why_not else ChargeStatus.ASKED,
            agency=work.agency if work else None,
            amount_pence=self.reckoned.pence,
            vat=version.charge_vat,
            found_at=now,
            explain_by=add_working_days(london_day(now), version.explain_working_days),
            why_not=self.reckoned.why_not,
        )


def missed_on(events: Sequence[Event]) -> list[Found]:
    """Every place of these dates that stood empty at the start, in a fixed number of queries."""
    by_event: dict[int, list[tuple[Booking, Missed]]] = defaultdict(list)
    left_at, days, roles = _left_at(events), _days(events), _roles(events)
    for booking in _bookings(events):
        event = booking.event
        at = left_at.get(booking.pk, event.starts_at) if booking.status == Status.CANCELLED_LATE else event.starts_at
        row = _missed(booking, at, days[event.pk], roles.get(booking.person_id, frozenset()))
        by_event[event.pk].append((booking, row))
    arrivals, live = _arrivals(events), _live(events)
    return [found for event in events for found in _of(event, by_event[event.pk], arrivals, live)]


def _of(
    event: Event,
    pairs: list[tuple[Booking, Missed]],
    arrivals: dict[int, list[datetime.datetime]],
    live: dict[int, int],
) -> list[Found]:
    taken = refilled(
        [row for _, row in pairs], arrivals[event.pk], places=event.places_offered, live=live.get(event.pk, 0)
    )
    return [Found(booking, row, reckon(row, is_refilled=row.booking_id in taken)) for booking, row in pairs]


def _bookings(events: Sequence[Event]) -> list[Booking]:
    """Cancelled late, or booked and not there by the registers; nothing that the old system brought."""
    absent = [one.booking_id for one in outcomes([event.pk for event in events]) if one.result == Result.DID_NOT_ATTEND]
    rows = Booking.objects.filter(Q(pk__in=absent) | Q(status=Status.CANCELLED_LATE), event__in=events)
    rows = rows.exclude(origin__in=(Origin.IMPORTED, Origin.WALK_IN)).order_by("pk")
    return list(rows.select_related("event__version__course", "policy_version", "employment__agency", "person"))


def _missed(booking: Booking, at: datetime.datetime | None, days: int, roles: frozenset[str]) -> Missed:
    event, work = booking.event, booking.employment
    starts_at = event.starts_at
    assert starts_at is not None and at is not None  # noqa: S101, PT018 - only dates with a start are looked at
    is_late = booking.status == Status.CANCELLED_LATE
    payer = Payer(
        kind=work.agency.kind, sector=work.agency.sector, is_exempt=work.agency.is_charge_exempt,
        person_kind=work.kind, roles=roles, course=event.version.course.code,
    ) if work else None  # fmt: skip
    return Missed(
        booking.pk, Ground.CANCELLED_LATE if is_late else Ground.DID_NOT_COME, at, starts_at, booking.policy_version,
        payer, days, booking.is_late_promotion, event.standing == Event.Standing.CANCELLED,
    )  # fmt: skip


def _left_at(events: Iterable[Event]) -> dict[int, datetime.datetime]:
    rows = BookingStep.objects.filter(booking__event__in=events, became=Status.CANCELLED_LATE)
    return dict(rows.order_by("at").values_list("booking", "at"))


def _days(events: Iterable[Event]) -> dict[int, int]:
    rows = Session.objects.filter(event__in=events).values_list("event").annotate(days=Count("pk")).order_by()
    return defaultdict(lambda: 1, dict(rows))


def _roles(events: Sequence[Event]) -> dict[int, frozenset[str]]:
    """What persons were on the day of the first of these dates: roles change seldom."""
    days = [london_day(event.starts_at) for event in events if event.starts_at]
    found: dict[int, set[str]] = defaultdict(set)
    if days:
        booked = Booking.objects.filter(event__in=events).values("person")
        for person, role in RoleGrant.objects.on(min(days)).filter(person__in=booked).values_list("person", "role"):
            found[person].add(role)
    return {person: frozenset(roles) for person, roles in found.items()}


def _arrivals(events: Iterable[Event]) -> dict[int, list[datetime.datetime]]:
    """When somebody came to have a place that was not handed to them by a colleague."""
    rows = BookingStep.objects.filter(booking__event__in=events, became=Status.BOOKED).exclude(was=Status.BOOKED)
    rows = rows.exclude(booking__follows__event=F("booking__event"))
    found: dict[int, list[datetime.datetime]] = defaultdict(list)
    for event, at in rows.values_list("booking__event", "at"):
        found[event].append(at)
    return found


def _live(events: Iterable[Event]) -> dict[int, int]:
    rows = Booking.objects.filter(event__in=events, status=Status.BOOKED)
    return dict(rows.values_list("event").annotate(number=Count("pk")).order_by())
