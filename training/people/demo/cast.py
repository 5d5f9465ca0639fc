"""Who plays which part: the accounts to try, the trainers, everybody else with a role."""

import datetime
from collections.abc import Iterable
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from training.config.parts import Demo
from training.people.actions.roles import grant_role
from training.people.demo import tenure
from training.people.demo.staff import Personnel
from training.people.models import Agency, Employment, Person, Role, RoleGrant, User

ACCOUNTS_AT = "muster.example"
SINCE = datetime.date(2021, 4, 1)


def cast_roles(demo: Demo) -> None:
    """For other apps, `demo.person` gives the person of each account and each trainer."""
    _employ_account_holders(demo)
    _employ_trainers(demo)
    _employ_officers(demo)
    grants = [*_trainer_grants(demo), *_other_grants(demo)]
    _give_logins(demo, [grant.person for grant in grants])
    _grant_administrator(demo)
    for grant in grants:
        grant.granted_by = demo.person("admin")
    demo.insert("Roles", grants)
    _grant_to_accounts(demo)


def _employ_account_holders(demo: Demo) -> None:
    """St Olave's people answer to its lead, others to nobody we know."""
    rows = demo.rows("accounts.csv")
    for row in rows:
        _engage(demo, row["account"], row["name"], f"{row['account']}@{ACCOUNTS_AT}")
        demo.cast(row["name"], demo.person(row["account"]))
    demo.insert("People", [demo.person(row["account"]) for row in rows])
    posts = [_post(demo, row["account"], row["agency"], row["job_title"]) for row in rows if row["agency"]]
    practitioner, lead = demo.person("practitioner"), demo.person("lead")
    for post in posts:
        if post.person is practitioner:
            post.manager_name, post.manager_email = lead.name, lead.email
    demo.insert("Where they work", posts)


def _employ_trainers(demo: Demo) -> None:
    """Providers' trainers have no organisation here; a partner's own staff lend some of their days."""
    agencies: dict[str, Agency] = demo.kept("people.agencies")
    domains = {row["name"]: row["contact_email"].rpartition("@")[2] for row in demo.rows("providers.csv")}
    known = {row["name"] for row in demo.rows("accounts.csv")}
    trainers = [row for row in demo.rows("trainers.csv") if row["name"] not in known]
    for row in trainers:
        agency = agencies.get(row["works_for"])
        _engage_at(demo, row["name"], agency.email_domains[0] if agency else domains[row["works_for"]])
    demo.insert("Trainers", [demo.person(row["name"]) for row in trainers])
    lent = [row for row in trainers if row["works_for"] in agencies]
    demo.insert("Where they work", [_post(demo, row["name"], row["works_for"], "Practice educator") for row in lent])


def _employ_officers(demo: Demo) -> None:
    """Those whom the list of roles names: they sit at the top, where chance would put nobody."""
    agencies: dict[str, Agency] = demo.kept("people.agencies")
    officers = [row for row in demo.rows("roles.csv") if row["name"]]
    for row in officers:
        _engage_at(demo, row["name"], agencies[row["agency"]].email_domains[0])
    demo.insert("People", [demo.person(row["name"]) for row in officers])
    demo.insert("Where they work", [_post(demo, row["name"], row["agency"], row["job_title"]) for row in officers])


def _engage_at(demo: Demo, name: str, domain: str) -> None:
    personnel: Personnel = demo.kept("people.personnel")
    _engage(demo, name, name, personnel.addresses.at(domain, name))


def _engage(demo: Demo, part: str, name: str, email: str) -> None:
    personnel: Personnel = demo.kept("people.personnel")
    demo.cast(part, personnel.person(name, email, tenure.HISTORY))


def _post(demo: Demo, part: str, agency: str, job_title: str) -> Employment:
    personnel: Personnel = demo.kept("people.personnel")
    period = DateRange(datetime.date(2018, 9, 3), None)
    return personnel.employment(
        demo.person(part), demo.kept("people.agencies")[agency], period, Employment.Kind.EMPLOYEE, job_title
    )


