import datetime
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

from training.catalogue.models.closed_for import ClosedFor, open_to
from training.catalogue.models.course import CourseVersion, DeliveryMode
from training.catalogue.models.venue import Venue
from training.people.models import Person
from training.people.permissions import Permission

if TYPE_CHECKING:
    from training.catalogue.models.teaching import Teaching
    from training.people.models import User


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> Self:
        return self.filter(standing=Event.Standing.PUBLISHED)

    def to_come(self, now: datetime.datetime) -> Self:
        """Not begun yet. E-learning has no date and is always to come."""
        return self.filter(Q(starts_at__gt=now) | Q(mode=DeliveryMode.E_LEARNING))

    def open_for_booking(self, now: datetime.datetime) -> Self:
        return self.published().to_come(now).filter(Q(booking_opens_at__isnull=True) | Q(booking_opens_at__lte=now))

    def taught_by(self, person: Person | None) -> Self:
        """Events on which this person is offered or confirmed as trainer."""
        live = Q(sessions__teachings__person=person, sessions__teachings__status__in=("proposed", "confirmed"))
        return self.filter(live).distinct()

    def not_cancelled(self) -> Self:
        return self.exclude(standing=Event.Standing.CANCELLED)

    def with_details(self) -> Self:
        """What lists and problems look at, in a fixed number of queries."""
        named = Exists(ClosedFor.objects.filter(event=OuterRef("pk")))
        return (
            self.annotate(has_closed_for=named)
            .select_related("version__course")
            .prefetch_related("sessions__venue", models.Prefetch("sessions__teachings", Session.teachings_in_order()))
        )

    def in_trouble(self) -> Self:
        """Lacking a day, a venue, a link or a confirmed trainer. The sentences are those of `problems.py`."""
        days = Session.objects.filter(event=OuterRef("pk"))
        in_a_room = Q(mode__in=(DeliveryMode.FACE_TO_FACE, DeliveryMode.HYBRID))
        online = Q(mode__in=(DeliveryMode.VIRTUAL, DeliveryMode.HYBRID), joining_link="")
        untaught = days.exclude(Exists(Session.teachings_in_order().filter(session=OuterRef("pk"), status="confirmed")))
        lacking = (
            ~Exists(days)
            | Exists(untaught)
            | (in_a_room & Exists(days.filter(venue__isnull=True)))
            | (online & Exists(days.filter(joining_link="")))
        )
        return self.not_cancelled().exclude(mode=DeliveryMode.E_LEARNING).filter(lacking)

    def public_to(self, user: "User | None") -> Self:
        """All but drafts, without those for organisations other than this user's."""
        return self.filter(open_to(user)).exclude(standing=Event.Standing.DRAFT)

    def visible_to(self, user: "User | None") -> Self:
        """What is public to them; drafts are the coordinator's, and their trainers'."""
        if user is None or not user.is_authenticated:
            return self.public_to(user)
        if user.may(Permission.MANAGE_CATALOGUE):
            return self
        taught = Event.objects.taught_by(user.person) if user.person_id else Event.objects.none()
        return self.filter(Q(pk__in=Event.objects.public_to(user).values("pk")) | Q(pk__in=taught.values("pk")))


