"""What the list of bookings is narrowed to by its address; nonsense is as if it were not there."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F, Q
from django.http import QueryDict

from bookings.models import HOLDING_A_PLACE, LIVE, Booking, Status
from bookings.models.booking import BookingQuerySet
from training.people.finding import tidy_search
from training.people.models import User
from training.people.permissions import Permission
from training.web.when import LONDON

STATES: dict[str, tuple[str, Q]] = {
    "live": ("Booked or waiting", Q(status__in=LIVE)),
    "place": ("Has a place", Q(status__in=HOLDING_A_PLACE)),
    "offered": ("Offered, not answered", Q(status=Status.OFFERED)),
    "waiting": ("Waiting", Q(status=Status.WAITLISTED)),
    "late": ("Cancelled late", Q(status=Status.CANCELLED_LATE)),
    "ended": ("Cancelled, moved or left", ~Q(status__in=(*LIVE, Status.COMPLETED))),
    "own_time": ("In their own time", Q(status__in=LIVE, event__starts_at__isnull=True)),
    "finished": ("Finished in their own time", Q(status=Status.COMPLETED)),
    "all": ("All", Q()),
}


@dataclass(frozen=True)
class BookingFilter:
    q: str = ""
    course: str = ""
    organisation: str = ""
    state: str = "live"
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    @classmethod
    def read(cls, query: QueryDict, today: datetime.date) -> "BookingFilter":
        """An address that says no day at all means from today on."""
        state = query.get("state", "")
        first_day = _day(query.get("from", "")) if "from" in query else today
        return cls(
            q=tidy_search(query.get("q", "")),
            course=tidy_search(query.get("course", "")),
            organisation=tidy_search(query.get("organisation", "")),
            state=state if state in STATES else "live",
            first_day=first_day,
            last_day=_day(query.get("to", "")),
        )

    @property
    def address(self) -> str:
        """The same as the end of an address, for the links to files."""
        pairs = {
            "q": self.q,
            "course": self.course,
            "organisation": self.organisation,
            "state": self.state,
            "from": self.first_day or "",
            "to": self.last_day or "",
        }
        return urlencode(pairs)

    def bookings(self, user: User) -> BookingQuerySet:
        """The soonest first, what is in people's own time last. A lead who is no coordinator sees whom they lead."""
        rows = Booking.objects.visible_to(user)
        if not user.may(Permission.MANAGE_BOOKINGS):
            rows = rows.filter(employment__agency__in=user.led_agency_ids)
        rows = rows.filter(STATES[self.state][1], *self._words(), *self._days())
        rows = rows.select_related("event__version__course", "person", "employment__agency", "policy_version")
        rows = rows.prefetch_related("event__sessions__venue")
        return rows.order_by(F("event__starts_at").asc(nulls_last=True), "event", "person__name", "pk")

    def _words(self) -> list[Q]:
        found = []
        if self.q:
            name = Q(person__name__unaccent__icontains=self.q) | Q(person__email__icontains=self.q)
            found.append(name | Q(reference=self.q.upper()) | Q(person__reference=self.q.upper()))
        if self.course:
            title = Q(event__version__title__unaccent__icontains=self.course)
            code = Q(event__version__course__code__iexact=self.course) | Q(event__reference__iexact=self.course)
            found.append(title | code)
        if self.organisation:
            name = Q(employment__agency__name__unaccent__icontains=self.organisation)
            found.append(name | Q(employment__agency__short_name__iexact=self.organisation))
        return found

    def _days(self) -> list[Q]:
        """What is in people's own time has no day, and thousands are open at any time: it is a state of its own."""
        found: list[Q] = []
        if self.state == "own_time":
            return found
        if self.first_day:
            found.append(Q(event__ends_at__gte=_midnight(self.first_day)))
        if self.last_day:
            found.append(Q(event__starts_at__lt=_midnight(self.last_day + datetime.timedelta(days=1))))
        return found


def _day(text: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(0), tzinfo=LONDON)
