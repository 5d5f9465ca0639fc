"""Dates whose places are at risk of staying empty, and organisations of which few come: each with its sum."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from bookings.models import HOLDING_A_PLACE, Booking, MailChoice, MailKind
from training.catalogue.models import Course, Event
from training.people.models import Agency, AgencyHeadcount, Role, RoleGrant
from training.web.when import london_day
from training.web.words import count
from training.web.working_days import add_working_days, working_days_between

AHEAD_WORKING_DAYS = 30
LOOK_BACK = datetime.timedelta(days=365)
MOST_PROPOSED = 5


@dataclass(frozen=True)
class AtRisk:
    """`event` comes with version and course."""

    event: Event
    working_days: int

    @property
    def sentence(self) -> str:
        """ "4 of 18 places taken, 2 fewer than the minimum of 6." """
        event = self.event
        taken = f"{event.places_held} of {event.places_offered} places taken"
        if event.places_held < event.minimum:
            return f"{taken}, {event.minimum - event.places_held} fewer than the minimum of {event.minimum}."
        return f"{taken}, less than half; the minimum of {event.minimum} is reached."


def dates_at_risk(now: datetime.datetime) -> list[AtRisk]:
    """Open dates of the next 30 working days with fewer than their minimum, or than half of their places, taken."""
    today = london_day(now)
    until = add_working_days(today, AHEAD_WORKING_DAYS) + datetime.timedelta(days=1)
    few = Q(places_held__lt=F("minimum")) | Q(places_offered__gt=2 * F("places_held"))
    rows = open_dates(now).filter(few, starts_at__date__lt=until)
    return [
        AtRisk(event, working_days_between(today, london_day(event.starts_at)))
        for event in rows.order_by("starts_at", "pk")
        if event.starts_at
    ]


def open_dates(now: datetime.datetime) -> "QuerySet[Event]":
    """Dates that people may book now, with rooms, of courses that everybody sees."""
    rows = Event.objects.open_for_booking(now).filter(starts_at__gt=now, places_offered__gt=F("places_held"))
    rows = rows.filter(version__course__in=Course.objects.in_catalogue().values("pk"))
    return rows.select_related("version__course")


@dataclass(frozen=True)
class Share:
    """How many of an organisation came or will come within a year either side, beside its part of the workforce."""

    agency: Agency
    booked: int
    of_booked: int
    staff: int
    of_staff: int
    leads: int

    @property
    def expected(self) -> int:
        return round(self.of_booked * self.staff / self.of_staff) if self.of_staff else 0

    @property
    def short(self) -> int:
        return self.expected - self.booked

    @property
    def sentence(self) -> str:
        of_all = f"{self.booked:,} of {self.of_booked:,} places since a year ago"
        if not self.staff:
            return f"{of_all}; how many work there is not known."
        work = f"{count(self.staff, 'person works', 'people work')} there, of {self.of_staff:,}"
        return f"{of_all}. {work}: by that it would be {self.expected:,}."


def shares(now: datetime.datetime) -> list[Share]:
    """Of every organisation with a lead who wants such mails, those furthest below their part of the workforce first.

    Four queries. Places and workforce are those of the organisations listed alone, so that the parts are parts of one
    whole; how many work there is by the newest headcount.
    """
    leads = dict(
        written_to(now)
        .values("agency")
        .annotate(n=Count("person", distinct=True))
        .values_list("agency", "n")
        .order_by()
    )
    agencies = list(Agency.objects.filter(pk__in=leads).exclude(standing=Agency.Standing.CLOSED))
    staff = _staff(agencies)
    booked = _booked(agencies, now)
    all_staff, all_booked = sum(staff.values()), sum(booked.values())
    found = [
        Share(one, booked.get(one.pk, 0), all_booked, staff.get(one.pk, 0), all_staff, leads[one.pk])
        for one in agencies
    ]
    return sorted(found, key=lambda share: (-share.short, share.agency.name))


def proposed(found: Sequence[Share]) -> list[Share]:
    return [share for share in found if share.short > 0][:MOST_PROPOSED]


def leading(now: datetime.datetime) -> "QuerySet[RoleGrant]":
    """Who leads training where today and can sign in, since the page behind a mail asks for it."""
    return RoleGrant.objects.filter(role=Role.AGENCY_LEAD, person__user__is_active=True).on(london_day(now))


def written_to(now: datetime.datetime) -> "QuerySet[RoleGrant]":
    """Those of them who have not stopped these mails."""
    stopped = MailChoice.objects.filter(kind=MailKind.PLACES_LEFT, is_wanted=False)
    return leading(now).exclude(person__in=stopped.values("person"))


def _staff(agencies: Sequence[Agency]) -> dict[int, int]:
    newest: dict[int, int] = {}
    for row in AgencyHeadcount.objects.filter(agency__in=agencies).order_by("agency_id", "-year"):
        newest.setdefault(row.agency_id, row.total)
    return {one.pk: number for one in agencies if (number := newest.get(one.pk) or one.headcount)}


def _booked(agencies: Sequence[Agency], now: datetime.datetime) -> dict[int, int]:
    rows = Booking.objects.filter(status__in=HOLDING_A_PLACE, event__starts_at__gt=now - LOOK_BACK)
    rows = rows.filter(employment__agency__in=agencies)
    return dict(
        rows.values("employment__agency").annotate(n=Count("pk")).values_list("employment__agency", "n").order_by()
    )
