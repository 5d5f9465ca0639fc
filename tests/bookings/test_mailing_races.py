"""Sending twice at once, each on a connection of its own: each mail is written once."""

import uuid

import pytest
from django.utils import timezone

from bookings.actions.filling import send_seat_mail
from bookings.bulletin import releasing
from bookings.bulletin.emails import KIND
from bookings.bulletin.releasing import begin_bulletin, release_bulletin, write_bulletins
from bookings.models import BulletinReader, SeatMail
from tests.bookings.test_bulletin import reader
from tests.bookings.test_races import at_once
from tests.factories import make_agency, make_partnership, make_user
from tests.factories_catalogue import in_days, make_event
from training.outbox.models import Message
from training.people.models import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_seat_mail_sent_twice_at_once_is_written_once() -> None:
    make_partnership()
    agency, coordinator, now = make_agency(), make_user(role=Role.COORDINATOR), timezone.now()
    make_user(role=Role.AGENCY_LEAD, agency=agency)
    event, key = make_event(days=[in_days(14)]), uuid.uuid4()

    results = at_once(
        [lambda: send_seat_mail(events=[event], agencies=[agency], words="", submission=key, by=coordinator, now=now)]
        * 2
    )

    assert results == [SeatMail.objects.get()] * 2
    assert Message.objects.filter(kind="bookings.fill_seats").count() == 1


def test_bulletin_released_and_written_twice_at_once_is_written_once_to_each(monkeypatch: pytest.MonkeyPatch) -> None:
    make_partnership()
    coordinator, now = make_user(role=Role.COORDINATOR), timezone.now()
    people = [reader(f"Reader {number}") for number in range(6)]
    monkeypatch.setattr(releasing, "BATCH", 2)

    bulletin = begin_bulletin(by=coordinator, now=now)
    at_once([lambda: release_bulletin(bulletin=bulletin, revision=1, by=coordinator, now=now)] * 2)
    written = at_once([lambda: write_bulletins(now=now)] * 2)

    assert sum(int(str(number)) for number in written) == len(people)
    told = Message.objects.filter(kind=KIND).values_list("person_reference", flat=True)
    assert sorted(told) == sorted(person.reference for person in people)
    assert BulletinReader.objects.filter(outcome="written").count() == len(people)
