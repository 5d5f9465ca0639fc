"""The page behind "are you still coming?": opening it changes nothing, its buttons do, without signing in."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, PersonalLink, Status
from tests.factories import make_agency
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import in_days, make_event
from training.outbox.models import Message
from training.web.tokens import new_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def link_to(booking: Booking, **fields: object) -> str:
    token, hashed = new_token()
    now = timezone.now()
    PersonalLink.objects.create(
        **{
            "token_hash": hashed,
            "booking": booking,
            "purpose": PersonalLink.Purpose.STILL_COMING,
            "made_at": now,
            "expires_at": now + datetime.timedelta(days=1),
            **fields,
        }
    )
    return token


def page(token: str, part: str = "") -> str:
    return reverse(f"bookings:still-coming{part}", args=[token])


def state(booking: Booking) -> tuple[str, int, int]:
    booking.refresh_from_db()
    return booking.status, booking.steps.count(), Message.objects.count()


def test_a_scanner_that_opens_every_link_changes_nothing() -> None:
    booking = make_booking()
    token, before = link_to(booking), state(booking)

    statuses = [Client().get(page(token, part)).status_code for part in ("", "-cancel", "-colleague")]
    statuses += [Client().head(page(token, part)).status_code for part in ("", "-cancel", "-colleague")]

    assert statuses == [200] * 6
    assert state(booking) == before


def test_yes_is_written_down_once() -> None:
    booking = make_booking()
    token = link_to(booking)

    for _ in range(2):
        assert Client().post(page(token), {"answer": "yes"}).status_code == 302

    steps = booking.steps.filter(code="still_coming")
    assert [(step.was, step.became, step.by) for step in steps] == [("booked", "booked", booking.person)]
    assert "See you there" in Client().get(page(token)).content.decode()


def test_i_cant_cancels_and_the_link_is_used() -> None:
    booking = make_booking()
    token = link_to(booking)

    answer = Client().post(page(token, "-cancel"), {"reason": "Court"})

    booking.refresh_from_db()
    assert (answer.status_code, booking.status) == (200, Status.CANCELLED_IN_TIME)
    assert booking.steps.last().by == booking.person  # type: ignore[union-attr]
    assert Client().post(page(token, "-cancel"), {"reason": "Court"}).status_code == 404


def test_a_colleague_goes_by_the_same_link() -> None:
    agency = make_agency()
    booking, colleague = make_booking(agency=agency), make_employee("Bo Lee", agency=agency)
    token = link_to(booking)

    answer = Client().post(page(token, "-colleague"), {"name": "Bo Lee", "email": colleague.email})

    booking.refresh_from_db()
    assert (answer.status_code, booking.status) == (200, Status.SUBSTITUTED)
    assert Booking.objects.get(follows=booking).person == colleague


def test_a_late_answer_is_taken_and_said_to_be_late() -> None:
    booking = make_booking(make_event(days=[in_days(2)]))
    token = link_to(booking)

    assert "It counts as late now" in Client().get(page(token, "-cancel")).content.decode()
    Client().post(page(token, "-cancel"), {"reason": ""})

    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED_LATE


def test_wrong_used_and_old_links_get_the_same_page() -> None:
    booking, gone = make_booking(), make_booking(make_event(days=[in_days(40)]))
    old = link_to(booking, expires_at=timezone.now())
    other_purpose = link_to(booking, purpose=PersonalLink.Purpose.OFFER)
    used = link_to(gone)
    Client().post(page(used, "-cancel"), {})
    tokens = [old, other_purpose, used, "wrong", "a" * 43, "é", "a" * 2000]

    answers = [
        Client().generic(method, page(token, part))
        for token in tokens
        for part in ("", "-cancel", "-colleague")
        for method in ("GET", "POST")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {"This link is no longer open" in answer.content.decode() for answer in answers} == {True}


def test_rubbish_in_the_forms_is_refused_in_words() -> None:
    booking = make_booking()
    token, before = link_to(booking), state(booking)

    answers = [
        Client().post(page(token, "-colleague"), {"name": "", "email": "x"}),
        Client().post(page(token, "-colleague"), {"name": "a" * 5000, "email": "\u202e@"}),
        Client().post(page(token, "-cancel"), {"reason": "x" * 5000}),
        Client().post(page(token), {"answer": "perhaps"}),
        Client().post(page(token)),
    ]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert state(booking) == before


def test_a_colleague_who_is_oneself_is_refused_and_what_was_typed_is_kept() -> None:
    booking = make_booking()
    token = link_to(booking)

    answer = Client().post(page(token, "-colleague"), {"name": booking.person.name, "email": booking.person.email})

    assert "That is the person who is booked" in answer.content.decode()
    assert f'value="{booking.person.name}"' in answer.content.decode()


def test_nothing_on_the_way_keeps_the_page() -> None:
    answer = Client().get(page(link_to(make_booking())))

    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "same-origin")


def test_a_form_without_the_sites_own_mark_is_refused() -> None:
    booking = make_booking()
    token, before = link_to(booking), state(booking)

    assert Client(enforce_csrf_checks=True).post(page(token), {"answer": "yes"}).status_code == 403
    assert state(booking) == before
