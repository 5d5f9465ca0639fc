"""What a training lead and a coordinator find to do: courses done elsewhere, and rows that are nobody's yet."""

import datetime
import uuid

from training.catalogue.models import CourseVersion, DeliveryMode, Event
from training.config.parts import Demo
from training.elearning.models import Completion, ElsewhereClaim
from training.people.models import Employment, Person

CLAIMED = (
    ("Bankside Community Health, study day", "Half a day with the named nurse; my manager has the list of who came."),
    ("Riverside Safeguarding Partnership", "Their certificate RS-20418, which I can bring to the office."),
)
UNKNOWN = (
    ("Kaz Oyelaran", "kaz.o@mail.example", "St Olaves", "LP-88213"),
    ("T Whitlock-Hughes", "", "Harbour Primary", "LP-90117"),
    ("Siân Price", "sian.price@mail.example", "", "LP-90544"),
)


def leave_to_settle(demo: Demo) -> None:
    """Called once there are dates to book: a course in one's own time is known by them."""
    own_time = Event.objects.published().filter(mode=DeliveryMode.E_LEARNING).values("version")
    versions = list(CourseVersion.objects.filter(pk__in=own_time, is_current=True).order_by("course__code"))
    demo.insert("courses done elsewhere", _claims(demo, versions))
    demo.insert("completions that are nobody's yet", _completions(demo, versions))


def _claims(demo: Demo, versions: list[CourseVersion]) -> list[ElsewhereClaim]:
    """The practitioner's, and a colleague's: both wait for the account `lead`."""
    chance = demo.rng("elearning.claims")
    return [
        ElsewhereClaim(
            person=person,
            version=versions[number % len(versions)],
            on=demo.today - datetime.timedelta(days=24 + 5 * number),
            where=where,
            what_proves_it=proof,
            made_at=demo.now - datetime.timedelta(days=2 + number),
            submission=uuid.UUID(int=chance.getrandbits(128), version=4),
        )
        for number, (person, (where, proof)) in enumerate(zip(_claimants(demo), CLAIMED, strict=False))
    ]


def _claimants(demo: Demo) -> list[Person]:
    own, lead = demo.person("practitioner"), demo.person("lead")
    agencies = Employment.objects.filter(person=lead).on(demo.today).values("agency")
    rows = Employment.objects.filter(agency__in=agencies, standing=Employment.Standing.CONFIRMED).on(demo.today)
    colleagues = rows.exclude(person__in=(own, lead)).select_related("person").order_by("pk")
    return [own, *(row.person for row in colleagues[:1])]


def _completions(demo: Demo, versions: list[CourseVersion]) -> list[Completion]:
    return [
        Completion(
            version=versions[number % len(versions)],
            on=demo.today - datetime.timedelta(days=6 + number),
            name=name,
            email=email,
            agency_name=agency,
            external_id=external_id,
            read_at=demo.now - datetime.timedelta(days=1),
        )
        for number, (name, email, agency, external_id) in enumerate(UNKNOWN)
    ]
