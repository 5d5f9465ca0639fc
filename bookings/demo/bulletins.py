"""Some hundred people want the bulletin; last month's went out, this month's waits for its release."""

import datetime

from bookings.models import Bulletin, BulletinReader, MailChoice, MailKind
from training.catalogue.models import Remit
from training.config.parts import Demo
from training.people.models import Employment, Role, RoleGrant

EVERY = 23
REMITS = ("", Remit.CHILDREN, Remit.ADULTS, Remit.CHILDREN)
LEVELS: tuple[list[str], ...] = ([], [], ["local:2", "local:3"])


def write_bulletins(demo: Demo) -> None:
    people = _people(demo)
    asked_at = demo.now - datetime.timedelta(days=90)
    demo.insert("Who wants the bulletin", [_choice(pk, number, asked_at) for number, pk in enumerate(people)])
    month = demo.today.replace(day=1)
    before = (month - datetime.timedelta(days=1)).replace(day=1)
    sent_at = datetime.datetime.combine(before + datetime.timedelta(days=2), datetime.time(9), tzinfo=datetime.UTC)
    last = Bulletin.objects.create(
        month=before,
        made_at=sent_at,
        introduction="Thank you to everybody who came to the conference.",
        released_at=sent_at,
        released_by=demo.person("coordinator"),
    )
    written = BulletinReader.Outcome.WRITTEN
    rows = [BulletinReader(bulletin=last, person_id=pk, outcome=written, at=sent_at) for pk in people[:-4]]
    demo.insert("Readers of the last bulletin", rows)
    Bulletin.objects.create(
        month=month,
        made_at=demo.now,
        introduction="New dates for the next quarter are open.\nSchools: places are kept for you on two of them.",
    )
    _stop_places_left(demo)


def _people(demo: Demo) -> list[int]:
    """The practitioner, and every so many others with an address."""
    own = demo.person("practitioner").pk
    works = Employment.objects.on(demo.today).not_refused().exclude(person__email="").exclude(person=own)
    others = works.order_by("person").distinct("person").values_list("person", flat=True)
    return [own, *list(others)[::EVERY]]


def _choice(person_id: int, number: int, at: datetime.datetime) -> MailChoice:
    return MailChoice(
        person_id=person_id,
        kind=MailKind.BULLETIN,
        is_wanted=True,
        remit=REMITS[number % len(REMITS)],
        levels=LEVELS[number % len(LEVELS)],
        at=at,
        way=MailChoice.Way.OWN_PAGE,
    )


def _stop_places_left(demo: Demo) -> None:
    """One lead, of those who are nobody's account, reads no such mails."""
    grants = RoleGrant.objects.filter(role=Role.AGENCY_LEAD).on(demo.today).exclude(person=demo.person("lead"))
    if grant := grants.order_by("-pk").first():
        MailChoice.objects.create(
            person=grant.person,
            kind=MailKind.PLACES_LEFT,
            is_wanted=False,
            at=demo.now - datetime.timedelta(days=40),
            way=MailChoice.Way.LINK,
        )
