"""What the addresses of the walk name, found in the running demonstration: it runs inside, by `manage.py shell`.

Prints JSON: the sessions of the accounts, and the arguments by the names that `pages.py` uses.
"""

import datetime
import json
import sys
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from bookings.actions.booking import book_place
from bookings.actions.incidents import report_incident
from bookings.bulletin.choosing import stop_url
from bookings.models import Booking, Bulletin, MailKind, Offer, PersonalLink, Status, Suspension
from bookings.models.incident import What
from evaluation.actions.publishing import accept_report
from evaluation.feedback_code import code_of
from evaluation.links import manager_token_of
from evaluation.models import Comment, Concern, EvidenceItem, Invitation, ManagerDigest, Stage
from evaluation.reports.building import build_report
from evaluation.reports.canonical import digest
from evaluation.reports.scopes import find_scope
from providers.models import Complaint, Contract, Engagement, Provider
from tests.journeys.arguments_charges import charge_arguments
from training.catalogue.models import (
    CourseVersion,
    DeliveryMode,
    Event,
    Material,
    Order,
    Session,
    Synonym,
    Venue,
)
from training.elearning.actions import claim_elsewhere
from training.elearning.models import Completion
from training.governance.models import ActionPoint, Body, Meeting, Recommendation
from training.outbox.models import Message
from training.people.actions.agencies import propose_agency
from training.people.actions.closing import close_agency
from training.people.actions.uploads import keep_upload
from training.people.models import Agency, Employment, Partnership, Role, RoleGrant, Upload, User
from training.programme.models import Amendment, Programme, TrainingNeed
from training.record.models import Achievement, RefresherRule
from training.web.periods import quarter_before, quarter_of
from training.web.tokens import new_token

ACCOUNTS = ("practitioner", "lead", "trainer", "coordinator", "pdl", "executive", "admin")
BOOKINGS_FILE = (
    b"name,email,agency,date,status,event\n"
    b"Winifred Testa,winifred@school.example,A school of the walk,02/07/2024,attended,W0001\n"
)
COMPLETIONS_FILE = b"course_code,completed_on,name\nNO-SUCH,02/07/2024,Winifred Testa\n"
PEOPLE_FILE = b"name,email,agency,job_title\nWinifred Testa,winifred@school.example,A school of the walk,Teacher\n"
DATES_FILE = (
    b"reference,course_code,mode,sessions,venue,capacity,minimum,provider,trainer\n"
    b"W0001,NO-SUCH,face-to-face,02/07/2030 09:30-16:30,,20,6,,\n"
)
FILES = {
    Upload.Kind.PEOPLE: PEOPLE_FILE,
    Upload.Kind.CATALOGUE: DATES_FILE,
    Upload.Kind.BOOKINGS: BOOKINGS_FILE,
    Upload.Kind.E_LEARNING: COMPLETIONS_FILE,
}


def print_arguments() -> None:
    now = timezone.now()
    users = {name: User.objects.get(email=f"{name}@muster.example") for name in ACCOUNTS}
    users["duty"] = User.objects.filter(person__role_grants__in=RoleGrant.objects.on(_day(now)), is_active=True).filter(
        person__role_grants__role=Role.DUTY
    )[0]
    found = {
        **_catalogue(now),
        **_bookings(users, now),
        **_people(users, now),
        **_register(users["trainer"], now),
        **_evaluation(now),
        **_report(users["pdl"], now),
        **_governance(now),
        **_programme(),
        **_rare(users, now),
        **_own_time(users["practitioner"], now),
    }
    sessions = {name: _session_of(user) for name, user in users.items()}
    sys.stdout.write(json.dumps({"cookie": settings.SESSION_COOKIE_NAME, "sessions": sessions, "arguments": found}))


def _day(now: datetime.datetime) -> datetime.date:
    return timezone.localdate(now)


def _session_of(user: User) -> str:
    store: Any = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _catalogue(now: datetime.datetime) -> dict[str, str]:
    """A date far enough ahead with places left and people on it."""
    later = now + datetime.timedelta(days=30)
    event = Event.objects.published().filter(starts_at__gt=later, places_held__gt=0, mode="face_to_face")[0]
    material = Material.objects.filter(kind=Material.Kind.SLIDES).order_by("pk")[0]
    return {
        "rule": RefresherRule.objects.order_by("pk")[0].reference,
        "material_course": material.course.code,
        "material": material.reference,
        "event": event.reference,
        "course": event.version.course.code,
        "closed_date": Event.objects.filter(version__course__kind="closed").order_by("pk")[0].reference,
        "order": Order.objects.filter(status="ordered").order_by("pk")[0].reference,
        "venue": Venue.objects.order_by("pk")[0].reference,
        "provider": Provider.objects.filter(contracts__isnull=False)[0].reference,
        "contract": _contract_with_an_option(now),
    }


