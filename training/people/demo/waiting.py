"""What waits for a coordinator: people who signed up in the last days and whom nobody has settled yet."""

import datetime

from allauth.account.models import EmailAddress

from training.config.parts import Demo
from training.people.actions.agencies import propose_agency
from training.people.actions.employments import claim_employment
from training.people.actions.identity import introduce, settle_identity
from training.people.models import Agency, IdentityClaim, User


def let_newcomers_arrive(demo: Demo) -> None:
    """All by the real actions, so that what waits is what would wait."""
    rows = demo.rows("newcomers.csv")
    with demo.step("Newcomers") as advance:
        for number, row in enumerate(rows):
            _arrive(demo, row, demo.now - datetime.timedelta(hours=7 * (len(rows) - number)))
            advance(1)


def _arrive(demo: Demo, row: dict[str, str], at: datetime.datetime) -> None:
    user = User.objects.create_user(row["email"], created_at=at)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = introduce(user=user, name=row["name"], now=at)
    agencies: dict[str, Agency] = demo.kept("people.agencies")
    agency = agencies.get(row["agency"]) or propose_agency(name=row["agency"])
    claim_employment(
        person=person,
        agency=agency,
        by=user,
        now=at,
        from_day=at.date() - datetime.timedelta(days=12),
        kind=row["kind"],
        job_title=row["job_title"],
    )
    if row["settled"]:
        claim = IdentityClaim.objects.get(newcomer=person)
        settle_identity(claim=claim, is_same=row["settled"] == "same", by=demo.person("coordinator").user, now=demo.now)
