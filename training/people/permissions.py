"""Who may do what: one list of permissions, roles as data.

*Who may* is decided here; *whose rows* in `visibility.py`; *when it is allowed* in each action.
"""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """What somebody may be besides a practitioner, which everybody with a login is."""

    AGENCY_LEAD = "agency_lead", "Agency training lead"
    TRAINER = "trainer", "Trainer"
    COORDINATOR = "coordinator", "Coordinator"
    BID_EVALUATOR = "bid_evaluator", "Bid evaluator"
    PANEL_MODERATOR = "panel_moderator", "Panel moderator"
    BIDDER = "bidder", "Bidder"
    PROVIDER_MANAGER = "provider_manager", "Provider’s manager"
    EXPERT = "expert", "Subject-matter expert"
    PDL_MEMBER = "pdl_member", "PDL member"
    EXECUTIVE = "executive", "Executive member"
    DUTY = "duty", "Safeguarding duty person"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(StrEnum):
    """One thing that a page or an action may ask for. Named by the verb, never by the role."""

    OWN_RECORD = "own_record"  # sign in, see and change one's own details, book for oneself
    SEE_AGENCY_PEOPLE = "see_agency_people"
    BOOK_FOR_AGENCY = "book_for_agency"
    TAKE_REGISTER = "take_register"
    SEE_ALL_PEOPLE = "see_all_people"
    MANAGE_PEOPLE = "manage_people"  # settle, join, correct; organisations
    GRANT_ROLES = "grant_roles"
    APPOINT_LEADS = "appoint_leads"  # training leads and their deputies, and no other role
    MANAGE_PARTNERSHIP = "manage_partnership"  # its name, contacts, year and what it withholds
    SEE_OUTBOX = "see_outbox"
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_CONTRACTS = "manage_contracts"
    SEE_OWN_PROVIDER = "see_own_provider"
    SEE_PROVIDERS = "see_providers"
    MANAGE_BOOKINGS = "manage_bookings"
    READ_REPORTS = "read_reports"
    SCREEN_ANSWERS = "screen_answers"
    GRADE_EVIDENCE = "grade_evidence"
    ANSWER_CONCERNS = "answer_concerns"
    SCORE_BIDS = "score_bids"
    MODERATE_BIDS = "moderate_bids"
    SUBMIT_BID = "submit_bid"
    REVIEW_CONTENT = "review_content"
    SEE_PROGRAMME = "see_programme"  # programmes, meetings, decisions, reviews
    PLAN_PROGRAMME = "plan_programme"
    KEEP_MINUTES = "keep_minutes"  # of every body; members write down their own body's
    RECOMMEND_PROGRAMME = "recommend_programme"
    AGREE_PROGRAMME = "agree_programme"
    SEE_AUDIT = "see_audit"


ROLE_PERMISSIONS: dict[Role | None, frozenset[Permission]] = {
    None: frozenset({Permission.OWN_RECORD}),
    Role.AGENCY_LEAD: frozenset({Permission.SEE_AGENCY_PEOPLE, Permission.BOOK_FOR_AGENCY}),
    Role.TRAINER: frozenset({Permission.TAKE_REGISTER}),
    Role.COORDINATOR: frozenset(
        {
            Permission.SEE_ALL_PEOPLE,
            Permission.MANAGE_PEOPLE,
            Permission.APPOINT_LEADS,
            Permission.SEE_OUTBOX,
            Permission.MANAGE_CATALOGUE,
            Permission.MANAGE_CONTRACTS,
            Permission.SEE_PROVIDERS,
            Permission.MANAGE_BOOKINGS,
            Permission.TAKE_REGISTER,
            Permission.READ_REPORTS,
            Permission.SCREEN_ANSWERS,
            Permission.GRADE_EVIDENCE,
            Permission.SEE_PROGRAMME,
            Permission.PLAN_PROGRAMME,
            Permission.KEEP_MINUTES,
        }
    ),
    Role.BID_EVALUATOR: frozenset({Permission.SCORE_BIDS}),
    Role.PANEL_MODERATOR: frozenset({Permission.SCORE_BIDS, Permission.MODERATE_BIDS}),
    Role.BIDDER: frozenset({Permission.SUBMIT_BID}),
    Role.PROVIDER_MANAGER: frozenset({Permission.SEE_OWN_PROVIDER}),
    Role.EXPERT: frozenset({Permission.REVIEW_CONTENT}),
    Role.PDL_MEMBER: frozenset(
        {
            Permission.READ_REPORTS,
            Permission.SEE_PROVIDERS,
            Permission.GRADE_EVIDENCE,
            Permission.SEE_PROGRAMME,
            Permission.RECOMMEND_PROGRAMME,
        }
    ),
    Role.EXECUTIVE: frozenset(
        {
            Permission.READ_REPORTS,
            Permission.SEE_PROVIDERS,
            Permission.SEE_PROGRAMME,
            Permission.AGREE_PROGRAMME,
        }
    ),
    Role.DUTY: frozenset({Permission.ANSWER_CONCERNS}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.SEE_ALL_PEOPLE,
            Permission.MANAGE_PEOPLE,
            Permission.GRANT_ROLES,
            Permission.APPOINT_LEADS,
            Permission.MANAGE_PARTNERSHIP,
            Permission.SEE_OUTBOX,
            Permission.SEE_AUDIT,
        }
    ),
}
