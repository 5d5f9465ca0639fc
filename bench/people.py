"""Who asks: sessions of the demonstration's people, made directly in the database."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from training.people.models import Employment, Person, User

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FIELD = re.compile(r'name="submission"[^>]*value="([^"]+)"')


def session_of(user: User) -> str:
    store: Any = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    key: str = store.session_key
    return key


def account(name: str) -> User:
    return User.objects.get(email=f"{name}@muster.example")


def bookers(number: int) -> Sequence[tuple[Person, Employment, str]]:
    """That many people with one workplace, no booking to come and a login made for the occasion."""
    today = timezone.localdate()
    rows = Employment.objects.filter(person__user=None, period__contains=today, standing="confirmed")
    rows = rows.exclude(person__bookings__event__starts_at__gt=timezone.now()).select_related("person", "agency")
    chosen: dict[int, Employment] = {}
    for row in rows.order_by("pk")[: number * 2]:
        chosen.setdefault(row.person_id, row)
    people = list(chosen.values())[:number]
    users = [User(email=f"bench-{row.person_id}@muster.example", person=row.person) for row in people]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    return [(row.person, row, session_of(user)) for row, user in zip(people, users, strict=True)]


def form_fields(page: str) -> dict[str, str]:
    """The hidden fields of a form: against forgery, and against sending twice."""
    token, once = TOKEN.search(page), FIELD.search(page)
    return {
        "csrfmiddlewaretoken": token[1] if token else "",
        "submission": once[1] if once else "",
    }