@pghistory.track(model_name="EventHistory", exclude=["places_held", "submission"])
class Event(models.Model):
    """One dated delivery of a version of a course, in one or more sessions.

    Places are three numbers: `room_limit` (hard; PostgreSQL refuses more), `places_offered` (may exceed the
    group wished for, since some do not come) and places kept for agencies (rows of `bookings`).
    `places_held` counts the live bookings; a trigger of `bookings` keeps it.
    """

    class Standing(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Open"
        SUSPENDED = "suspended", "Suspended"  # keeps its bookings and trainers; nobody can book
        CANCELLED = "cancelled", "Cancelled"

    reference = models.CharField(max_length=20, unique=True)
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="events")
    mode = models.CharField(max_length=12, choices=DeliveryMode)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.DRAFT)
    room_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    places_offered = models.PositiveSmallIntegerField(null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(default=0)
    places_held = models.PositiveSmallIntegerField(default=0, editable=False)
    # First start and last end of the sessions, kept by a trigger on them; empty for e-learning.
    starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(null=True, blank=True, editable=False)
    booking_opens_at = models.DateTimeField(null=True, blank=True)
    booking_closes_at = models.DateTimeField(null=True, blank=True)  # empty: when the booking rules say
    joining_link = models.URLField(max_length=500, blank=True)
    notes_for_delegates = models.TextField(blank=True)
    notes_for_trainers = models.TextField(blank=True)
    # The id of the form that added it: the same form sent twice is one date.
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=1)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=("draft", "published", "suspended", "cancelled")),
                name="event_standing_is_known",
            ),
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[A-Za-z0-9][A-Za-z0-9-]*$"), name="event_reference_fits_an_address"
            ),
            models.CheckConstraint(
                condition=Q(room_limit__isnull=True) | Q(places_held__lte=F("room_limit")),
                name="event_holds_no_more_than_the_room",
            ),
            models.CheckConstraint(
                condition=Q(mode=DeliveryMode.E_LEARNING, room_limit__isnull=True, places_offered__isnull=True)
                # The two `isnull` are needed: a condition that comes out as NULL lets a row pass.
                | Q(
                    ~Q(mode=DeliveryMode.E_LEARNING),
                    room_limit__isnull=False,
                    places_offered__isnull=False,
                    room_limit__gt=0,
                    places_offered__gt=0,
                ),
                name="event_has_places_unless_e_learning",
            ),
            models.CheckConstraint(
                condition=Q(places_offered__isnull=True) | Q(places_offered__lte=F("room_limit")),
                name="event_offers_what_the_room_holds",
            ),
            models.CheckConstraint(
                condition=Q(places_offered__isnull=True) | Q(minimum__lte=F("places_offered")),
                name="event_minimum_can_be_reached",
            ),
            models.CheckConstraint(
                condition=~Q(standing="published") | Q(mode=DeliveryMode.E_LEARNING) | Q(starts_at__isnull=False),
                name="event_published_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(booking_opens_at__isnull=True)
                | Q(booking_closes_at__isnull=True)
                | Q(booking_closes_at__gt=F("booking_opens_at")),
                name="event_booking_closes_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="event_by_start"),
            models.Index(fields=["version", "starts_at"], name="event_by_version_and_start"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def places_left(self) -> int | None:
        """Places on offer and not taken, before places kept for agencies; None for e-learning."""
        return None if self.places_offered is None else max(0, self.places_offered - self.places_held)

    def move_to(self, standing: str, *, by: Person, now: datetime.datetime, reason: str = "") -> "EventStep":
        """Change the standing and write the step. A step that `TRANSITIONS` lacks is a fault of the program."""
        if standing not in TRANSITIONS[Event.Standing(self.standing)]:
            raise ValueError(f"a date that is {self.standing} cannot become {standing}")
        step = EventStep(event=self, was=self.standing, became=standing, at=now, by=by, reason=reason)
        self.standing = standing
        self.save(update_fields=["standing"])
        step.save()
        return step


TRANSITIONS: dict[Event.Standing, frozenset[Event.Standing]] = {
    Event.Standing.DRAFT: frozenset({Event.Standing.PUBLISHED, Event.Standing.CANCELLED}),
    Event.Standing.PUBLISHED: frozenset({Event.Standing.DRAFT, Event.Standing.SUSPENDED, Event.Standing.CANCELLED}),
    Event.Standing.SUSPENDED: frozenset({Event.Standing.PUBLISHED, Event.Standing.CANCELLED}),
    Event.Standing.CANCELLED: frozenset(),
}


class EventStep(models.Model):
    """Who opened, withdrew or cancelled a date, when and why."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=Event.Standing)
    became = models.CharField(max_length=10, choices=Event.Standing)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.event}: {self.became}"


def span(start: str = "starts_at", end: str = "ends_at") -> Func:
    """The time between two columns, the end left out, for constraints on overlap."""
    return Func(F(start), F(end), RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField())


def dates_follow(verb: str, operation: pgtrigger.Operation, touched: str, besides: str = "") -> pgtrigger.Trigger:
    """The trigger that keeps an event's first start and last end, once a statement: a list of thousands is read in.

    `touched` selects the ids of the events whose sessions changed. They are locked before their sessions are looked
    at, so that of two changes at once the second sees what the first has done.
    """
    tables = {"insert": {"new": "new_values"}, "delete": {"old": "old_values"}}
    return pgtrigger.Trigger(
        name=f"event_dates_follow_{verb}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables.get(verb, {"old": "old_values", "new": "new_values"})),  # type: ignore[no-untyped-call]
        func=f"""
            PERFORM FROM catalogue_event WHERE id IN ({touched}) ORDER BY id FOR NO KEY UPDATE;
            UPDATE catalogue_event AS event SET starts_at = days.starts_at, ends_at = days.ends_at
            FROM (
                SELECT touched.event_id, min(session.starts_at) AS starts_at, max(session.ends_at) AS ends_at
                FROM ({touched}) AS touched LEFT JOIN catalogue_session AS session USING (event_id)
                GROUP BY touched.event_id
            ) AS days
            WHERE event.id = days.event_id
                AND (event.starts_at, event.ends_at) IS DISTINCT FROM (days.starts_at, days.ends_at);
            {besides}
            RETURN NULL;
        """,  # noqa: S608 - nothing in it comes from outside
    )


@pghistory.track(model_name="SessionHistory")
class Session(models.Model):
    """One sitting of an event: "day 1". A face-to-face one has a venue, a live online one a link."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    joining_link = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "position"], name="session_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("starts_at") + datetime.timedelta(hours=24)),
                name="session_lasts_a_day_at_most",
            ),
            ExclusionConstraint(
                name="session_not_twice_at_once",
                expressions=[("event", RangeOperators.EQUAL), (span(), RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]
        indexes = [models.Index(fields=["venue", "starts_at"], name="session_by_venue_and_start")]
        triggers = [
            dates_follow("insert", pgtrigger.Insert, "SELECT event_id FROM new_values"),
            dates_follow("delete", pgtrigger.Delete, "SELECT event_id FROM old_values"),
            dates_follow(
                "update",
                pgtrigger.Update,
                "SELECT event_id FROM new_values UNION SELECT event_id FROM old_values",
                """
                UPDATE catalogue_teaching AS teaching SET period = tstzrange(became.starts_at, became.ends_at)
                FROM new_values AS became JOIN old_values AS was ON was.id = became.id
                WHERE teaching.session_id = became.id
                    AND (became.starts_at, became.ends_at) IS DISTINCT FROM (was.starts_at, was.ends_at);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} day {self.position}"

    @property
    def minutes(self) -> int:
        """How long it lasts, right over the clock changes too."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @staticmethod
    def teachings_in_order() -> "models.QuerySet[Teaching]":
        from training.catalogue.models.teaching import Teaching

        return Teaching.objects.select_related("person").order_by("person__name", "pk")
