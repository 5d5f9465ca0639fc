"""Dates for one organisation: who sees them, and the coordinator who says whose they are."""

import json
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conftest import ClientOf
from tests.factories import make_agency, make_person, make_user
from tests.factories_catalogue import in_days, make_course, make_event, make_teaching, make_trainer
from tests.people.making import make_lead, make_leaver
from training.catalogue.actions.closed import MOST_ORGANISATIONS, close_for
from training.catalogue.actions.copying import copy_event
from training.catalogue.actions.standing import cancel_event, publish_event, unpublish_event
from training.catalogue.errors import CatalogueError, StaleError
from training.catalogue.models import ClosedFor, Event
from training.catalogue.parts import search
from training.catalogue.problems import reasons_not_publishable
from training.people.models import Agency, Employment, Role, User

pytestmark = pytest.mark.usefixtures("coordinator")


@pytest.fixture
def school() -> Agency:
    return make_agency("Orchard Primary School")


@pytest.fixture
def draft(coordinator: User) -> Event:
    return make_event(make_course("Whole staff", code="WHOLE", kind="closed"), is_published=False)


@pytest.fixture
def closed(draft: Event, school: Agency, coordinator: User) -> Event:
    event = close_for(event=draft, agencies=[school], revision=draft.revision, by=coordinator)
    return publish_event(event=event, by=coordinator, now=timezone.now())


def addresses(event: Event) -> list[str]:
    return [
        reverse("catalogue:event", args=[event.reference]),
        reverse("bookings:event-calendar", args=[event.reference]),
        reverse("catalogue:event-print", args=[event.reference, "flyer"]),
    ]


def test_only_its_own_people_see_a_closed_date(
    closed: Event, school: Agency, coordinator: User, client: Client, client_of: ClientOf
) -> None:
    elsewhere = make_user(make_person(agency=make_agency()))
    left = make_user(make_leaver(school))
    refused = make_user(make_person(agency=school, employment={"standing": "refused"}))
    trainer = make_user(make_trainer())
    make_teaching(closed, trainer.person)
    unasked = make_user(make_trainer())
    sees = [make_user(make_person(agency=school)), make_lead(school), trainer, coordinator]
    course = reverse("catalogue:course", args=["WHOLE"])

    assert {client.get(url).status_code for url in addresses(closed)[:2]} == {404}
    assert closed.reference not in client.get(course).content.decode()
    for browser in map(client_of, (elsewhere, left, refused, make_lead(), unasked)):
        assert {browser.get(url).status_code for url in addresses(closed)} == {404}
        assert closed.reference not in browser.get(course).content.decode()
    for user in sees:
        browser = client_of(user)
        assert [browser.get(url).status_code for url in addresses(closed)[:2]] == [200, 200]
        assert closed.reference in browser.get(course).content.decode()


def test_a_closed_date_that_is_for_nobody_is_the_coordinators(
    draft: Event, coordinator: User, client_of: ClientOf
) -> None:
    Event.objects.filter(pk=draft.pk).update(standing="published")
    url = reverse("catalogue:event", args=[draft.reference])

    assert client_of(make_lead()).get(url).status_code == 404
    assert client_of(coordinator).get(url).status_code == 200


def test_it_opens_once_it_says_for_which_organisation(draft: Event, school: Agency, coordinator: User) -> None:
    def codes() -> list[str]:
        loaded = Event.objects.with_details().get(pk=draft.pk)
        plain = Event.objects.get(pk=draft.pk)
        listed = [reason.code for reason in reasons_not_publishable(loaded, timezone.now())]
        assert [reason.code for reason in reasons_not_publishable(plain, timezone.now())] == listed
        return listed

    assert "closed_for_nobody" in codes()
    with pytest.raises(CatalogueError, match="It does not say for which organisation it is"):
        publish_event(event=draft, by=coordinator, now=timezone.now())

    close_for(event=draft, agencies=[school], revision=draft.revision, by=coordinator)

    assert "closed_for_nobody" not in codes()
    assert publish_event(event=draft, by=coordinator, now=timezone.now()).standing == "published"


def test_close_for_twice_and_stale(draft: Event, school: Agency, coordinator: User) -> None:
    other = make_agency()
    first = close_for(event=draft, agencies=[school], revision=draft.revision, by=coordinator)

    again = close_for(event=draft, agencies=[school], revision=draft.revision, by=coordinator)
    with pytest.raises(StaleError):
        close_for(event=draft, agencies=[other], revision=draft.revision, by=coordinator)
    close_for(event=draft, agencies=[other], revision=first.revision, by=coordinator)

    assert again.revision == first.revision
    assert [row.agency for row in draft.closed_for.all()] == [other]


