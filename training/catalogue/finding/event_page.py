"""What the page of one date shows: nothing on it is only for those who are booked."""

import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from training.catalogue.finding import rows
from training.catalogue.finding.dates import places_in_words, venues_of, with_days
from training.catalogue.finding.first import asked_first
from training.catalogue.finding.wording import hours_in_words, modes_in_words, who_for
from training.catalogue.models import Course, DeliveryMode, Event, RunDecision
from training.people.emails import absolute
from training.people.models import User
from training.web.components import NavItem


def find_event(reference: str, user: User | None) -> Event | None:
    """The date with this reference, if this user may see it; typed in small letters too."""
    decided = RunDecision.objects.filter(event=OuterRef("pk")).order_by("-at", "-pk").values("outcome")[:1]
    events = Event.objects.visible_to(user).filter(reference__in={reference, reference.upper()})
    events = events.annotate(last_word=Subquery(decided))
    return rows.with_sessions(with_days(events)).select_related("version__course").first()


def event_context(event: Event, user: User | None, *, now: datetime.datetime) -> dict[str, Any]:
    version, course = event.version, event.version.course
    is_over = event.ends_at is not None and event.ends_at <= now
    has_begun = event.starts_at is not None and event.starts_at <= now
    is_cancelled = event.standing == Event.Standing.CANCELLED
    is_suspended = event.standing == Event.Standing.SUSPENDED
    needs_others = is_cancelled or is_suspended or has_begun or event.places_left == 0
    is_closed = event.booking_closes_at is not None and event.booking_closes_at <= now
    sessions = list(event.sessions.all())
    return {
        "event": event,
        "canonical_url": absolute("catalogue:event", event.reference),
        "course": course,
        "version": version,
        "course_url": "" if course.standing == Course.Standing.DRAFT else rows.course_url(course),
        "sessions": sessions,
        "venues": venues_of(sessions),
        "mode": modes_in_words({event.mode}),
        "is_online": event.mode in (DeliveryMode.VIRTUAL, DeliveryMode.HYBRID),
        "hours": hours_in_words(version.hours),
        "who_for": who_for(course, version),
        "asked_first": asked_first(course),
        "places": "Booking is closed" if has_begun else places_in_words(event, now=now) or "Start when you like",
        "trainers": rows.trainer_names(event),
        "is_draft": event.standing == Event.Standing.DRAFT,
        "is_cancelled": is_cancelled,
        "is_suspended": is_suspended and not is_over,
        "is_over": is_over,
        "has_begun": has_begun,
        "opens_at": event.booking_opens_at if event.booking_opens_at and event.booking_opens_at > now else None,
        "closes_at": event.booking_closes_at if event.booking_closes_at and not has_begun else None,
        "is_closed": is_closed,
        "runs": vars(event).get("last_word") == RunDecision.Outcome.RUN and not has_begun and not is_cancelled,
        "may_sign_up": event.standing == Event.Standing.PUBLISHED and not has_begun and not is_closed,
        "others": rows.date_lines(course, now=now, besides=event, user=user) if needs_others else [],
        "crumbs": crumbs(course, version.title),
    }


def crumbs(course: Course, title: str = "") -> list[NavItem]:
    """The way back: to the catalogue and, with a title, to the course."""
    above = [NavItem("Courses", reverse("catalogue:course-list"))]
    has_page = title and course.standing != Course.Standing.DRAFT
    return [*above, NavItem(title, rows.course_url(course))] if has_page else above
