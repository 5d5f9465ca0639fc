"""What a coordinator looks at before a date is repeated: each proposed copy and what speaks against it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from training.catalogue.clashing import overlap, trainer_reason
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event, Session, Teaching
from training.catalogue.plans import SessionPlan
from training.catalogue.problems import holiday_warnings
from training.catalogue.repeating import RepeatedDay, Repetition, moved_to, repeated_days
from training.web.reasons import Reason
from training.web.when import london_day
from training.web.words import clock, day, when


@dataclass(frozen=True)
class Proposal:
    """One copy that could be made. `refusal` says why it cannot be; `warnings` what to look at first."""

    day: datetime.date
    sessions: Sequence[SessionPlan] = ()
    note: str = ""
    refusal: str = ""
    warnings: Sequence[Reason] = field(default=())

    @property
    def value(self) -> str:
        return self.day.isoformat()

    @property
    def words(self) -> str:
        return "; ".join(when(session) for session in self.sessions) or day(self.day)

    @property
    def is_ticked(self) -> bool:
        """At first: not what lies in the past or falls on a bank holiday, and not where somebody or a room is taken."""
        return not self.refusal and all(reason.code == "school_holiday" for reason in self.warnings)


def proposals(event: Event, rule: Repetition, now: datetime.datetime) -> list[Proposal]:
    """Each day of the rule in order, with its warnings: two queries whatever their number.

    `event` was loaded by `with_details`. Raises CatalogueError for a rule that is none.
    """
    sessions = list(event.sessions.all())
    plain = [_proposal(sessions, one) for one in repeated_days(rule)]
    busy = Busy.of(event, [plan for one in plain for plan in one.sessions])
    warned: list[Proposal] = []
    for one in plain:
        earlier = [plan for other in warned for plan in other.sessions]
        warnings = [*_of_days(one, now), *busy.warnings(one.sessions), *_of_each_other(one, earlier)]
        warned.append(Proposal(one.day, one.sessions, one.note, one.refusal, _once(warnings)))
    return warned


def _proposal(sessions: Sequence[Session], repeated: RepeatedDay) -> Proposal:
    try:
        return Proposal(repeated.day, moved_to(sessions, repeated.day), repeated.note)
    except CatalogueError as error:
        return Proposal(repeated.day, note=repeated.note, refusal=str(error))


def _once(warnings: Sequence[Reason]) -> list[Reason]:
    return list({reason.sentence: reason for reason in warnings}.values())


def _of_days(one: Proposal, now: datetime.datetime) -> list[Reason]:
    found = []
    if any(plan.starts_at <= now for plan in one.sessions):
        found.append(Reason("past", "It lies in the past.", "It could not be opened.", blocking=False))
    for plan in one.sessions:
        on = london_day(plan.starts_at)
        found += holiday_warnings(day(on), on)
    return found


def _of_each_other(one: Proposal, earlier: Sequence[SessionPlan]) -> list[Reason]:
    """A date of several days may come round again before it has ended."""
    meets = any(overlap(mine, other) for mine in one.sessions for other in earlier)
    return [Reason("overlaps_copy", "It meets a copy above.", blocking=False)] if meets else []


@dataclass(frozen=True)
class Busy:
    """Where the rooms and the trainers of a date are taken within the time of all its copies."""

    rooms: Sequence[Session]
    teachings: Sequence[Teaching]

    @staticmethod
    def of(event: Event, plans: Sequence[SessionPlan]) -> "Busy":
        if not plans:
            return Busy((), ())
        first, last = min(plan.starts_at for plan in plans), max(plan.ends_at for plan in plans)
        venues = {plan.venue for plan in plans if plan.venue}
        near = Session.objects.filter(starts_at__lt=last, ends_at__gt=first, venue__in=venues)
        people = {teaching.person_id for session in event.sessions.all() for teaching in session.teachings.all()
                  if teaching.status in ("proposed", "confirmed")}  # fmt: skip
        taught = Teaching.objects.live().of_dates_that_run().filter(person__in=people)
        taught = taught.filter(session__starts_at__lt=last, session__ends_at__gt=first)
        running = near.exclude(event__standing=Event.Standing.CANCELLED).select_related("event", "venue")
        return Busy(
            list(running.order_by("starts_at", "pk")),
            list(taught.select_related("person", "session__event").order_by("person__name", "session__starts_at")),
        )

    def warnings(self, plans: Sequence[SessionPlan]) -> list[Reason]:
        rooms = [
            Reason("venue_clash", f"{other.venue} is also taken by {other.event} from {clock(other.starts_at)}.",
                   blocking=False, data={"event": other.event.reference})
            for plan in plans for other in self.rooms
            if plan.venue and other.venue_id == plan.venue.pk and overlap(plan, other)
        ]  # fmt: skip
        closed = [Reason("venue_closed", f"{plan.venue} is no longer in use.", blocking=False)
                  for plan in plans if plan.venue and not plan.venue.is_in_use]  # fmt: skip
        return [*closed, *rooms, *(trainer_reason(one) for plan in plans for one in self.teachings
                                   if overlap(plan, one.session))]  # fmt: skip
