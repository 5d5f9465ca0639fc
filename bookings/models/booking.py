import datetime
import uuid
from typing import TYPE_CHECKING, Any, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate

from bookings.models.policy import BookingPolicyVersion
from training.catalogue.models import Event
from training.people.models import Employment, Person
from training.people.permissions import Permission
from training.people.visibility import until_they_left
from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models import User


class Status(models.TextChoices):
    REQUESTED = "requested", "Asked for"
    AWAITING_MANAGER = "awaiting_manager", "Waiting for the manager"
    MANAGER_DECLINED = "manager_declined", "Manager said no"
    LAPSED = "lapsed", "Not answered in time"
    WAITLISTED = "waitlisted", "On the waiting list"
    OFFERED = "offered", "A place is yours until…"
    BOOKED = "booked", "Booked"
    WITHDRAWN = "withdrawn", "Left the waiting list"
    CANCELLED_IN_TIME = "cancelled_in_time", "Cancelled in time"
    CANCELLED_LATE = "cancelled_late", "Cancelled late"
    EVENT_CANCELLED = "event_cancelled", "We cancelled the date"
    SUBSTITUTED = "substituted", "A colleague went instead"
    TRANSFERRED = "transferred", "Moved to another date"
    COMPLETED = "completed", "Finished"


class Origin(models.TextChoices):
    BOOKED = "booked", "Booked"
    BY_LEAD = "by_lead", "Booked by the agency"
    WALK_IN = "walk_in", "Came without booking"
    CAME_INSTEAD = "came_instead", "Came instead of a colleague"
    IMPORTED = "imported", "From the old system"  # over when it was read in: nobody is asked about it


# The place is this person's: nobody else can have it. A trigger counts these into Event.places_held.
HOLDING_A_PLACE = (Status.AWAITING_MANAGER, Status.OFFERED, Status.BOOKED)
LIVE = (Status.REQUESTED, Status.WAITLISTED, *HOLDING_A_PLACE)
# Theirs to the end: what comes after a course is asked of them. Only what is done in one's own time is completed:
# of a date with sessions the register says who came. A completed booking frees no place and is never charged.
KEPT_TO_THE_END = (Status.BOOKED, Status.COMPLETED)
# Placed back on the waiting list only when a coordinator cuts the places of a date: see `actions/cutting.py`.
_ENDS = frozenset(
    {Status.CANCELLED_IN_TIME, Status.CANCELLED_LATE, Status.EVENT_CANCELLED, Status.SUBSTITUTED, Status.TRANSFERRED}
)

TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.REQUESTED: frozenset({Status.AWAITING_MANAGER, Status.WAITLISTED, Status.BOOKED, Status.WITHDRAWN}),
    Status.AWAITING_MANAGER: frozenset(
        {
            Status.BOOKED,
            Status.MANAGER_DECLINED,
            Status.LAPSED,
            Status.WITHDRAWN,
            Status.WAITLISTED,
            Status.EVENT_CANCELLED,
        }
    ),
    Status.WAITLISTED: frozenset(
        {Status.OFFERED, Status.BOOKED, Status.WITHDRAWN, Status.EVENT_CANCELLED, Status.TRANSFERRED}
    ),
    Status.OFFERED: frozenset(
        {Status.BOOKED, Status.LAPSED, Status.WITHDRAWN, Status.WAITLISTED, Status.EVENT_CANCELLED}
    ),
    Status.BOOKED: _ENDS | {Status.WAITLISTED, Status.COMPLETED},
    **{
        status: frozenset()
        for status in (*_ENDS, Status.COMPLETED, Status.MANAGER_DECLINED, Status.LAPSED, Status.WITHDRAWN)
    },
}


