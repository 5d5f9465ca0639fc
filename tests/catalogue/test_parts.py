import datetime

import pytest

from tests.factories import make_user
from tests.factories_catalogue import in_days, make_course, make_event, make_teaching, make_trainer
from training.catalogue.models import Teaching, TeachingStep
from training.catalogue.parts import export_person, move_person, search, todos
from training.people.models import User


def sentences(user: User, now: datetime.datetime) -> list[str]:
    return [todo.sentence for todo in todos(user, now)]


def test_todos_of_a_trainer_name_what_they_are_asked(coordinator: User, now: datetime.datetime) -> None:
    dana = make_trainer()
    soon = make_event(make_course("Neglect"), reference="E7", days=[in_days(4, now=now)], now=now)
    make_teaching(soon, dana, is_confirmed=False, now=now)
    make_teaching(make_event(days=[in_days(9, now=now)], now=now), dana, now=now)

    rows = todos(make_user(dana), now)

    assert [(row.sentence, row.url, row.weight, row.minutes) for row in rows] == [
        ("You are asked to teach Neglect on Fri 14 May 2027.", "/my/teaching/#asked-E7", 10, 1)
    ]


def test_todos_of_a_coordinator(coordinator: User, now: datetime.datetime) -> None:
    make_teaching(
        make_event(make_course("Neglect"), reference="TOM", days=[in_days(1, now=now)], places_held=8, now=now),
        make_trainer("Dana Whitlock"),
        is_confirmed=False,
        now=now,
    )
    make_event(make_course("DA"), reference="THIN", days=[in_days(7, now=now)], places_held=2, now=now)
    make_event(reference="DRAFT", days=[in_days(9, now=now)], is_published=False)

    assert sentences(coordinator, now) == [
        "Neglect (TOM), tomorrow: Dana Whitlock has not confirmed Tue 11 May 2027 yet.",
        "Run or pull DA (THIN) on Mon 17 May 2027? 2 of 6 needed are booked.",
        "1 open date of the next two weeks lacks a confirmed trainer, a link or a room.",
        "1 date of the next four weeks is still a draft.",
    ]


def test_todos_of_a_practitioner_are_none(practitioner: User, coordinator: User, now: datetime.datetime) -> None:
    make_event(days=[in_days(1, now=now)], now=now)

    assert sentences(practitioner, now) == []


def test_search_leads_a_coordinator_to_the_desk_and_others_to_the_public_page(
    coordinator: User, practitioner: User
) -> None:
    make_event(make_course("Neglect and emotional harm", code="N1"), reference="E7")
    make_event(make_course("Secret", code="S1", is_published=False), reference="E8", is_published=False)

    def found(user: User, text: str) -> list[str]:
        return [hit.url for hit in search(user, text)]

    assert found(coordinator, "e7") == ["/desk/dates/E7/"]
    assert found(practitioner, "e7") == ["/events/E7/"]
    assert found(coordinator, "neglekt") == ["/desk/courses/N1/"]
    assert found(practitioner, "n1") == ["/courses/N1/"]
    assert found(coordinator, "secret") == ["/desk/courses/S1/"]
    assert found(practitioner, "secret") == found(practitioner, "E8") == found(practitioner, " ") == []


def test_move_person_gives_teaching_to_the_other_record(coordinator: User, now: datetime.datetime) -> None:
    source, target = make_trainer(), make_trainer()
    make_teaching(make_event(days=[in_days(4, now=now)], now=now), source, now=now)

    move_person(source, target, by=coordinator, now=now)

    assert [(row.person, row.status) for row in Teaching.objects.all()] == [(target, "confirmed")]


def test_move_person_asks_again_where_both_are_confirmed_at_once(coordinator: User, now: datetime.datetime) -> None:
    source, target = make_trainer(), make_trainer()
    for person in (source, target):
        make_teaching(make_event(days=[in_days(4, now=now)], now=now), person, now=now)

    move_person(source, target, by=coordinator, now=now)

    rows = Teaching.objects.order_by("pk")
    assert [(row.person, row.status) for row in rows] == [(target, "proposed"), (target, "confirmed")]


@pytest.mark.parametrize(("was", "rival", "expected"), [(True, False, "confirmed"), (False, True, "confirmed")])
def test_move_person_keeps_the_live_answer_of_two(
    coordinator: User, now: datetime.datetime, was: bool, rival: bool, expected: str
) -> None:
    source, target = make_trainer(), make_trainer()
    event = make_event(days=[in_days(4, now=now)], now=now)
    make_teaching(event, source, is_confirmed=was, now=now)
    make_teaching(event, target, is_confirmed=rival, now=now)

    move_person(source, target, by=coordinator, now=now)

    assert Teaching.objects.get(person=target).status == expected
    assert Teaching.objects.get(person=source).status == "withdrawn"
    assert TeachingStep.objects.filter(reason="Two records of one person were joined.").exists()


def test_export_person_holds_what_they_were_asked(coordinator: User, now: datetime.datetime) -> None:
    dana = make_trainer()
    event = make_event(make_course("Neglect"), reference="E7", days=[in_days(4, now=now)], now=now)
    make_teaching(event, dana, now=now)

    assert export_person(dana) == {
        "teaching": [
            {
                "date": "E7",
                "course": "Neglect",
                "starts_at": "2027-05-14T08:30:00+00:00",
                "ends_at": "2027-05-14T12:00:00+00:00",
                "status": "Confirmed",
                "asked_at": "2027-05-10T09:00:00+00:00",
                "answered_at": "2027-05-10T09:00:00+00:00",
            }
        ]
    }