def _contract_with_an_option(now: datetime.datetime) -> str:
    rows = Contract.objects.filter(options__outcome="open", terms__period__contains=_day(now))
    return rows.order_by("pk")[0].reference


def _people(users: dict[str, User], now: datetime.datetime) -> dict[str, str]:
    works = Employment.objects.on(_day(now)).filter(standing=Employment.Standing.CONFIRMED, person__user=None)
    one, other = works.order_by("pk").select_related("person", "agency")[:2]
    practitioner = users["practitioner"].person
    led = Agency.objects.filter(role_grants__person=users["lead"].person)[0]
    ours = works.filter(agency=led).exclude(person=users["lead"].person).select_related("person")[0]
    uploads = {
        f"{kind.value}_upload": keep_upload(
            kind=kind, name=f"{kind.value}.csv", content=content, by=users["coordinator"], now=now
        ).reference
        for kind, content in FILES.items()
    }
    assert practitioner is not None
    return {
        "person": one.person.reference,
        "person_agency": one.agency.reference,
        "other_person": other.person.reference,
        "agency": Agency.objects.settled().exclude(employments__person=practitioner)[0].reference,
        "with_login": practitioner.reference,
        "serial": Achievement.objects.certified().with_waiting(_day(now)).filter(is_waiting=False)[0].serial,
        "own_agency": practitioner.employments.get().agency.reference,
        "led_agency": led.reference,
        "led_person": ours.person.reference,
        "message": Message.objects.order_by("pk")[0].reference,
        "own_message": Message.objects.filter(person_reference=practitioner.reference).order_by("-pk")[0].reference,
        **uploads,
    }


def _bookings(users: dict[str, User], now: datetime.datetime) -> dict[str, str]:
    _book_another(users, now)
    ahead = Booking.objects.filter(event__starts_at__gt=now + datetime.timedelta(days=2)).order_by("pk")
    booked, waits = ahead.filter(status=Status.BOOKED), ahead.filter(status=Status.WAITLISTED)
    own = booked.filter(person=users["practitioner"].person)[0]
    soon = now + datetime.timedelta(days=1)
    coming, offered = booked.exclude(pk=own.pk)[0], waits[0]
    Offer.objects.update_or_create(booking=offered, ended_at=None, defaults={"made_at": now, "expires_at": soon})
    return {
        "own_booking": own.reference,
        "waits": waits[1].reference,
        **charge_arguments(),
        "bulletin": Bulletin.objects.get(released_at=None).reference,
        "mail_token": stop_url(own.person, MailKind.BULLETIN).rstrip("/").rpartition("/")[2],
        "still_coming": _link(coming, PersonalLink.Purpose.STILL_COMING, now, soon),
        "offer": _link(offered, PersonalLink.Purpose.OFFER, now, soon),
        "changed": _link(coming, PersonalLink.Purpose.CHANGED, now, soon),
        "suspension": Suspension.objects.order_by("pk")[0].reference,
    }


def _book_another(users: dict[str, User], now: datetime.datetime) -> None:
    """So that there is a message to the practitioner."""
    person = users["practitioner"].person
    assert person is not None
    from_day = now + datetime.timedelta(days=40)
    later = Event.objects.public_to(None).published().filter(starts_at__gt=from_day, mode=DeliveryMode.VIRTUAL)
    event = later.exclude(version__course__versions__events__bookings__person=person).order_by("starts_at")[0]
    job = person.employments.get()
    book_place(event=event, person=person, employment=job, by=users["coordinator"], now=now, has_manager_agreed=True)


def _link(booking: Booking, purpose: Any, now: datetime.datetime, until: datetime.datetime) -> str:
    token, hashed = new_token()
    given = {"booking": booking, "purpose": purpose, "made_at": now, "expires_at": until}
    PersonalLink.objects.create(token_hash=hashed, **given)
    return token


def _register(trainer: User, now: datetime.datetime) -> dict[str, str]:
    today = Event.objects.taught_by(trainer.person).filter(starts_at__date=_day(now))
    event = today.exclude(mode=DeliveryMode.E_LEARNING)[0]
    expected = Booking.objects.filter(event=event, status=Status.BOOKED).order_by("pk")[0]
    code = code_of(event)
    return {"taught": event.reference, "day": "1", "feedback_code": code, "expected": expected.reference}


