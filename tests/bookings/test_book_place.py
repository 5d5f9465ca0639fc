"""Booking a place: booked, waiting, refused, told."""

import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from bookings.actions.booking import book_place
from bookings.errors import BookingsError
from bookings.models import Booking, Origin, Status
from bookings.rules.eligibility import reasons_not_bookable
from tests.factories import make_agency, make_user
from tests.factories_bookings import employment_of, ensure_policy, fill, make_booking, make_employee, make_policy
from tests.factories_catalogue import any_coordinator, in_days, make_event, make_teaching, make_version, morning
from tests.people.making import make_lead
from training.catalogue.actions.courses import withdraw_course
from training.catalogue.actions.standing import cancel_event
from training.catalogue.models import Event
from training.outbox.models import Message
from training.people.models import Person, Role
from training.record.models import Achievement

pytestmark = pytest.mark.django_db


def book(event: Event, person: Person, **fields: object) -> Booking:
    ensure_policy()
    given = {"by": person, "employment": employment_of(person), "now": timezone.now(), **fields}
    return book_place(event=event, person=person, **given)  # type: ignore[arg-type]


def codes(event: Event, person: Person, **fields: object) -> list[str]:
    ensure_policy()
    loaded = Event.objects.select_related("version__course").get(pk=event.pk)
    reasons = reasons_not_bookable(loaded, person, employment_of(person), timezone.now(), **fields)  # type: ignore[arg-type]
    return [reason.code for reason in reasons]


def test_book_place_keeps_what_was_said_and_tells_person_and_manager() -> None:
    event, person = make_event(), make_employee("Ada Okafor")

    booking = book(event, person, manager_name="Mo", manager_email=" Mo@Bankside.example ", has_manager_agreed=True)

    event.refresh_from_db()
    assert (booking.status, booking.origin, event.places_held) == (Status.BOOKED, Origin.BOOKED, 1)
    assert booking.manager_email == "mo@bankside.example"
    assert [(step.was, step.became, step.by) for step in booking.steps.all()] == [("", "booked", person)]
    assert Message.objects.filter(person_reference=person.reference, kind="bookings.booked").exists()
    assert Message.objects.filter(to_address="mo@bankside.example").count() == 1


def test_book_place_keeps_the_rules_it_was_made_under() -> None:
    version = make_policy(notice_kind="weeks", notice_amount=4)

    assert make_booking().policy_version == version


def test_book_place_again_is_the_same_booking() -> None:
    event, person = make_event(), make_employee()

    assert book(event, person) == book(event, person)
    assert Message.objects.filter(kind="bookings.booked").count() == 1


def test_a_full_date_puts_on_the_waiting_list() -> None:
    event = make_event(room_limit=1, places_offered=1, minimum=0)
    fill(event)

    booking = make_booking(event)

    event.refresh_from_db()
    assert (booking.status, event.places_held) == (Status.WAITLISTED, 1)
    assert booking.waits_since is not None
    assert Message.objects.filter(kind="bookings.waitlisted").count() == 1


def test_in_ones_own_time_there_is_always_a_place() -> None:
    event = make_event(mode="e_learning")

    assert [make_booking(event).status for _ in range(3)] == [Status.BOOKED] * 3


def test_book_place_for_own_people_by_their_lead() -> None:
    agency = make_agency()
    person = make_employee(agency=agency)

    assert book(make_event(), person, by=make_lead(agency)).origin == Origin.BY_LEAD


@pytest.mark.parametrize("role", [None, Role.TRAINER, Role.PDL_MEMBER, Role.PROVIDER_MANAGER])
def test_book_place_for_somebody_else_is_refused(role: Role | None) -> None:
    with pytest.raises(BookingsError, match="Only the training lead"):
        book(make_event(), make_employee(), by=make_user(make_employee(), role=role))


def test_book_place_by_another_organisations_lead_is_refused() -> None:
    with pytest.raises(BookingsError, match="Only the training lead"):
        book(make_event(), make_employee(), by=make_lead(make_agency()))


def test_lead_cannot_book_under_another_organisation() -> None:
    agency = make_agency()
    person, elsewhere = make_employee(agency=agency), make_employee()

    with pytest.raises(BookingsError, match="Only the training lead"):
        book(make_event(), person, by=make_lead(agency), employment=employment_of(elsewhere))


def test_nothing_stands_in_the_way_of_an_open_date() -> None:
    assert codes(make_event(), make_employee()) == []


