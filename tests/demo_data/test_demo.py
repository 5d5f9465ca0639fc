"""`manage.py demo` as `make demo` runs it: loaded once for this module and rolled back after it."""

import datetime
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, F
from django.test import Client, override_settings

from bookings.calendars.changes import changed_events
from bookings.changing import change_date
from bookings.models import Booking, Status
from tests.standing_rows import put_back
from training.catalogue.actions.events import plan_of
from training.catalogue.models import Event
from training.demo.models import DemoLoad
from training.demo.partnership import loading
from training.demo.partnership.partnership import PASSWORD, read_rows
from training.outbox.models import Message, State
from training.people.models import (
    Agency,
    AgencyGroup,
    Employment,
    IdentityClaim,
    Partnership,
    Person,
    Role,
    RoleGrant,
    Sector,
    User,
)

TODAY = datetime.date(2026, 5, 11)
NOW = datetime.datetime.combine(TODAY, datetime.time(9), datetime.UTC)
# One password is hashed at loading; the slow hash would cost each of the sign-ins below a third of a second.
AS_DEMO = {"DEMO": True, "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


def demo(*arguments: str) -> str:
    output = io.StringIO()
    call_command("demo", *arguments, stdout=output)
    return output.getvalue()


def digest() -> str:
    """Who works where, since when, as what, and may do what."""
    posts = Employment.objects.values_list(
        *("person__name", "person__email", "agency__name", "job_title", "manager_name", "period", "standing"),
    )
    grants = RoleGrant.objects.values_list("person__name", "role", "agency__name", "period")
    references = Person.objects.filter(email="practitioner@muster.example").values_list("reference")
    text = "\n".join(sorted(map(repr, [*posts, *grants, *references])))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def two_digests(rows_of_migrations: list[Any], django_db_blocker: Any) -> Iterator[list[str]]:
    """The database with the demonstration in it, loaded twice; each test below puts back what it changes.

    Not pytest-django's own fixtures: they close the connection after a test, and the transaction with it.
    """
    digests = []
    with django_db_blocker.unblock(), override_settings(**AS_DEMO):
        put_back(rows_of_migrations)
        with transaction.atomic():
            demo("--today", "2026-05-11")
            digests.append(digest())
            transaction.set_rollback(True)
        with transaction.atomic():
            demo("--today", "2026-05-11")
            digests.append(digest())
            yield digests
            transaction.set_rollback(True)


@pytest.fixture
def loaded(two_digests: list[str]) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_same_day_gives_the_same_people(two_digests: list[str]) -> None:
    assert two_digests[0] == two_digests[1]


def test_counts(loaded: None) -> None:
    assert Partnership.objects.get().name == "Bankside Safeguarding Partnership"
    assert 250 <= Agency.objects.settled().count() <= 340
    assert 4_800 <= Person.objects.present().count() <= 5_200
    assert Employment.objects.count() > Person.objects.count()
    assert AgencyGroup.objects.annotate(n=Count("agencies")).filter(n=0).count() == 0
    assert set(Agency.objects.values_list("sector", flat=True)) == set(Sector.values)
    assert Agency.objects.settled().filter(employments=None).count() == 0


def test_everybody_of_the_files_is_there(loaded: None) -> None:
    assert {row["name"] for row in read_rows("agencies.csv")} <= set(Agency.objects.values_list("name", flat=True))
    posts = set(Employment.objects.values_list("person__name", "person__email", "agency__name", "job_title"))
    assert {(row["name"], row["email"], row["agency"], row["job_title"]) for row in read_rows("people.csv")} <= posts
    trainers = RoleGrant.objects.filter(role=Role.TRAINER).values_list("person__name", flat=True)
    assert Counter(trainers) == Counter(row["name"] for row in read_rows("trainers.csv"))


def test_people_come_move_and_leave(loaded: None) -> None:
    kinds = set(Employment.objects.values_list("kind", flat=True))
    assert kinds == set(Employment.Kind.values)
    today = Employment.objects.on(TODAY)
    two_posts = Person.objects.filter(employments__in=today).annotate(n=Count("employments")).filter(n=2).count()
    left = Employment.objects.filter(period__endswith__lte=TODAY).count()
    new = today.filter(period__startswith__gt=TODAY - datetime.timedelta(days=91)).count()
    at_start_of_history = Employment.objects.on(datetime.date(2019, 7, 1)).count()
    assert two_posts > 50
    assert left > 300
    assert new > 150
    assert at_start_of_history > 1_800


def test_names_to_keep_private(loaded: None) -> None:
    refuge = Person.objects.filter(employments__agency__name="Bankside Women's Refuge", employments__kind="employee")
    carers = Person.objects.filter(employments__kind="foster_carer")
    assert refuge.filter(is_name_private=True).count() > refuge.count() / 2
    assert carers.filter(is_name_private=True).exists()
    assert Person.objects.filter(is_name_private=True).count() < 300


def test_nobody_could_get_real_mail(loaded: None) -> None:
    addresses = [
        *Person.objects.exclude(email="").values_list("email", flat=True),
        *User.objects.values_list("email", flat=True),
        *Employment.objects.exclude(manager_email="").values_list("manager_email", flat=True),
        *Message.objects.values_list("to_address", flat=True),
    ]
    assert len(addresses) > 8_000
    assert [address for address in addresses if not address.endswith(".example")] == []
    assert [
        mobile for mobile in Person.objects.values_list("mobile", flat=True) if mobile[:9] not in ("", "07700 900")
    ] == []


def test_a_manager_is_somebody_else(loaded: None) -> None:
    managed = Employment.objects.exclude(manager_name="")
    assert managed.count() > 2_000
    assert not managed.filter(manager_name=F("person__name")).exists()
    # In the partnership's own file some share a mailbox with their manager.
    own = managed.filter(manager_email=F("person__email")).exclude(manager_email="")
    assert set(own.values_list("person__email", flat=True)) <= {row["manager_email"] for row in read_rows("people.csv")}


def test_logins_are_unique_and_proved(loaded: None) -> None:
    emails = list(User.objects.values_list("email", flat=True))
    assert len(emails) == len(set(emails)) > 60
    assert set(EmailAddress.objects.filter(verified=True, primary=True).values_list("email", flat=True)) == set(emails)
    assert User.objects.filter(person=None).count() == 0


@pytest.mark.parametrize("row", read_rows("accounts.csv"), ids=lambda row: row["account"])
def test_each_account_signs_in_as_what_it_says(loaded: None, row: dict[str, str]) -> None:
    client = Client()
    assert client.login(email=f"{row['account']}@muster.example", password=PASSWORD)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert user.person is not None
    assert user.person.name == row["name"]
    assert user.roles == ({Role(row["role"])} if row["role"] else set())
    assert [post.agency.name for post in user.person.employments.all()] == ([row["agency"]] if row["agency"] else [])
    assert not Client().login(email=user.email, password="another password")


def test_the_lead_sees_the_practitioner(loaded: None) -> None:
    lead = User.objects.get(email="lead@muster.example")
    seen = Person.objects.visible_to(lead)
    assert seen.filter(email="practitioner@muster.example").exists()
    assert 50 < seen.count() < 400


def test_roles_are_held_by_many_agencies(loaded: None) -> None:
    grants = RoleGrant.objects.on(TODAY)
    led = {grant.agency_id for grant in grants.filter(role=Role.AGENCY_LEAD)}
    pdl = Person.objects.filter(role_grants__in=grants.filter(role=Role.PDL_MEMBER))
    sectors = set(pdl.values_list("employments__agency__sector", flat=True))
    assert len(led) >= 24
    assert len(sectors) >= 7
    assert set(grants.values_list("role", flat=True)) == set(Role.values)
    assert not grants.filter(person__user=None).exists()


def test_something_waits_for_the_coordinator(loaded: None) -> None:
    assert Agency.objects.to_settle().count() == 2
    assert Employment.objects.to_settle().filter(agency__standing=Agency.Standing.SETTLED).count() == 4
    assert IdentityClaim.objects.open().count() == 2
    assert Person.objects.filter(standing=Person.Standing.MERGED).count() == 1


def test_messages_were_posted_by_the_actions(loaded: None) -> None:
    kinds = Counter(Message.objects.values_list("kind", flat=True))
    assert kinds == {
        "people.role_granted": 10,
        "people.identity_settled": 1,
        "catalogue.date_cancelled": 1,
        "providers.trainer_order": 6,
        "evaluation.concern_raised": 3,
    }
    # Of March 2020 everybody was told then, and nobody is written to today; the rest is the worker's to send.
    assert not Message.objects.exclude(state=State.PENDING).exists()


def test_whoever_is_booked_on_a_date_to_come_has_it_in_their_calendar(loaded: None) -> None:
    booked = Booking.objects.filter(status=Status.BOOKED, event__starts_at__gt=NOW, event__standing="published")
    waiting = Booking.objects.filter(status=Status.WAITLISTED, event__starts_at__gt=NOW)
    assert booked.count() > 300
    assert not booked.filter(calendar_entries=None).exists()
    assert waiting.exists()
    assert not waiting.exclude(steps__became=Status.WAITLISTED).exists()
    assert changed_events(NOW) == []


def test_moving_a_date_writes_to_everybody_on_it(loaded: None) -> None:
    event = Event.objects.published().filter(starts_at__gt=NOW + datetime.timedelta(20), places_held__gt=5)[0]
    by, plan = User.objects.get(email="coordinator@muster.example"), plan_of(event)
    by_half_an_hour = {"starts_at": datetime.timedelta(minutes=30), "ends_at": datetime.timedelta(minutes=30)}
    days = [replace(day, **{at: getattr(day, at) + by for at, by in by_half_an_hour.items()}) for day in plan.sessions]
    plan = replace(plan, sessions=days)
    _, told = change_date(event=event, plan=plan, revision=event.revision, by=by, now=NOW)
    booked = Booking.objects.filter(event=event, status=Status.BOOKED)
    assert told == booked.count()
    written = Message.objects.filter(kind="bookings.changed").count()
    assert written == booked.exclude(person__email="").count() * len(days)


def test_a_second_run_changes_nothing(loaded: None) -> None:
    before = digest(), Person.objects.count(), Message.objects.count()
    told = demo("--today", "2027-01-01")
    assert "loaded already, as of 11 May 2026" in told
    assert (digest(), Person.objects.count(), Message.objects.count()) == before
    assert DemoLoad.objects.get().today == TODAY


def test_accounts_are_printed_for_the_supervisor(loaded: None) -> None:
    lines = demo("--accounts").splitlines()
    assert lines[0] == f"password\t{PASSWORD}"
    assert [line.split("\t")[0].removesuffix("@muster.example") for line in lines[1:]] == [
        "practitioner", "lead", "trainer", "coordinator", "evaluator", "moderator",
        "bidder", "provider", "expert", "pdl", "executive", "admin",
    ]  # fmt: skip
    assert lines[1].split("\t")[1] == "Grace Oyelaran, a health visitor at St Olave's Hospital"


def test_the_progress_bar_ends_near_its_end(loaded: None) -> None:
    # The rows that the load reports are those that it writes: all but the partnership and what the newcomers bring.
    models = (AgencyGroup, Agency, Person, Employment, User, EmailAddress, RoleGrant)
    rows = sum(model.objects.count() for model in models)
    assert rows == pytest.approx(loading.ABOUT_ROWS, rel=0.1)
