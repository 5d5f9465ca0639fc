"""What of the programme waits for a body's decision."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from training.config.parts import AgendaPoint
from training.governance.models import Body
from training.programme.actions.amending import deciding_body
from training.programme.models import Amendment, Programme


def agenda(body: str, now: datetime.datetime) -> list[AgendaPoint]:  # noqa: ARG001 - of every hook
    return [*_programmes(body), *_amendments(body)]


def _programmes(body: str) -> Iterator[AgendaPoint]:
    if body == Body.Kind.PDL:
        rows = Programme.objects.filter(standing=Programme.Standing.DRAFT, offered_at__isnull=False)
        asked = "Recommend it to the Executive?"
    elif body == Body.Kind.EXECUTIVE:
        rows = Programme.objects.filter(standing=Programme.Standing.RECOMMENDED)
        asked = "The PDL subgroup recommends it. Agree it?"
    else:
        return
    for programme in rows.order_by("period", "pk"):
        url = reverse("programme:programme", args=[programme.reference])
        key = f"programme:{programme.reference}:{programme.standing}"
        yield AgendaPoint(key, body, str(programme), asked, url, programme.starts_on)


def _amendments(body: str) -> Iterator[AgendaPoint]:
    rows = Amendment.objects.filter(standing=Amendment.Standing.PROPOSED).select_related("programme")
    for amendment in rows.order_by("proposed_at", "pk"):
        if deciding_body(amendment) == body:
            url = reverse("programme:amendment", args=[amendment.reference])
            yield AgendaPoint(f"amendment:{amendment.reference}", body, str(amendment), amendment.reason, url)
