"""What each role is for, in a sentence or two, for the home page of whoever holds it."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from training.people.models import Agency, Employment, Role, RoleGrant, User
from training.people.navigation import url_or_nothing
from training.people.visibility import employments_led_by
from training.web.components import Figure, NavItem

NEW_STARTER_DAYS = 90

# What the role will be asked for here. Sentences promise nothing that the pages linked below cannot keep.
SENTENCES: dict[Role, str] = {
    Role.AGENCY_LEAD: "You look after the training of your organisation’s people: who is new, who has left, "
    "who says that they work for you.",
    Role.TRAINER: "Your dates and their registers appear here once you are put down to teach one. You see the people "
    "on your own dates and nobody else.",
    Role.COORDINATOR: "You run the training day to day. What waits for you is at the top of this page, each row "
    "with what to do.",
    Role.BID_EVALUATOR: "When a tender you score has closed, its bids appear here for you to mark alone, without "
    "prices. We write to you that day.",
    Role.PANEL_MODERATOR: "When every evaluator has marked a tender’s bids, they appear here for the panel to agree "
    "one score each. We write to you when the last marks are in.",
    Role.BIDDER: "When a tender is open to you it appears here, with its questions, its deadline and where to send "
    "your bid. Nobody can open a bid before the deadline.",
    Role.PROVIDER_MANAGER: "You see your organisation’s contracts, the dates ordered from you and how they went. "
    "You do not see who is booked.",
    Role.EXPERT: "When a course or an e-learning package needs your eye, it appears here with six questions. "
    "It takes about an hour, and we write to you first.",
    Role.PDL_MEMBER: "Before each meeting of the Practice Development and Learning (PDL) subgroup you find here the "
    "decisions asked of you and the report behind them. No names of people are in it.",
    Role.EXECUTIVE: "When the programme or an extension of a contract needs your agreement, it appears here with the "
    "subgroup’s recommendation and its evidence.",
    Role.DUTY: "If somebody says in a form that a child’s or an adult’s safety worries them, we write to you at once "
    "and it appears here. You have one working day to answer.",
    Role.ADMINISTRATOR: "You decide who holds which role, keep the partnership’s name and contacts, and "
    "help people who have lost their second step of signing in.",
}
BOARD_LINKS = (
    ("Meetings and papers", "governance:meetings"),
    ("Read the reports", "evaluation:reports"),
    ("The programme", "programme:programmes"),
    ("Evidence", "evaluation:evidence"),
)
LINKS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.AGENCY_LEAD: (
        ("Who is booked, what is kept for you", "bookings:agency-month"),
        ("Book people", "bookings:book-people-dates"),
        ("What falls due for them", "record:agency-due"),
        ("Courses they did elsewhere", "elearning:claims"),
        ("See your people", "people:agency"),
    ),
    Role.TRAINER: (("Open your registers", "bookings:registers"), ("The dates you teach", "desk:my-teaching")),
    Role.COORDINATOR: (
        ("Settle claims", "people:to-settle"),
        ("Find a person", "people:persons"),
        ("Organisations", "people:agencies"),
        ("Waiting lists", "bookings:waiting-lists"),
        ("Courses done in their own time", "bookings:own-time"),
        ("Read people in from a list", "people:people-import"),
        ("Meetings and papers", "governance:meetings"),
        ("What people are asked", "evaluation:questionnaires"),
        ("Messages sent", "people:outbox"),
        ("Read people’s answers", "evaluation:screening"),
        ("Evidence", "evaluation:evidence"),
    ),
    Role.PDL_MEMBER: BOARD_LINKS,
    Role.EXECUTIVE: BOARD_LINKS,
    Role.DUTY: (("See all concerns", "evaluation:concerns"),),
    Role.PROVIDER_MANAGER: (("Your contracts", "providers:own-provider"),),
    Role.ADMINISTRATOR: (
        ("Who holds which role", "people:roles"),
        ("The partnership", "people:partnership"),
        ("Find a person", "people:persons"),
        ("Organisations", "people:agencies"),
        ("Messages sent", "people:outbox"),
    ),
}


@dataclass(frozen=True)
class RoleBlock:
    title: str
    sentence: str
    links: list[NavItem]
    figures: list[Figure]
    until: datetime.date | None


def role_blocks(user: User, today: datetime.date) -> list[RoleBlock]:
    """One block for each role held today; an agency lead's names their organisations and counts their people."""
    held: dict[Role, list[RoleGrant]] = {}
    for grant in user.grants:
        held.setdefault(Role(grant.role), []).append(grant)
    return [_block(role, grants, user, today) for role, grants in held.items()]


def _block(role: Role, grants: list[RoleGrant], user: User, today: datetime.date) -> RoleBlock:
    is_lead = role == Role.AGENCY_LEAD
    links = [NavItem(label, url) for label, name in LINKS.get(role, ()) if (url := url_or_nothing(name))]
    last_days = [grant.last_day for grant in grants]
    return RoleBlock(
        title=_lead_title(user) if is_lead else str(role.label),
        sentence=SENTENCES[role],
        links=links,
        figures=lead_figures(user, today) if is_lead else [],
        until=max(day for day in last_days if day) if all(last_days) else None,
    )


def _lead_title(user: User) -> str:
    names = Agency.objects.filter(pk__in=user.led_agency_ids).order_by("name").values_list("name", flat=True)
    return f"Training lead of {' and '.join(names)}"


def lead_figures(user: User, today: datetime.date) -> list[Figure]:
    """How many people the lead's organisations have, and how many of them are new; rows the lead may list."""
    since = today - datetime.timedelta(days=NEW_STARTER_DAYS)
    rows = Employment.objects.visible_to(user).filter(employments_led_by(user)).of_present_persons().not_over(today)
    certain = rows.filter(standing__in=(Employment.Standing.CONFIRMED, Employment.Standing.RECOGNISED))
    found = certain.aggregate(all=Count("pk"), new=Count("pk", filter=Q(period__startswith__gte=since)))
    return [
        Figure("Your people", f"{found['all']:,}", "at work now or starting soon"),
        Figure(
            "New starters", f"{found['new']:,}", f"of {found['all']:,}, in the last {NEW_STARTER_DAYS} days or soon"
        ),
    ]