def _trainer_grants(demo: Demo) -> list[RoleGrant]:
    known = {row["name"] for row in demo.rows("accounts.csv")}
    trainers = [demo.person(row["name"]) for row in demo.rows("trainers.csv") if row["name"] not in known]
    return [_grant(demo, trainer, Role.TRAINER, None, "On the partnership’s list of trainers") for trainer in trainers]


def _other_grants(demo: Demo) -> list[RoleGrant]:
    """One person for each row: the one named, or one of that job, or one who manages; nobody twice."""
    agencies: dict[str, Agency] = demo.kept("people.agencies")
    casting = Casting(demo)
    grants = []
    for row in demo.rows("roles.csv"):
        role = Role(row["role"])
        agency = agencies[row["agency"]]
        person = demo.person(row["name"]) if row["name"] else casting.choose(agency, row["job_title"])
        grants.append(_grant(demo, person, role, agency if role == Role.AGENCY_LEAD else None, row["reason"]))
    return grants


def _grant(demo: Demo, person: Person, role: Role, agency: Agency | None, reason: str) -> RoleGrant:
    period = DateRange(max(SINCE, person.created_at.date()), None)
    return RoleGrant(person=person, role=role, agency=agency, period=period, granted_at=demo.now, reason=reason)


class Casting:
    """Finds somebody for a role: there today and settled, with a mailbox of their own, and without a role yet."""

    def __init__(self, demo: Demo) -> None:
        self._today = demo.today
        self._rng: Random = demo.rng("casting")
        self._staff: dict[str, list[Employment]] = demo.kept("people.staff")
        self._personnel: Personnel = demo.kept("people.personnel")
        self._taken: set[int] = set()

    def choose(self, agency: Agency, job_title: str) -> Person:
        free = [employment for employment in self._staff[agency.name] if self._may_play(employment)]
        managing = {job.title for job in self._personnel.jobs_at(agency) if job.manages}
        fitting = [employment for employment in free if employment.job_title == job_title]
        fitting = fitting or [employment for employment in free if employment.job_title in managing] or free
        person = self._rng.choice(fitting).person
        self._taken.add(person.pk)
        return person

    def _may_play(self, employment: Employment) -> bool:
        person, period = employment.person, employment.period
        settled = period.upper is None and period.lower < self._today - tenure.Days(90)
        own_mailbox = person.email and not person.email.startswith("office@")
        employed = employment.kind in (Employment.Kind.EMPLOYEE, Employment.Kind.VOLUNTEER)
        return bool(settled and own_mailbox and employed and person.pk not in self._taken)


def _give_logins(demo: Demo, others: Iterable[Person]) -> None:
    """The accounts to try share one password, hashed once; the others sign in with a code by e-mail."""
    accounts = [demo.person(row["account"]) for row in demo.rows("accounts.csv")]
    shared, unusable = make_password(demo.password), make_password(None)
    users = [_login(person, shared) for person in accounts] + [_login(person, unusable) for person in others]
    demo.insert("Logins", users)
    demo.insert("Logins", [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users])


def _login(person: Person, password: str) -> User:
    return User(person=person, email=person.email, password=password, created_at=person.created_at)


def _grant_administrator(demo: Demo) -> None:
    """The first has nobody to grant it."""
    demo.insert("Roles", [_grant(demo, demo.person("admin"), Role.ADMINISTRATOR, None, "The first administrator")])


def _grant_to_accounts(demo: Demo) -> None:
    """By the administrator, as on any day: their messages are in the outbox."""
    agencies: dict[str, Agency] = demo.kept("people.agencies")
    with demo.step("Roles") as advance:
        for row in demo.rows("accounts.csv"):
            if row["role"] in ("", Role.ADMINISTRATOR):
                continue
            grant_role(
                person=demo.person(row["account"]),
                role=Role(row["role"]),
                agency=agencies[row["agency"]] if row["role"] == Role.AGENCY_LEAD else None,
                reason="Agreed by the partnership’s business meeting",
                by=demo.person("admin").user,
                now=demo.now,
                from_day=SINCE,
            )
            advance(1)
