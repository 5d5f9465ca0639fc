"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

import datetime
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from training.catalogue.demo import load_demo
from training.catalogue.models import Course, CourseVersion, Event, MaterialConfirmation, Teaching
from training.catalogue.moving import move_person
from training.catalogue.waiting import todos
from training.catalogue.words import span_words
from training.config.parts import SearchHit
from training.people.finding import ALIKE, tidy_search
from training.people.models import Person, User
from training.people.permissions import Permission

__all__ = ["export_person", "load_demo", "move_person", "search", "todos"]

HITS = 10


def search(user: User, text: str) -> list[SearchHit]:
    """Dates by reference, and courses by code or title, forgiving a slip; a coordinator's lead to the desk."""
    text = tidy_search(text)
    if not text:
        return []
    manages = user.may(Permission.MANAGE_CATALOGUE)
    return [*_dates(user, text, manages), *_courses(user, text, manages)]


def _dates(user: User, text: str, manages: bool) -> list[SearchHit]:
    events = Event.objects.visible_to(user).filter(reference__iexact=text).select_related("version")
    page = "desk:date" if manages else "catalogue:event"
    found = events.prefetch_related("sessions")
    return [
        SearchHit("Date", f"{event}: {event.version.title}", span_words(event), reverse(page, args=[event.reference]))
        for event in found
    ]


def _courses(user: User, text: str, manages: bool) -> list[SearchHit]:
    versions = CourseVersion.objects.filter(is_current=True).select_related("course")
    if not manages:
        published = Course.objects.filter(standing=Course.Standing.PUBLISHED)
        theirs = Event.objects.public_to(user).filter(version__course=OuterRef("course"))
        # A session for one organisation is found by those who see one of its dates.
        seen = Q(course__in=published.exclude(kind=Course.Kind.CLOSED)) | (Q(course__in=published) & Exists(theirs))
        versions = versions.filter(seen)
    likeness = TrigramWordSimilarity(text, "title")
    fits = Q(likeness__gte=ALIKE) | Q(title__unaccent__icontains=text) | Q(course__code__iexact=text)
    found = versions.annotate(likeness=likeness).filter(fits).order_by("-likeness", "title", "pk")
    page = "desk:course" if manages else "catalogue:course"
    return [
        SearchHit("Course", version.title, version.course.code, reverse(page, args=[version.course.code]))
        for version in found[:HITS]
    ]


def export_person(person: Person) -> dict[str, Any]:
    """What they were asked to teach, and what they answered."""
    rows = Teaching.objects.filter(person=person).select_related("session__event__version").order_by("asked_at", "pk")
    confirmed = MaterialConfirmation.objects.filter(person=person).select_related("version__material__course")
    materials = [
        {"course": one.version.material.course.code, "what": str(one.version), "confirmed_at": one.at.isoformat()}
        for one in confirmed.order_by("at", "pk")
    ]
    teaching = {"teaching": [_exported(one) for one in rows]}
    return {**teaching, "materials_confirmed": materials} if materials else teaching


def _exported(teaching: Teaching) -> dict[str, Any]:
    session = teaching.session
    return {
        "date": session.event.reference,
        "course": session.event.version.title,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "status": teaching.get_status_display(),
        "asked_at": teaching.asked_at.isoformat(),
        "answered_at": _iso(teaching.answered_at),
    }


def _iso(moment: datetime.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