def test_draft_cancelled_and_past_dates_are_refused() -> None:
    cancelled = make_event()
    cancel_event(event=cancelled, reason="Snow", by=any_coordinator(), now=timezone.now())
    cancelled.refresh_from_db()
    dates = [make_event(is_published=False), cancelled, make_event(days=[in_days(-1)])]

    assert [codes(event, make_employee()) for event in dates] == [["not_open"], ["cancelled"], ["begun"]]
    for event in dates:
        with pytest.raises(BookingsError):
            book(event, make_employee())


def test_withdrawn_course_is_refused() -> None:
    event = make_event()
    event.version.course.standing = "withdrawn"
    event.version.course.save(update_fields=["standing"])
    assert withdraw_course is not None

    assert codes(event, make_employee()) == ["withdrawn"]


def test_booking_that_opens_later_is_refused_but_not_to_a_coordinator() -> None:
    event = make_event(booking_opens_at=timezone.now() + datetime.timedelta(days=2))
    person = make_employee()

    assert codes(event, person) == ["opens_later"]
    with pytest.raises(BookingsError, match="Booking opens on"):
        book(event, person)
    assert book(event, person, by=any_coordinator()).status == Status.BOOKED


def test_booking_closes_some_working_days_before() -> None:
    make_policy(closes_working_days_before=3)
    event = make_event(days=[in_days(1)])

    assert codes(event, make_employee()) == ["closed"]
    assert codes(event, make_employee(), is_override=True) == []


def test_without_work_or_with_refused_or_past_or_others_work_is_refused() -> None:
    from tests.factories import make_person

    today = timezone.localdate()
    over = make_employee(employment={"period": DateRange(today - datetime.timedelta(9), today)})
    event, person = make_event(), make_employee()
    refused = employment_of(make_employee())
    assert refused is not None
    refused.standing = "refused"
    refused.save()

    assert codes(event, make_person()) == ["no_employment"]
    assert codes(event, over) == ["employment_over"]
    with pytest.raises(BookingsError, match="not work there"):
        book(event, refused.person, employment=refused)
    with pytest.raises(BookingsError, match="somebody else’s place of work"):
        book(event, person, employment=employment_of(make_employee()))


def test_overlapping_place_is_refused_and_touching_is_not() -> None:
    day, person = in_days(20), make_employee()
    make_booking(make_event(days=[day]), person)
    at_once = make_event(days=[morning(day, starts=datetime.time(12), ends=datetime.time(16))], mode="virtual")
    after = make_event(days=[morning(day, starts=datetime.time(13), ends=datetime.time(16))], mode="virtual")

    assert codes(at_once, person) == ["overlaps"]
    assert codes(after, person) == []
    with pytest.raises(BookingsError, match="at the same time"):
        book(at_once, person)


def test_two_days_around_another_courses_day_do_not_overlap() -> None:
    person = make_employee()
    make_booking(make_event(days=[in_days(20), in_days(22)]), person)

    assert codes(make_event(days=[in_days(21)]), person) == []


def test_waiting_elsewhere_at_that_time_does_not_stop_a_booking() -> None:
    day, person = in_days(20), make_employee()
    full = make_event(days=[day], room_limit=1, places_offered=1, minimum=0)
    fill(full)
    make_booking(full, person)

    assert codes(make_event(days=[day]), person) == []


def test_another_date_of_the_course_and_having_done_it_are_warnings() -> None:
    version, person = make_version(), make_employee()
    make_booking(make_event(version), person)
    Achievement.objects.create(
        person=person,
        version=version,
        on=timezone.localdate(),
        source="attended",
        origin="E1",
        recorded_at=timezone.now(),
    )
    other = make_event(version, days=[in_days(60)])

    assert codes(other, person) == ["same_course", "done_lately"]
    assert book(other, person).status == Status.BOOKED


def test_refusal_about_somebody_else_speaks_of_them_and_hides_what_they_do() -> None:
    day, person = in_days(20), make_employee("Ada Okafor")
    title = make_booking(make_event(days=[day]), person).event.version.title
    loaded = Event.objects.select_related("version__course").get(pk=make_event(days=[day]).pk)

    reasons = reasons_not_bookable(loaded, person, employment_of(person), timezone.now(), is_self=False)

    assert reasons[0].sentence.startswith("Ada Okafor has another course at the same time")
    assert title not in str(reasons[0])


def test_trainers_do_not_see_bookings_as_rows() -> None:
    event = make_event()
    make_booking(event)
    trainer = make_user(make_teaching(event)[0].person)

    assert list(Booking.objects.visible_to(trainer)) == []


@pytest.mark.parametrize("text", ["\u202ereversed", "x" * 5000, "'; DROP TABLE", "🧏"])
def test_adjustments_of_any_text_are_kept(text: str) -> None:
    booking = make_booking(access_need=text)

    assert booking.access_need.what_to_do == text