def _evaluation(now: datetime.datetime) -> dict[str, str]:
    asked = Invitation.objects.filter(stage=Stage.END, is_spent=False, closes_at__gt=now).order_by("-closes_at")[0]
    token, hashed = new_token()
    Invitation.objects.filter(pk=asked.pk).update(token_hash=hashed)
    return {
        "end_form": token,
        "manager_form": manager_token_of(ManagerDigest.objects.open(now).order_by("pk")[0].reference),
        "stage": Stage.END.value,
        "measure": "delivered",
        "quarter_over": quarter_before(quarter_of(timezone.localdate(), 4)).key,
        "complaint": Complaint.objects.filter(standing="open").order_by("pk")[0].reference,
        "comment": str(Comment.objects.to_screen().order_by("pk")[0].pk),
        "concern": Concern.objects.open().order_by("pk")[0].reference,
        "evidence": EvidenceItem.objects.approved().order_by("pk")[0].reference,
    }


def _report(pdl: User, now: datetime.datetime) -> dict[str, str]:
    """The last quarter to read; the one before is accepted, so that there is a published copy."""
    partnership = Partnership.objects.get()
    last = quarter_before(quarter_of(_day(now), partnership.financial_year_starts_month))
    before = find_scope("quarter", quarter_before(last).key, year="", partnership=partnership, today=_day(now))
    assert before is not None
    copy = accept_report(
        scope=before,
        seen=digest(build_report(before, partnership=partnership, now=now)),
        body=Body.objects.all()[0],
        held_on=_day(now) - datetime.timedelta(days=1),
        outcome="Noted.",
        minute=f"Noted on {now}.",
        by=pdl,
        now=now,
    )
    return {"report_kind": "quarter", "report_key": last.key, "published": copy.reference}


def _governance(now: datetime.datetime) -> dict[str, str]:
    subgroup = Meeting.objects.filter(body__kind=Body.Kind.PDL)
    return {
        "meeting_to_come": subgroup.to_come(_day(now))[0].reference,
        "meeting_held": subgroup.before(_day(now))[0].reference,
        "action": ActionPoint.objects.open().order_by("pk")[0].reference,
        "recommendation": Recommendation.objects.open().order_by("pk")[0].reference,
    }


def _programme() -> dict[str, str]:
    """The one that runs, and the draft that was put to the subgroup."""
    return {
        "programme": Programme.objects.filter(standing=Programme.Standing.LIVE)[0].reference,
        "draft_programme": Programme.objects.filter(standing=Programme.Standing.DRAFT).order_by("pk")[0].reference,
        "amendment": Amendment.objects.filter(standing=Amendment.Standing.PROPOSED)[0].reference,
        "need": TrainingNeed.objects.open().order_by("pk")[0].reference,
    }


def _rare(users: dict[str, User], now: datetime.datetime) -> dict[str, str]:
    """What the demonstration has none of: a report of something that happened, an organisation that closed."""
    coordinator = users["coordinator"]
    session = Session.objects.filter(event__reference=_register(users["trainer"], now)["taught"])[0]
    given = {"what": What.UPSET, "told": "Their manager.", "done": "A quiet room, and a taxi home."}
    incident = report_incident(session=session, by=users["trainer"], now=now, uuid=uuid.uuid4(), **given)  # type: ignore[arg-type]
    agency = propose_agency(name="A nursery that closed")
    close_agency(agency=agency, reason="It closed.", by=coordinator, now=now)
    engaged = Engagement.objects.on(_day(now)).select_related("provider", "person").order_by("pk")[0]
    word = Synonym.objects.order_by("pk")[0]
    return {
        "incident": incident.reference,
        "closed_agency": agency.reference,
        "engaging": engaged.provider.reference,
        "engaged": engaged.person.reference,
        "term": word.term,
        "meaning": word.meaning,
    }


def _own_time(practitioner: User, now: datetime.datetime) -> dict[str, str]:
    version, today = CourseVersion.objects.filter(is_current=True).order_by("pk")[0], _day(now)
    proof = {"what_proves_it": "A certificate.", "proof": b"", "proof_name": ""}
    claim = claim_elsewhere(
        version=version, on=today, where="Another borough", submission=uuid.uuid4(), by=practitioner, now=now, **proof
    )
    read = Completion.objects.create(version=version, on=today, name=f"Winifred Testa {uuid.uuid4()}", read_at=now)
    return {"claim": claim.reference, "completion": read.reference}
