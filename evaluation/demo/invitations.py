"""Invitations as the clock would have made them over the years: the newest dates first, until enough is answered."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bookings.models import Booking
from evaluation.attending import events_asked_about
from evaluation.links import token_hash_of
from evaluation.models import Invitation, QuestionnaireVersion, Stage
from evaluation.questionnaires import current_version
from evaluation.timing import closes_at, follow_up_day, in_the_morning
from training.catalogue.models import DeliveryMode
from training.config.parts import Demo
from training.record.models import Achievement
from training.web.references import ALPHABET
from training.web.when import london_day

# People who came, at most; with the shares below each of them gives about eight answers.
PEOPLE = 6000
ANSWERS = {Stage.BASELINE: 0.62, Stage.END: 0.8, Stage.FOLLOW_UP: 0.36}
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@dataclass(frozen=True)
class Person:
    """One attended booking with what was asked about it."""

    booking: Booking
    invitations: dict[str, Invitation]


def ask_everybody(demo: Demo) -> list[Person]:
    """Those who came, newest first, who finished e-learning, and everybody booked on a date to come."""
    writer = _Writer(demo)
    people = [writer.attended(booking) for booking in _came(demo)]
    people += [writer.finished(booking, on) for booking, on in _finished(demo)]
    to_come = [writer.booked(booking) for booking in _to_come(demo)]
    demo.insert("Invitations", [one for person in [*people, *to_come] for one in person.invitations.values()])
    return [*people, *to_come]


def _came(demo: Demo) -> list[Booking]:
    attended = {one.booking_id for one in demo.kept("evaluation.came")}
    rows = Booking.objects.filter(pk__in=attended).select_related("event__version__course", "employment__agency")
    return list(rows.order_by("-event__ends_at", "pk")[:PEOPLE])


def _finished(demo: Demo) -> list[tuple[Booking, datetime.date]]:
    """Each with the day on which they finished."""
    done = Achievement.objects.filter(source=Achievement.Source.E_LEARNING, on__lte=demo.today)
    days = {(person, version): on for person, version, on in done.values_list("person", "version", "on")}
    events = events_asked_about().filter(mode=DeliveryMode.E_LEARNING)
    rows = Booking.objects.kept_to_the_end().filter(event__in=events)
    rows = rows.select_related("event__version__course", "employment__agency").order_by("-made_at", "pk")
    found = ((row, days.get((row.person_id, row.event.version_id))) for row in rows)
    return [(row, on) for row, on in found if on is not None]


def _to_come(demo: Demo) -> list[Booking]:
    rows = Booking.objects.expected().filter(
        event__in=events_asked_about().filter(starts_at__gt=demo.now), made_at__lte=demo.now
    )
    return list(rows.select_related("event__version__course", "employment__agency").order_by("pk"))


class _Writer:
    def __init__(self, demo: Demo) -> None:
        self._demo = demo
        self._rng: Random = demo.rng("evaluation invitations")
        self._taken: dict[int, list[datetime.date]] = defaultdict(list)
        self._versions: dict[tuple[str, int], QuestionnaireVersion] = {}
        self._hers = demo.person("practitioner").pk

    def attended(self, booking: Booking) -> Person:
        starts, ends = booking.event.starts_at, booking.event.ends_at
        if starts is None or ends is None:
            raise ValueError(f"{booking.event} has no date")
        made = {Stage.END: self._invitation(booking, Stage.END, ends, starts)}
        if booking.made_at < starts:
            made[Stage.BASELINE] = self._invitation(booking, Stage.BASELINE, booking.made_at, starts)
        return self._with_follow_up(booking, made, london_day(ends))

    def finished(self, booking: Booking, on: datetime.date) -> Person:
        """E-learning: asked in the evening of that day."""
        due_at = min(in_the_morning(on) + 8 * HOUR, self._demo.now - HOUR)
        return self._with_follow_up(booking, {Stage.END: self._invitation(booking, Stage.END, due_at, due_at)}, on)

    def _with_follow_up(self, booking: Booking, made: dict[Stage, Invitation], ended_on: datetime.date) -> Person:
        taken = self._taken[booking.person_id]
        if day := follow_up_day(ended_on, taken):
            taken.append(day)
            due_at = in_the_morning(day)
            made[Stage.FOLLOW_UP] = self._invitation(booking, Stage.FOLLOW_UP, due_at, due_at)
        return Person(booking, {stage.value: invitation for stage, invitation in made.items()})

    def booked(self, booking: Booking) -> Person:
        starts = booking.event.starts_at or self._demo.now
        asked = self._invitation(booking, Stage.BASELINE, booking.made_at, starts)
        return Person(booking, {Stage.BASELINE.value: asked})

    def _invitation(
        self, booking: Booking, stage: Stage, due_at: datetime.datetime, starts: datetime.datetime
    ) -> Invitation:
        now = self._demo.now
        reference = "".join(self._rng.choices(ALPHABET, k=8))
        is_posted = due_at <= now
        is_spent = is_posted and self._answers(booking, stage, due_at)
        reminders = 0 if is_spent or not is_posted else (due_at <= now - 3 * DAY) + (due_at <= now - 7 * DAY)
        return Invitation(
            reference=reference,
            token_hash=token_hash_of(reference),
            booking=booking,
            stage=stage,
            version=self._version(booking, stage),
            due_at=due_at,
            closes_at=closes_at(stage, due_at, starts),
            posted_at=due_at + HOUR / 12 if is_posted else None,
            reminders_made=reminders,
            reminded_at=due_at + (7 if reminders == 2 else 3) * DAY if reminders else None,
            is_spent=is_spent,
            answered_on=min(london_day(due_at) + DAY, self._demo.today) if is_spent else None,
        )

    def _answers(self, booking: Booking, stage: Stage, due_at: datetime.datetime) -> bool:
        """The account `practitioner` has some still to answer; the newest dates are not all in yet."""
        share = ANSWERS[stage] * (0.5 if due_at > self._demo.now - 4 * DAY else 1)
        chance = self._rng.random()
        is_hers = booking.person_id == self._hers and closes_at(stage, due_at, due_at) > self._demo.now
        return chance < share and not is_hers

    def _version(self, booking: Booking, stage: Stage) -> QuestionnaireVersion:
        course = booking.event.version.course
        key = (stage.value, course.pk)
        if key not in self._versions:
            self._versions[key] = current_version(stage, course)
        return self._versions[key]


def spent(people: list[Person]) -> Iterator[tuple[Person, Invitation]]:
    """Every invitation that was answered."""
    for person in people:
        for invitation in person.invitations.values():
            if invitation.is_spent:
                yield person, invitation
