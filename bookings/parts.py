"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime

from django.db.models import Q
from django.urls import reverse

from bookings.charges.todos import charge_todos
from bookings.demo import load_demo
from bookings.desk_todos import booking_todos
from bookings.models import Booking
from bookings.panels import own_panels
from bookings.person_records import erase_person, export_person, move_person
from bookings.registers.parts import todos as register_todos
from training.config.parts import Panel, SearchHit, Todo
from training.people.finding import tidy_search
from training.people.models import User
from training.web.words import day

__all__ = ["erase_person", "export_person", "load_demo", "move_person", "panels", "search", "todos"]

HITS = 10


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    return [*booking_todos(user, now), *register_todos(user, now), *charge_todos(user, now)]


def panels(user: User, now: datetime.datetime) -> list[Panel]:
    return own_panels(user.person, now) if user.person else []


def search(user: User, text: str) -> list[SearchHit]:
    """Bookings by their reference, or live ones by the person's name or address."""
    text = tidy_search(text)
    if not text:
        return []
    named = Q(person__name__unaccent__icontains=text) | Q(person__email__icontains=text)
    rows = Booking.objects.visible_to(user).filter(
        Q(reference=text.upper()) | (named & Q(pk__in=Booking.objects.live()))
    )
    rows = rows.select_related("person", "event__version").order_by("-made_at", "-pk")
    return [_hit(row) for row in rows[:HITS]]


def _hit(row: Booking) -> SearchHit:
    when = day(row.event.starts_at) if row.event.starts_at else "in their own time"
    url = reverse("bookings:booking", args=[row.reference])
    return SearchHit("Booking", f"{row.person}: {row.event.version}", f"{row.get_status_display()}, {when}", url)
