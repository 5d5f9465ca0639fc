"""The monthly bulletin: who wants it, what each reads, released once, written once to each."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.bulletin import releasing
from bookings.bulletin.choosing import About, choose_mails
from bookings.bulletin.emails import KIND
from bookings.bulletin.profiles import profiles
from bookings.bulletin.releasing import begin_bulletin, introduce_bulletin, release_bulletin, write_bulletins
from bookings.desk_todos import to_decide
from bookings.errors import BookingsError
from bookings.models import AgencyAllocation, Bulletin, BulletinReader, MailChoice, MailKind
from bookings.person_records import erase_person, export_person, move_person
from tests.factories import make_agency, make_user
from tests.factories_bookings import make_booking, make_employee
from tests.factories_catalogue import in_days, make_course, make_event
from training.outbox.delivery import deliver
from training.outbox.mime import as_email
from training.outbox.models import Message
from training.people.models import Agency, Person, Sector, User
from training.record.models import RefresherRule
from training.web.when import london_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]
NOW = timezone.now()


def reader(name: str = "Rosa Reader", *, agency: Agency | None = None, remit: str = "", levels: Any = ()) -> Person:
    person = make_employee(name, agency=agency)
    choose_mails(person=person, wanted={MailKind.BULLETIN: True}, about=About(remit, list(levels)), by=person, now=NOW)
    return person


@pytest.fixture
def bulletin(coordinator: User) -> Bulletin:
    return begin_bulletin(by=coordinator, now=NOW)


def release(bulletin: Bulletin, by: User) -> Bulletin:
    return release_bulletin(bulletin=bulletin, revision=bulletin.revision, by=by, now=NOW)


def letter_to(person: Person) -> str:
    return Message.objects.get(kind=KIND, person_reference=person.reference).text


def test_bulletin_says_to_each_what_is_theirs(bulletin: Bulletin, coordinator: User) -> None:
    school = make_agency("A school", sector=Sector.EDUCATION)
    children = make_event(make_course("Neglect", remit="children"), days=[in_days(14)])
    adults = make_event(make_course("Hoarding", remit="adults"), days=[in_days(15)])
    booked = make_event(make_course("Booked already", remit="children"), days=[in_days(16)])
    person = reader(agency=school, remit="children")
    make_booking(booked, person=person)
    AgencyAllocation.objects.create(
        event=children, sector=Sector.EDUCATION, places=3, reason="Late", owner=person, release_on=in_days(9)
    )
    rule = RefresherRule.objects.create(
        name="Neglect for schools", first_within_days=30, effective_from=london_day(NOW), source="The partnership"
    )
    rule.courses.add(children.version.course)
    introduce_bulletin(
        bulletin=bulletin, introduction="Welcome.\n[Not a link](http://elsewhere)", revision=1, by=coordinator
    )
    bulletin.refresh_from_db()

    release(bulletin, coordinator)
    assert write_bulletins(now=NOW) == 1

    text = letter_to(person)
    due, _, dates = text.partition("Dates with places")
    assert "Welcome.\n\n[Not a link](http: //elsewhere)" in text
    assert "* Neglect for schools: due by" in due
    assert "some of them kept for the education sector" in dates
    assert f"/events/{children.reference}/" in dates
    assert adults.reference not in text
    assert booked.reference not in dates


def test_level_asked_for_decides_and_a_course_without_level_is_for_everybody(
    bulletin: Bulletin, coordinator: User
) -> None:
    for title, levels in (("Basics", ["1"]), ("Deeper", ["2-3"]), ("Briefing", [])):
        make_event(make_course(title, levels=levels), days=[in_days(14)])
    person = reader(levels=["local:3"])

    release(bulletin, coordinator)
    write_bulletins(now=NOW)

    text = letter_to(person).partition("Dates with places")[2].partition("New courses")[0]
    assert [title in text for title in ("Basics", "Deeper", "Briefing")] == [False, True, True]


def test_message_can_be_stopped_by_one_click_and_shows_no_link_afterwards(
    bulletin: Bulletin, coordinator: User, mailoutbox: list[Any]
) -> None:
    person = reader()
    release(bulletin, coordinator)
    write_bulletins(now=NOW)
    message = Message.objects.get(kind=KIND)

    headers = as_email(message).extra_headers
    deliver(message.pk, now=NOW)
    message.refresh_from_db()

    assert headers["List-Unsubscribe"].startswith("<http")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (message.state, message.text, message.unsubscribe_url) == ("sent", "", "")
    assert message.person_reference == person.reference


def test_release_is_for_those_who_want_it_and_once(bulletin: Bulletin, coordinator: User) -> None:
    wants, stopped = reader(), reader("Never Mind")
    choose_mails(person=stopped, wanted={MailKind.BULLETIN: False}, by=stopped, now=NOW)
    make_employee()
    no_address = reader("Without Address")
    Person.objects.filter(pk=no_address.pk).update(email="")

    first = release(bulletin, coordinator)
    again = release_bulletin(bulletin=bulletin, revision=99, by=coordinator, now=NOW)

    assert first.released_at == again.released_at
    assert [row.person for row in BulletinReader.objects.all()] == [wants]


def test_writing_goes_on_where_it_was_killed(
    bulletin: Bulletin, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [reader(f"Reader {number}") for number in range(5)]
    release(bulletin, coordinator)
    monkeypatch.setattr(releasing, "BATCH", 2)
    real, calls = releasing.letter_of, []

    def dies(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(releasing, "letter_of", dies)
    with pytest.raises(KeyboardInterrupt):
        write_bulletins(now=NOW)
    assert Message.objects.filter(kind=KIND).count() == 2
    monkeypatch.setattr(releasing, "letter_of", real)

    assert [write_bulletins(now=NOW), write_bulletins(now=NOW)] == [3, 0]
    told = Message.objects.filter(kind=KIND).values_list("person_reference", flat=True)
    assert sorted(told) == sorted(person.reference for person in people)


def test_who_stops_between_release_and_writing_gets_none(bulletin: Bulletin, coordinator: User) -> None:
    person = reader()
    release(bulletin, coordinator)
    choose_mails(person=person, wanted={MailKind.BULLETIN: False}, by=person, now=NOW)

    write_bulletins(now=NOW)

    assert not Message.objects.filter(kind=KIND).exists()
    assert BulletinReader.objects.get().outcome == "not_wanted"


def test_release_refuses_nobody_another_month_and_an_introduction_unread(bulletin: Bulletin, coordinator: User) -> None:
    with pytest.raises(BookingsError, match="Nobody has asked"):
        release(bulletin, coordinator)
    reader()
    introduce_bulletin(bulletin=bulletin, introduction="Other words", revision=1, by=coordinator)
    with pytest.raises(BookingsError, match="Somebody else changed"):
        release_bulletin(bulletin=bulletin, revision=1, by=coordinator, now=NOW)
    with pytest.raises(BookingsError, match="is over"):
        release_bulletin(bulletin=bulletin, revision=2, by=coordinator, now=NOW + datetime.timedelta(days=40))
    with pytest.raises(BookingsError, match="Only a coordinator"):
        release_bulletin(bulletin=bulletin, revision=2, by=make_user(), now=NOW)


def test_introduction_of_two_editors_and_of_a_released_bulletin(bulletin: Bulletin, coordinator: User) -> None:
    introduce_bulletin(bulletin=bulletin, introduction="Mine", revision=1, by=coordinator)
    with pytest.raises(BookingsError, match="It says now: Mine"):
        introduce_bulletin(bulletin=bulletin, introduction="Theirs", revision=1, by=coordinator)
    reader()
    bulletin.refresh_from_db()
    release(bulletin, coordinator)

    with pytest.raises(BookingsError, match="has been released"):
        introduce_bulletin(bulletin=bulletin, introduction="Too late", revision=2, by=coordinator)
    assert begin_bulletin(by=coordinator, now=NOW) == bulletin


def test_profiles_group_readers_and_the_desk_says_that_they_wait(bulletin: Bulletin) -> None:
    school = make_agency("A school", sector=Sector.EDUCATION)
    for name in ("One", "Two"):
        reader(name, agency=school, remit="children", levels=["local:2"])
    person = reader("Three")
    person.employments.all().delete()

    found = [(profile.in_words, people) for profile, people in profiles(NOW)]

    assert found == [("Education: children, level 2", 2), ("No organisation: everything", 1)]
    todo = next(todo for todo in to_decide(NOW) if "bulletin" in todo.sentence)
    assert todo.sentence == f"3 people wait for the bulletin of {NOW:%B}."


def test_writing_asks_the_same_number_of_questions_for_one_and_three(bulletin: Bulletin, coordinator: User) -> None:
    make_event(make_course("Neglect"), days=[in_days(14)])
    counts = []
    for number in (1, 3):
        Bulletin.objects.update(released_at=None, released_by=None)
        BulletinReader.objects.all().delete()
        Message.objects.all().delete()
        while MailChoice.objects.count() < number:
            reader(f"Reader {MailChoice.objects.count()}")
        release(bulletin, coordinator)
        with CaptureQueriesContext(connection) as captured:
            write_bulletins(now=NOW)
        counts.append(len([one for one in captured if 'INTO "outbox_message"' not in one["sql"]]))

    assert counts[0] == counts[1]


def test_records_that_become_one_are_exported_and_go(bulletin: Bulletin, coordinator: User) -> None:
    source, target = reader("Source"), reader("Target")
    choose_mails(person=source, wanted={MailKind.BULLETIN: False}, by=source, now=NOW + datetime.timedelta(minutes=1))
    for person in (source, target):
        BulletinReader.objects.create(bulletin=bulletin, person=person)

    move_person(source, target, by=coordinator, now=NOW)

    assert [row.person for row in BulletinReader.objects.all()] == [target]
    assert [(said["what"], said["wanted"]) for said in export_person(target)["mails"]] == [
        ("The monthly bulletin", False)
    ]
    erase_person(target, by=coordinator, now=NOW)
    assert (MailChoice.objects.count(), BulletinReader.objects.count()) == (0, 0)


def test_postgresql_refuses_what_no_bulletin_is(bulletin: Bulletin) -> None:
    person = reader()
    BulletinReader.objects.create(bulletin=bulletin, person=person)
    said = {"person": person, "is_wanted": True, "at": NOW, "way": MailChoice.Way.LINK}
    for name, write in {
        "bulletin_is_of_a_month": lambda: Bulletin.objects.create(month=datetime.date(2030, 1, 2), made_at=NOW),
        "bulletin_released_who_and_when": lambda: Bulletin.objects.update(released_at=NOW),
        "bulletin_once_a_reader": lambda: BulletinReader.objects.create(bulletin=bulletin, person=person),
        "bulletin_reader_outcome_has_a_time": lambda: BulletinReader.objects.update(outcome="written"),
        "mail_choice_once_a_kind": lambda: MailChoice.objects.create(kind=MailKind.BULLETIN, **said),
        "mail_choice_kind_is_known": lambda: MailChoice.objects.create(kind="gossip", **said),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()
