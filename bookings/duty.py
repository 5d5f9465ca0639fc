"""Who deals with somebody’s safety: the duty people of the day, never those who teach the date it came from."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from training.catalogue.models import Event, Teaching
from training.people.models import Person, Role, RoleGrant


def duty_people(event: Event, day: datetime.date) -> QuerySet[Person]:
    teaches = Teaching.objects.live().filter(session__event=event, person=OuterRef("pk"))
    return _holders(Role.DUTY, day).filter(~Exists(teaches))


def coordinators(day: datetime.date) -> QuerySet[Person]:
    return _holders(Role.COORDINATOR, day)


def _holders(role: Role, day: datetime.date) -> QuerySet[Person]:
    grants = RoleGrant.objects.filter(role=role).on(day)
    return Person.objects.present().filter(pk__in=grants.values("person_id")).order_by("pk")
