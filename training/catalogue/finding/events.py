"""The dates that a search finds, as rows: for its calendar and for what is printed."""

import datetime
from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.http import QueryDict

from training.catalogue.finding.open_dates import dates_to_come, within_days
from training.catalogue.finding.queries import find_courses
from training.catalogue.finding.wanted import Choices, Wanted, read_wanted
from training.catalogue.models import Event, Session

MOST = 500


def events_of_search(asked: QueryDict, *, now: datetime.datetime) -> Sequence[Event]:
    """The soonest 500 that fit, with sessions and rooms; those cancelled among them, which a calendar must take back.

    A search for courses by a misspelt word finds what its page finds. In one's own time has no day and is not here.
    """
    choices = Choices.load()
    wanted = read_wanted(asked, choices)
    # A date that was the only one of its kind is still to be found when it is cancelled.
    chosen = {key: values for key, values in wanted.chosen.items() if key != "mode"}
    found = find_courses(Wanted(wanted.text, chosen), choices, now=now)
    return list(_dates(wanted, found.course_ids, now)[:MOST])


def _dates(wanted: Wanted, course_ids: Sequence[int], now: datetime.datetime) -> "QuerySet[Event]":
    of_courses = Event.objects.filter(version__course__in=course_ids, starts_at__isnull=False)
    if modes := [str(mode) for mode in wanted.chosen.get("mode", ())]:
        of_courses = of_courses.filter(mode__in=modes)
    fits = Q(pk__in=dates_to_come(wanted, now=now).values("pk")) | Q(
        pk__in=within_days(Event.objects.filter(standing=Event.Standing.CANCELLED, starts_at__gt=now), wanted).values(
            "pk"
        )
    )
    sessions = Prefetch("sessions", Session.objects.select_related("venue"))
    return of_courses.filter(fits).select_related("version").prefetch_related(sessions).order_by("starts_at", "pk")
