"""Bankside's rules of what falls due. Called by bookings, once the courses are there."""

import datetime
from typing import Any

from training.catalogue.models import Course, Framework
from training.config.parts import Demo
from training.people.demo.agencies import References
from training.people.models import Sector
from training.record.models import RefresherRule

SINCE = datetime.date(2024, 4, 1)
LONDON = "London safeguarding competence framework"
FRONT_LINE = ["social worker", "practitioner", "nurse", "midwife", "health visitor", "officer", "constable"]


def write_refresher_rules(demo: Demo) -> None:
    local = Framework.objects.get(code="local")
    rules: dict[str, dict[str, Any]] = {
        "Basic awareness, in your first week": {
            "courses": ["BSP001", "BSP002", "BSP003"],
            "framework": local,
            "lowest": 1,
            "first_within_days": 7,
            "source": f"{LONDON}, stage 1",
        },
        "Safeguarding at your level, in your first six months": {
            "courses": ["BSP006", "BSP007"],
            "framework": local,
            "lowest": 2,
            "first_within_days": 183,
            "sectors": [Sector.COUNCIL, Sector.HEALTH, Sector.POLICE, Sector.EDUCATION],
            "job_words": FRONT_LINE,
            "source": f"{LONDON}, stage 2",
        },
        "Working together at level 3, in your first year": {
            "courses": ["BSP004"],
            "framework": local,
            "lowest": 3,
            "first_within_days": 365,
            "sectors": [Sector.COUNCIL, Sector.HEALTH, Sector.POLICE],
            "job_words": ["social worker", "health visitor", "midwife", "detective"],
            "source": f"{LONDON}, stage 3",
        },
        "Safeguarding training, every three years": {
            "courses": ["BSP005"],
            "framework": local,
            "lowest": 1,
            "every_months": 36,
            "source": "Bankside Safeguarding Partnership's training strategy",
        },
        "Designated safeguarding lead, every two years": {
            "courses": ["BSP024", "BSP025"],
            "first_within_days": 28,
            "every_months": 24,
            "job_words": ["designated safeguarding lead"],
            "source": "Keeping children safe in education (KCSIE), part two and annex C",
        },
    }
    references = References(demo, "refresher rules")
    with demo.step("Refresher rules") as advance:
        for name, fields in rules.items():
            codes = fields.pop("courses", [])
            rule = RefresherRule.objects.create(reference=references.draw(), name=name, effective_from=SINCE, **fields)
            rule.courses.set(Course.objects.filter(code__in=codes))
            advance(1)
