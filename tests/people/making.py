"""Rows that several tests of the people pages need."""

import datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from tests.factories import make_agency, make_person, make_user
from training.outbox.models import Message, State
from training.outbox.posting import Recipient, post_ready
from training.people.models import Agency, Employment, IdentityClaim, Person, Role, User


def make_lead(agency: Agency | None = None, **fields: Any) -> User:
    """A training lead, employed at the organisation that they lead."""
    agency = agency or make_agency()
    return make_user(make_person(agency=agency, **fields), role=Role.AGENCY_LEAD, agency=agency)


def make_claimant(agency: Agency, name: str = "", **fields: Any) -> Person:
    """Somebody with a login who says that they work at `agency`; nobody has confirmed it."""
    person = make_person(name, agency=agency, employment={"standing": Employment.Standing.CLAIMED}, **fields)
    make_user(person)
    return person


def make_leaver(agency: Agency, name: str = "", *, days_ago: int = 10, **fields: Any) -> Person:
    today = timezone.localdate()
    period = DateRange(today - datetime.timedelta(days=400), today - datetime.timedelta(days=days_ago))
    return make_person(name, agency=agency, employment={"period": period}, **fields)


def make_identity_claim(known: Person | None = None, newcomer: Person | None = None) -> IdentityClaim:
    known = known or make_person("Amina Yusuf", email="shared@bankside.example")
    if newcomer is None:
        newcomer = make_person("A Yusuf", email=known.email, standing="provisional")
        make_user(newcomer, email="shared-login@bankside.example")
    return IdentityClaim.objects.create(newcomer=newcomer, known=known, made_at=timezone.now())


def make_message(to: Person | None = None, *, state: str = State.SENT, **fields: Any) -> Message:
    """A message as the outbox writes it, brought into `state` directly."""
    number = Message.objects.count()
    recipient = (
        Recipient(address=to.email, name=to.name, person_reference=to.reference) if to else Recipient("a@b.example")
    )
    defaults: dict[str, Any] = {"subject": f"Subject {number}", "text": "Hello there", "html": "<p>Hello there</p>"}
    with transaction.atomic():
        message = post_ready(
            fields.pop("kind", "people.role_granted"),
            key=f"test-{number}",
            to=recipient,
            now=fields.pop("now", timezone.now()),
            **{**defaults, **fields},
        )
    sent_at = timezone.now() if state == State.SENT else None
    Message.objects.filter(pk=message.pk).update(state=state, sent_at=sent_at)
    return Message.objects.get(pk=message.pk)
