"""Complaints and observations of this year, and a target that the PDL subgroup has set."""

import datetime
import itertools
from decimal import Decimal

from providers.actions.quality import decide_complaint, record_complaint, record_observation
from providers.actions.targets import TargetText, set_target
from providers.models import Commission
from training.catalogue.models import Event
from training.config.parts import Demo
from training.governance.models import Body
from training.web.periods import quarter_of
from training.web.when import london_day

DAY = datetime.timedelta(days=1)
ABOUT = (
    ("Slides from before the new guidance were used all morning.", "upheld", "The provider has mended the slides."),
    (
        "The session ended forty minutes early without a word.",
        "not_upheld",
        "The register and the trainer’s notes agree.",
    ),
    ("The joining link came an hour after the start.", "", ""),
)
SEEN = (
    ("met", "The trainer kept to the outcomes, and the group worked on three cases of its own."),
    ("met", "A clear start on who to ring, and time for questions. The slides were of this year."),
    ("partly", "Good on the law. The second half was read from the slides, and few spoke."),
    ("not_met", "Nearly all of it was a lecture; what the course promises on practice did not come."),
)


def judge_providers(demo: Demo) -> None:
    by = demo.person("coordinator").user
    ran = Commission.objects.live().filter(event__ends_at__lt=demo.now - 3 * DAY, event__standing="published")
    orders = list(ran.select_related("event").order_by("-event__starts_at", "pk")[:120])
    for place, (about, standing, outcome) in enumerate(ABOUT):
        event = orders[place * 17 % len(orders)].event
        came_on = london_day(event.ends_at or demo.now) + DAY
        complaint = record_complaint(
            provider=None, event=event, received_on=came_on, about=about, submission=None, by=by, now=demo.now
        )
        if standing:
            decide_complaint(
                complaint=complaint, standing=standing, decided_on=min(came_on + 10 * DAY, demo.today),
                outcome=outcome, by=by, now=demo.now,
            )  # fmt: skip
    for (verdict, seen), order in zip(itertools.chain(SEEN, SEEN[:2]), orders[2:32:5], strict=False):
        _observe(demo, order.event, verdict, seen)
    _set_a_target(demo)


def _observe(demo: Demo, event: Event, verdict: str, seen: str) -> None:
    record_observation(
        event=event, who="The partnership’s learning lead", verdict=verdict, what_was_seen=seen, submission=None,
        by=demo.person("coordinator").user, now=demo.now,
    )  # fmt: skip


def _set_a_target(demo: Demo) -> None:
    """From the next quarter on, fewer dates may be cancelled."""
    body = Body.objects.filter(kind=Body.Kind.PDL).first()
    text = TargetText(
        measure="provider_cancelled",
        value=Decimal("0.03"),
        in_force_from=quarter_of(demo.today, 4).ends_on,
        reason="Two providers cancelled late in the summer, and places were lost.",
        body=body,
        held_on=demo.today - 5 * DAY,
        minute="6.2",
    )
    set_target(text=text, by=demo.person("pdl").user, now=demo.now)