class BookingQuerySet(models.QuerySet["Booking"]):
    def live(self) -> Self:
        return self.filter(status__in=LIVE)

    def holding_a_place(self) -> Self:
        return self.filter(status__in=HOLDING_A_PLACE)

    def waiting(self) -> Self:
        """The waiting list of each event, whoever waits longest first."""
        return self.filter(status=Status.WAITLISTED).order_by("event_id", "waits_since", "pk")

    def expected(self) -> Self:
        """Who is on the register: booked, whether before or at the door."""
        return self.filter(status=Status.BOOKED)

    def kept_to_the_end(self) -> Self:
        """Expected, or finished in their own time."""
        return self.filter(status__in=KEPT_TO_THE_END)

    def visible_to(self, user: "User") -> Self:
        """One's own; an agency lead's people while booked as theirs; everybody's for the coordinator.

        A mover's later bookings are not the old agency's: a lead sees a booking by the employment it was made under,
        and once that is over only what took place before its end (in one's own time: what was booked before it).
        """
        if user.may(Permission.MANAGE_BOOKINGS):
            return self
        mine = Q(person_id=user.person_id) if user.person_id else Q(pk__in=[])
        if user.may(Permission.SEE_AGENCY_PEOPLE):
            on = TruncDate(Coalesce("event__starts_at", "made_at"))
            led = Q(employment__agency_id__in=user.led_agency_ids) & ~Q(employment__standing="refused")
            mine |= led & until_they_left(on, "employment")
        return self.filter(mine)


@pghistory.track(model_name="BookingHistory", exclude=["submission"])
class Booking(models.Model):
    """One person and one event: from the wish to the end of it. Its past is in its steps.

    `episode` stays when the person moves to another date, and is new when a colleague comes instead.
    """

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bookings")
    # Where the person worked when they booked; reports count the booking there for good.
    employment = models.ForeignKey(Employment, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    policy_version = models.ForeignKey(BookingPolicyVersion, on_delete=models.PROTECT, related_name="bookings")
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.BOOKED)
    status = models.CharField(max_length=18, choices=Status)
    episode = models.UUIDField(default=uuid.uuid4, editable=False)
    # The booking whose place this one took over (a colleague) or continues (another date).
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    made_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True, blank=True)
    # Promoted inside the notice period: never charged.
    is_late_promotion = models.BooleanField(default=False)
    has_manager_agreed = models.BooleanField(default=False)
    manager_name = models.CharField(max_length=120, blank=True)
    manager_email = models.EmailField(blank=True)
    # The id of the form that made it: the same form sent twice is one booking, though it was cancelled meanwhile.
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "event"], condition=Q(status__in=LIVE), name="booking_one_live_a_person_and_event"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="booking_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.WAITLISTED) | Q(waits_since__isnull=False),
                name="booking_waiting_says_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "status"], name="booking_by_event_and_status"),
            models.Index(
                F("event"), F("waits_since"), condition=Q(status=Status.WAITLISTED), name="booking_waiting_list"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="places_held_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("was", "int"), ("becomes", "int")],
                # The update of the event's row makes bookers of one event queue up, and the CHECK on it
                # refuses one too many, whatever the code did.
                func="""
                    was := CASE WHEN TG_OP <> 'INSERT' AND OLD.status IN ('awaiting_manager', 'offered', 'booked') THEN 1 ELSE 0 END;
                    becomes := CASE WHEN TG_OP <> 'DELETE' AND NEW.status IN ('awaiting_manager', 'offered', 'booked') THEN 1 ELSE 0 END;
                    IF TG_OP = 'UPDATE' AND OLD.event_id <> NEW.event_id THEN
                        RAISE EXCEPTION 'a booking stays with its event';
                    END IF;
                    IF was <> becomes THEN
                        UPDATE catalogue_event SET places_held = places_held + becomes - was
                            WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.event_id ELSE NEW.event_id END;
                    END IF;
                    RETURN NULL;
                """,  # noqa: E501
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.event}: {self.get_status_display()}"

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    def move_to(
        self,
        status: Status,
        *,
        by: Person | None,
        now: datetime.datetime,
        code: str,
        reason: str = "",
        data: dict[str, Any] | None = None,
    ) -> "BookingStep":
        """Change the status and write the step; `by` is None when Muster itself does it (an offer's time is over).

        A step that `TRANSITIONS` lacks is a fault of the program.
        """
        if status not in TRANSITIONS[Status(self.status)]:
            raise ValueError(f"a booking that is {self.status} cannot become {status}")
        step = BookingStep(
            booking=self, was=self.status, became=status, at=now, by=by, code=code, reason=reason, data=data or {}
        )
        self.status = status
        self.save(update_fields=["status", "waits_since", "is_late_promotion"])
        step.save()
        return step


class BookingStep(models.Model):
    """Who moved a booking from what to what, when and why. `code` is for rules and counts, `reason` for people."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=18, choices=Status, blank=True)
    became = models.CharField(max_length=18, choices=Status)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="steps_stay", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.booking_id}: {self.became}"
