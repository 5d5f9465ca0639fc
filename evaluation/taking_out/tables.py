"""What is taken out, table by table, and what is not, with the reason: a new model belongs in one of the two lists.

A model's history goes with it. Answers stay pseudonymous: whoever holds the file must not be able to say whose they
are, so no column joins an answer to an invitation, a manager or a booking, and tokens and secrets never leave.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

TABLES = {
    "outbox": "Message Attempt IncomingMail",
    "people": "AgencyGroup Agency Person PersonView Employment AgencyHeadcount IdentityClaim Partnership RoleGrant User"
    " SecondFactorReset",
    "governance": "Body Meeting Decision Priority ActionPoint AgendaItem Review Recommendation",
    "catalogue": "Course_priorities Course CourseVersion LearningOutcome Venue Event EventStep Session Framework"
    " CourseLevel Synonym Teaching TeachingStep Prerequisite PrerequisiteOption Equivalence"
    " Material MaterialVersion MaterialConfirmation Order OrderStep CourseCare CourseCare_guidance"
    " CourseReview Guidance RunDecision ClosedFor",
    "record": "WithdrawnCertificate Achievement RefresherRule_courses RefresherRule AgencyReturn AgencyReturnLine",
    "elearning": "ElsewhereClaim Completion PlatformAccount",
    "programme": "Programme ProgrammeStep YearPriority Amendment AmendmentLine DemandSignal TrainingNeed NeedAnswer"
    " PlannedCourse",
    "providers": "Provider Engagement KpiAssessment Contract ContractTerm ExtensionOption Commission CommissionStep"
    " ContractVariation KpiTarget ContractRate Complaint Observation",
    "bookings": "BookingPolicy BookingPolicyVersion Booking BookingStep AgencyAllocation AlsoThere CalendarEntry"
    " CourseRules DateCap PlacesStep"
    " Incident Register RegisterMark SignedSheet Offer WaitingDecision"
    " SeatMail SeatMailReader SeatMail_events Suspension SuspensionPlace DisruptedDate Notice"
    " AgencyAccount Charge ChargeBatch ChargeStep Credit FeeReceipt Statement"
    " Bulletin BulletinReader MailChoice",
    "evaluation": "Questionnaire QuestionnaireVersion Question Invitation ManagerDigest ManagerConfirmation Response"
    " Answer Comment CommentStep EvidenceItem EvidenceStep MetricDefinition Snapshot TakeOut TakeOutStep",
    "account": "EmailAddress",
    "pghistory": "Context",
}
TAKEN_OUT = frozenset(f"{app}.{name}" for app, names in TABLES.items() for name in names.split())

LEFT_OUT = {
    "record.CertificateWait": "whose certificate still waits shows who has not answered, and so who has",
    "people.SignInTry": "counts of sign-ins that failed; gone after an hour",
    "people.Upload": "files between their preview and the answer; gone after a day",
    "outbox.MailboxPlace": "how far the mailbox of this installation has been read",
    "bookings.AccessNeed": "what somebody needs is removed four weeks after the date, and must not live on in a copy",
    "bookings.ChargeAnswer": "why somebody did not come may be about their health, and must not live on in a copy",
    "bookings.CalendarFeed": "secret addresses of calendars",
    "bookings.PersonalLink": "secret addresses of personal pages",
    "evaluation.Concern": "what was said about somebody’s safety is read by duty people alone",
    "evaluation.ConcernStep": "what was said about somebody’s safety is read by duty people alone",
    "evaluation.Unsealing": "says who wrote an answer",
    "evaluation.TakeOutPiece": "the earlier files of this kind",
    "demo.DemoLoad": "says only that the demonstration was loaded",
    "auth.Permission": "the framework’s own; what each role may do is in the program",
    "auth.Group_permissions": "the framework’s own, not used",
    "auth.Group": "the framework’s own, not used",
    "contenttypes.ContentType": "the framework’s own list of tables",
    "sessions.Session": "who is signed in at this moment",
    "account.EmailConfirmation": "secret codes",
    "mfa.Authenticator": "secrets of the second factor",
    "pghistory.Events": "a view of the histories, which are here one by one",
    "pghistory.MiddlewareEvents": "a view of the histories, which are here one by one",
}

# Columns that stay behind, with the reason once for all of a table.
COLUMNS_LEFT_OUT: dict[str, tuple[frozenset[str], str]] = {
    "outbox.Message": (
        frozenset({"text", "html", "calendar", "unsubscribe_url"}),
        "a message may hold a personal link",
    ),
    "people.User": (frozenset({"password"}), "a secret"),
    "catalogue.Course": (frozenset({"search", "search_words"}), "worked out anew for the search"),
    "evaluation.Invitation": (
        frozenset({"token_hash", "is_spent", "answered_on", "reminders_made", "reminded_at"}),
        "when somebody answered would show which answer is theirs",
    ),
    "evaluation.Answer": (frozenset({"id"}), "the number rises with the hour at which somebody answered"),
    "evaluation.ManagerDigest": (
        frozenset({"token_hash", "reminded_at"}),
        "a secret, and what would show whether a manager has answered",
    ),
    "evaluation.ManagerConfirmation": (
        frozenset({"state", "answered_on"}),
        "whether a manager answered would show whose answer it is",
    ),
    "evaluation.Comment": (
        frozenset({"text", "suspicions", "response_id", "event_id", "origin", "was_passed_on"}),
        "what was written may name somebody until it is cleared, and is not joined to the ratings beside it",
    ),
}
# A number in its place, the same for the same value within one file and for nobody else's.
DISGUISED = {"evaluation.Response": frozenset({"pairing_key"})}
# Rows that stay behind, with the reason: the beginnings of a column's value.
ROWS_LEFT_OUT = {
    "outbox.Message": ("kind", "evaluation.ask_", "a reminder that somebody was not sent shows that they had answered"),
    "outbox.Attempt": ("message__kind", "evaluation.ask_", "as with the messages"),
}
HISTORY = "History"


@dataclass(frozen=True)
class Column:
    name: str
    about: str


def models_taken_out() -> Iterator[type[models.Model]]:
    """In the order of the apps, histories after their tables."""
    return (model for model in apps.get_models(include_auto_created=True) if is_taken_out(model._meta.label))


def is_taken_out(label: str) -> bool:
    return label in TAKEN_OUT or (label.endswith(HISTORY) and label.removesuffix(HISTORY) in TAKEN_OUT)


def fields_of(model: type[models.Model]) -> list[models.Field]:  # type: ignore[type-arg]
    """The columns that leave, in their order."""
    label = model._meta.label.removesuffix(HISTORY)
    left_out = COLUMNS_LEFT_OUT.get(label, (frozenset(), ""))[0]
    return [field for field in model._meta.concrete_fields if field.attname not in left_out]


def columns_of(model: type[models.Model]) -> list[Column]:
    return [Column(field.attname, about(model, field)) for field in fields_of(model)]


def is_file(field: models.Field) -> bool:  # type: ignore[type-arg]
    """Kept in the row itself or in the store of files: it leaves as a file of the zip."""
    return isinstance(field, models.BinaryField | models.FileField)


def about(model: type[models.Model], field: models.Field) -> str:  # type: ignore[type-arg]
    """What the README says of a column."""
    label = model._meta.label
    if field.attname in DISGUISED.get(label, ()):
        return "the same for the same person and course within this file; says nothing of who it is"
    if is_file(field):
        return "path of the file within this zip"
    parts = [type(field).__name__.removesuffix("Field")]
    if field.is_relation and field.related_model is not None:
        parts = [f"id of {field.related_model._meta.label}"]
    if field.choices:
        parts.append("one of " + ", ".join(str(value) for value, _ in field.flatchoices))
    if field.help_text:
        parts.append(str(field.help_text))
    return "; ".join(parts)
