"""Forms that people can still fill in: how many of those asked have. Counts of forms are not answers."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from bookings.models import KEPT_TO_THE_END
from evaluation.analysis.figures import Figure, rate
from evaluation.models import Invitation, Response, Stage
from training.catalogue.models import Event


@dataclass(frozen=True)
class OpenForm:
    """One stage of one date."""

    event: Event
    stage: Stage
    figure: Figure
    closes_at: datetime.datetime


def open_forms(now: datetime.datetime, today: datetime.date, most: int = 12) -> list[OpenForm]:
    """Those that close first, without what was answered today. Three queries."""
    asked = Invitation.objects.filter(posted_at__lte=now, booking__status__in=KEPT_TO_THE_END)
    counted = asked.values("booking__event_id", "stage").annotate(
        asked=Count("pk"), closes=Max("closes_at"), waiting=Count("pk", filter=Q(closes_at__gt=now))
    )
    closing = counted.filter(waiting__gt=0).order_by("closes", "booking__event_id", "stage")
    rows = list(closing.values_list("booking__event_id", "stage", "asked", "closes")[:most])
    ids = {row[0] for row in rows}
    events = Event.objects.select_related("version__course").in_bulk(ids)
    answers = Response.objects.filter(event__in=ids, on__lt=today).values_list("event_id", "stage")
    answered = {(event, stage): number for event, stage, number in answers.annotate(Count("pk")).order_by()}
    return [_form(events[pk], Stage(stage), asked, answered.get((pk, stage), 0), end) for pk, stage, asked, end in rows]


def _form(event: Event, stage: Stage, asked: int, number: int, closes_at: datetime.datetime) -> OpenForm:
    figure = rate("response", stage.label, number, max(asked, number), "{part} of {whole} people answered")
    return OpenForm(event, stage, figure, closes_at)
