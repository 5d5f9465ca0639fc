"""Any history of bookings: what must always be true, whatever people do in whatever order."""

import datetime
import os

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bookings.actions.booking import book_place
from bookings.actions.cutting import cut_places, last_booked_first
from bookings.actions.leaving import leave
from bookings.actions.offers import answer_offer, end_offers
from bookings.actions.places import change_places, fill_free_places, keep_places, release_places
from bookings.actions.replacing import move_to_date, send_colleague
from bookings.actions.rules import rules_of, set_course_rules, set_date_cap
from bookings.disruption import cancel_event_with_bookings
from bookings.errors import BookingsError
from bookings.models import HOLDING_A_PLACE, AgencyAllocation, Booking, NextRule, WaitingDecision
from bookings.places.reading import belongs, room_of
from bookings.rules.eligibility import at_the_same_time
from tests.factories import make_agency
from tests.factories_bookings import employment_of, ensure_policy, make_employee
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_version
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Event
from training.web.when import london_day

pytestmark = pytest.mark.django_db

numbers = st.integers(0, 99)


class Histories(RuleBasedStateMachine):
    """Two dates of one course at different times, one more at the time of the first; eight people of two sectors.

    One of the dates is inside the notice period, where places are offered and not given.
    """

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        ensure_policy()
        self.now = timezone.now()
        version = make_version()
        places = {"room_limit": 4, "places_offered": 2, "minimum": 0}
        self.events = [
            make_event(version, days=[in_days(40)], **places),
            make_event(version, days=[in_days(6)], **places),
            make_event(days=[in_days(40)], **places),
        ]
        agencies = [make_agency(sector="education"), make_agency(sector="police")]
        self.people = [make_employee(agency=agencies[number % 2]) for number in range(8)]
        self.by = any_coordinator()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    def _event(self, number: int) -> Event:
        return Event.objects.get(pk=self.events[number % 3].pk)

    def _some(self, number: int) -> Booking | None:
        rows = list(Booking.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    def _try(self, action: object, **given: object) -> None:
        try:
            with transaction.atomic():
                action(now=self.now, **given)  # type: ignore[operator]
        except (BookingsError, CatalogueError):
            pass

    @rule(event=numbers, person=numbers)
    def book(self, event: int, person: int) -> None:
        one = self.people[person % 8]
        self._try(book_place, event=self._event(event), person=one, employment=employment_of(one), by=one)

    @rule(number=numbers)
    def go(self, number: int) -> None:
        if booking := self._some(number):
            self._try(leave, booking=booking, by=booking.person)

    @rule(number=numbers, accept=st.booleans())
    def answer(self, number: int, accept: bool) -> None:
        if booking := self._some(number):
            self._try(answer_offer, booking=booking, accept=accept, by=booking.person)

    @rule(number=numbers, person=numbers)
    def swap(self, number: int, person: int) -> None:
        if booking := self._some(number):
            colleague = self.people[person % 8]
            self._try(send_colleague, booking=booking, name=colleague.name, email=colleague.email, by=booking.person)

    @rule(number=numbers, event=numbers)
    def move(self, number: int, event: int) -> None:
        if booking := self._some(number):
            self._try(move_to_date, booking=booking, event=self._event(event), by=booking.person)

    @rule(event=numbers, places=st.integers(1, 3), sector=st.sampled_from(["education", "police", "faith"]))
    def keep(self, event: int, places: int, sector: str) -> None:
        day = london_day(self.now) + datetime.timedelta(days=2)
        given = {"event": self._event(event), "sector": sector, "places": places, "release_on": day}
        self._try(keep_places, reason="Asked", by=self.by, **given)

    @rule(number=numbers)
    def release(self, number: int) -> None:
        rows = list(AgencyAllocation.objects.order_by("pk"))
        if rows:
            self._try(release_places, allocation=rows[number % len(rows)], by=self.by)

    @rule(event=numbers, places=st.one_of(st.none(), st.integers(1, 2)))
    def limit(self, event: int, places: int | None) -> None:
        until = london_day(self.now) + datetime.timedelta(days=2) if places else None
        self._try(set_date_cap, event=self._event(event), places=places, until=until, by=self.by)

    @rule(event=numbers, next_rule=st.sampled_from(NextRule.values))
    def next_by(self, event: int, next_rule: str) -> None:
        course = self._event(event).version.course
        revision, rules = rules_of(course).revision, {"next_rule": next_rule}
        self._try(set_course_rules, course=course, rules=rules, revision=revision, by=self.by)

    @rule(event=numbers, offered=st.integers(1, 3))
    def cut(self, event: int, offered: int) -> None:
        one = self._event(event)
        losing = last_booked_first(one)[: max(0, one.places_held - offered)]
        numbers = {"room_limit": 4, "places_offered": offered, "revision": one.revision}
        self._try(cut_places, event=one, losing=losing, reason="A smaller room", by=self.by, **numbers)

    @rule(event=numbers, offered=st.integers(1, 4))
    def change(self, event: int, offered: int) -> None:
        one = self._event(event)
        self._try(change_places, event=one, room_limit=4, places_offered=offered, revision=one.revision, by=self.by)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        """Not past the nearer date; the clock's tasks run as they do every minute."""
        self.now = min(self.now + datetime.timedelta(hours=hours), timezone.now() + datetime.timedelta(days=5))
        end_offers(now=self.now)
        fill_free_places(now=self.now)

    @rule(event=numbers, luck=numbers)
    def cancel(self, event: int, luck: int) -> None:
        if luck < 3:
            self._try(cancel_event_with_bookings, event=self._event(event), reason="Flood", by=self.by)

    @invariant()
    def places_are_counted_and_never_oversold(self) -> None:
        for event in Event.objects.filter(pk__in=[one.pk for one in self.events]):
            assert event.places_held == event.bookings.holding_a_place().count()
            assert event.places_offered is not None
            assert event.places_held <= event.places_offered

    @invariant()
    def nobody_is_twice_on_a_date_or_in_two_places(self) -> None:
        live = Booking.objects.live().values_list("person", "event")
        assert len(set(live)) == len(live)
        for event in self.events:
            held = Booking.objects.filter(status__in=HOLDING_A_PLACE)
            here = set(held.filter(event=event).values_list("person", flat=True))
            elsewhere = held.exclude(event=event).filter(at_the_same_time(event)).values_list("person", flat=True)
            assert not here & set(elsewhere)

    @invariant()
    def no_place_is_idle_while_somebody_could_have_it(self) -> None:
        """What another date's change set free (somebody left one at the same time) is found by the clock's task."""
        fill_free_places(now=self.now)
        for event in Event.objects.published().filter(pk__in=[one.pk for one in self.events], starts_at__gt=self.now):
            room = room_of(event, london_day(self.now))
            for row in Booking.objects.filter(event=event).waiting():
                busy = Booking.objects.filter(person=row.person_id, status__in=HOLDING_A_PLACE).exclude(event=event)
                is_busy = busy.filter(at_the_same_time(event)).exists()
                assert is_busy or not room.has_place_for(belongs(row.employment))

    @invariant()
    def the_order_can_be_proved(self) -> None:
        """Each turn has one who was chosen, and a reason for everybody who stood before them."""
        rows = WaitingDecision.objects.filter(turn__isnull=False).order_by("event", "turn", "-is_chosen", "position")
        chosen: dict[tuple[int, int], int] = {}
        for row in rows:
            key = (row.event_id, row.turn or 0)
            if row.is_chosen:
                chosen[key] = row.position
            assert row.position <= chosen[key]
            assert row.sentence
        for event in {event for event, _ in chosen}:
            turns = sorted(turn for one, turn in chosen if one == event)
            assert turns == list(range(1, len(turns) + 1))

    @invariant()
    def every_booking_stands_as_its_last_step_says(self) -> None:
        for booking in Booking.objects.prefetch_related("steps"):
            assert booking.status == list(booking.steps.all())[-1].became
            assert (booking.status == "offered") == booking.offers.open().exists()


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_some_histories(partnership: object) -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(max_examples=6, stateful_step_count=12, deadline=None, suppress_health_check=QUIET),
    )


@pytest.mark.deep
@pytest.mark.skipif(os.environ.get("HYPOTHESIS_PROFILE") != "deep", reason="for `make deep`")
def test_thousands_of_histories(partnership: object) -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(max_examples=2000, stateful_step_count=40, deadline=None, suppress_health_check=QUIET),
    )
