"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from training.config.parts import Panel, SearchHit
from training.people.actions.identity import move_person
from training.people.demo import load_demo
from training.people.exporting import export_person
from training.people.finding import find_agencies, find_persons
from training.people.models import Agency, Person, User
from training.people.permissions import Permission
from training.people.waiting import todos

__all__ = ["export_person", "load_demo", "move_person", "panels", "search", "todos"]

HITS = 10


def panels(user: User, now: datetime.datetime) -> list[Panel]:
    """Where somebody works, at the end of their page."""
    if user.person is None:
        return []
    workplaces = [work for work in user.employments if not work.is_over(timezone.localdate(now))]
    return [Panel("people/panels/where_i_work.html", {"employments": workplaces}, weight=90)]


def search(user: User, text: str) -> list[SearchHit]:
    """People by name, address or reference, and organisations; a lead finds whoever has not left."""
    return _persons(user, text) + _agencies(user, text)


def _persons(user: User, text: str) -> list[SearchHit]:
    rows = Person.objects.visible_to(user).present()
    sees_all = user.may(Permission.SEE_ALL_PEOPLE)
    return [_person_hit(person, user, sees_all) for person in find_persons(rows, text)[:HITS]]


def _person_hit(person: Person, user: User, sees_all: bool) -> SearchHit:
    if person.pk == user.person_id:
        return SearchHit("You", person.name, person.email, reverse("people:my"))
    url = reverse("people:person", args=[person.reference]) if sees_all else _in_agency(person)
    return SearchHit("Person", person.name, person.email or f"Reference {person.reference}", url)


def _in_agency(person: Person) -> str:
    return reverse("people:agency", query={"q": person.name})


def _agencies(user: User, text: str) -> list[SearchHit]:
    manages = user.may(Permission.MANAGE_PEOPLE)
    rows: Any = Agency.objects.exclude(standing=Agency.Standing.CLOSED)
    if not manages:
        rows = rows.filter(pk__in=user.led_agency_ids)
    return [_agency_hit(agency, manages) for agency in find_agencies(rows, text)[:HITS]]


def _agency_hit(agency: Agency, manages: bool) -> SearchHit:
    own = reverse("people:agency", query={"organisation": agency.reference})
    url = reverse("people:agency-edit", args=[agency.reference]) if manages else own
    return SearchHit("Organisation", agency.name, agency.get_sector_display(), url)
