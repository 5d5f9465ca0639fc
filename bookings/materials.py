"""Which materials somebody may open: a trainer's, a delegate's, the coordinator's any."""

import datetime

from django.db.models import Exists, OuterRef, Q

from bookings.models import KEPT_TO_THE_END, Booking
from training.catalogue.models import Material, MaterialVersion
from training.catalogue.models.material import MaterialVersionQuerySet
from training.people.models import User
from training.people.permissions import Permission
from training.record.models import Achievement

Audience = Material.Audience


def materials_visible_to(user: User, now: datetime.datetime) -> MaterialVersionQuerySet:
    """Any version for a coordinator. Others: the current one of what they teach, or are booked on, or came to."""
    rows = MaterialVersion.objects.all()
    if user.may(Permission.MANAGE_CATALOGUE):
        return rows
    return own_materials(user, now)


def own_materials(user: User, now: datetime.datetime) -> MaterialVersionQuerySet:
    """Those of one's own courses, whatever else one may see."""
    rows = MaterialVersion.objects.current()
    if user.person is None:
        return rows.none()
    taught = rows.for_teachers(user.person, now).values("pk")
    course = OuterRef("material__course")
    booked = Booking.objects.filter(person=user.person, status__in=KEPT_TO_THE_END, event__version__course=course)
    came = Achievement.objects.filter(person=user.person, version__course=course)
    mine = (
        Q(pk__in=taught)
        | Q(Exists(booked) | Exists(came), material__audience=Audience.BOOKED)
        | Q(Exists(came), material__audience=Audience.CAME)
    )
    return rows.filter(mine)