def test_close_for_refuses(closed: Event, school: Agency, coordinator: User) -> None:
    everybody, cancelled = make_event(), make_event(closed.version, is_published=False)
    cancel_event(event=cancelled, reason="Ill", by=coordinator, now=timezone.now())
    many = [make_agency() for _ in range(MOST_ORGANISATIONS + 1)]
    refused = [
        (everybody, [school], coordinator, "This course is for everybody"),
        (cancelled, [school], coordinator, "This date is cancelled"),
        (closed, [], coordinator, "Leave at least one organisation"),
        (closed, many, coordinator, "organisations at most"),
        (closed, many, make_lead(school), "Only a coordinator"),
    ]

    for event, agencies, by, sentence in refused:
        with pytest.raises(CatalogueError, match=sentence):
            close_for(event=event, agencies=agencies, revision=Event.objects.get(pk=event.pk).revision, by=by)

    draft = unpublish_event(event=closed, by=coordinator, now=timezone.now())
    close_for(event=draft, agencies=[], revision=draft.revision, by=coordinator)
    assert not ClosedFor.objects.exists()


def test_postgresql_refuses_an_organisation_twice(closed: Event, school: Agency) -> None:
    with pytest.raises(IntegrityError, match="closed_for_an_organisation_once"), transaction.atomic():
        ClosedFor.objects.create(event=closed, agency=school)


def test_the_page_sets_them(draft: Event, school: Agency, coordinator: User, client_of: ClientOf) -> None:
    browser, url = client_of(coordinator), reverse("desk:date-organisations", args=[draft.reference])
    sent = {"another": school.reference, "revision": "1", "seen": json.dumps({"Only for": ""})}
    desk = reverse("desk:date", args=[draft.reference])
    assert url in browser.get(desk).content.decode()

    assert browser.post(url, sent).headers["Location"] == desk
    assert browser.post(url, sent).headers["Location"] == desk

    assert [row.agency for row in draft.closed_for.all()] == [school]
    assert school.name in browser.get(desk).content.decode()
    assert f'value="{school.reference}"' in browser.get(url).content.decode()


def test_the_page_tells_the_second_of_two(draft: Event, school: Agency, coordinator: User, client_of: ClientOf) -> None:
    browser, url = client_of(coordinator), reverse("desk:date-organisations", args=[draft.reference])
    close_for(event=draft, agencies=[school], revision=1, by=coordinator)
    other = make_agency("Wharf Nursery")

    told = browser.post(url, {"another": other.reference, "revision": "1", "seen": json.dumps({"Only for": ""})})

    assert "is now “Orchard Primary School”" in told.content.decode()
    assert [row.agency for row in draft.closed_for.all()] == [school]


@pytest.mark.parametrize(
    "rubbish",
    [
        {"revision": "1", "another": "NOBODY"},
        {"revision": "1", "another": "-1"},
        {"revision": "1", "kept": ["NOBODY", "x" * 5000]},
        {"revision": "99999999999999999999"},
        {"revision": "no"},
        {},
    ],
)
def test_the_page_stands_rubbish(
    closed: Event, school: Agency, coordinator: User, client_of: ClientOf, rubbish: dict[str, object]
) -> None:
    url = reverse("desk:date-organisations", args=[closed.reference])

    assert client_of(coordinator).post(url, rubbish).status_code == 200
    assert [row.agency for row in closed.closed_for.all()] == [school]


def test_the_page_is_the_coordinators_and_of_closed_dates(
    closed: Event, school: Agency, coordinator: User, client: Client, client_of: ClientOf
) -> None:
    url = reverse("desk:date-organisations", args=[closed.reference])
    everybody = reverse("desk:date-organisations", args=[make_event().reference])

    assert client.post(url, {"revision": "1"}).status_code == 302
    for user in (make_user(), make_lead(school), make_user(role=Role.TRAINER)):
        assert client_of(user).post(url, {"revision": "1"}).status_code in (403, 404)
    assert client_of(coordinator).get(everybody).status_code == 404


def test_a_copy_stays_theirs(closed: Event, school: Agency, coordinator: User) -> None:
    day, key = in_days(60), uuid.uuid4()

    copies = [copy_event(event=closed, first_day=day, submission=key, by=coordinator) for _ in range(2)]

    assert copies[0] == copies[1]
    assert [row.agency for row in copies[0].closed_for.all()] == [school]


def test_search_of_the_site_finds_it_for_its_own_people_alone(closed: Event, school: Agency, coordinator: User) -> None:
    inside, outside = make_user(), make_user()
    Employment.objects.create(
        person=inside.person, agency=school, standing="confirmed", period=DateRange(in_days(-9), None)
    )

    assert [bool(search(user, "Whole staff")) for user in (inside, outside, coordinator)] == [True, False, True]
