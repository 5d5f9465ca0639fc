"""Bankside's rules of what falls due. Called by bookings, once the courses are there."""

import datetime
from collections import defaultdict
from random import Random
from typing import Any

from training.catalogue.models import Course, CourseVersion, Framework
from training.config.parts import Demo
from training.people.demo.agencies import References
from training.people.models import Employment, Sector
from training.record.due import Due, Post, falls_due, rule_of
from training.record.falling_due import done_of
from training.record.models import Achievement, RefresherRule

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


# Of what would be overdue: how much was done elsewhere in time, and how much falls due about now.
IN_DATE, ABOUT_NOW = 0.86, 0.95


def bring_up_to_date(demo: Demo) -> None:
    """What people did before they came into Muster, from the old system: most are in date, a few are not."""
    rng, references = demo.rng("earlier training"), References(demo, "earlier training")
    rows = RefresherRule.objects.in_force()
    rules, courses = [rule_of(row) for row in rows], {row.pk: list(row.courses.all()) for row in rows}
    versions = {one.course_id: one for one in CourseVersion.objects.filter(is_current=True)}
    posts: dict[int, list[Post]] = defaultdict(list)
    works = Employment.objects.not_refused().on(demo.today).exclude(person=demo.person("practitioner"))
    for person, sector, job, period in works.order_by("pk").values_list(
        "person", "agency__sector", "job_title", "period"
    ):
        posts[person].append(Post(sector, job, period.lower))
    done = done_of(Achievement.objects.all())
    earlier = []
    for person, held in posts.items():
        for due in falls_due(rules, done[person], held, demo.today):
            on = _when(due, demo.today, rng)
            if on is None or not courses[due.rule.key]:
                continue
            version = versions[min(courses[due.rule.key], key=lambda course: course.code).pk]
            earlier.append(
                Achievement(
                    serial=references.draw() + references.draw(),
                    person_id=person,
                    version=version,
                    on=on,
                    hours=version.hours,
                    source=Achievement.Source.IMPORTED,
                    origin=f"old-records:{due.rule.key}",
                    recorded_at=demo.now,
                )
            )
    demo.insert("Earlier training", earlier)


def _when(due: Due, today: datetime.date, rng: Random) -> datetime.date | None:
    """The day on which it was done last; None for those who have not."""
    chance = rng.random()
    if not due.is_overdue(today) or chance > ABOUT_NOW:
        return None
    if not due.rule.every_months:
        return today - datetime.timedelta(days=rng.randrange(20, 700)) if chance < IN_DATE else None
    length = due.rule.every_months * 30
    back = rng.randrange(10, length - 200) if chance < IN_DATE else rng.randrange(length - 110, length + 40)
    return today - datetime.timedelta(days=back)
