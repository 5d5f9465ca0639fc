"""Which dates end with a feedback form: the register shows the way to it, `evaluation` asks by the same rule."""

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from training.catalogue.models import Course, Event, LearningOutcome, Session

# Light events (a briefing, a forum, a closed session, a conference) are asked nothing.
ASKED_KINDS = (Course.Kind.COURSE,)


def is_asked_about(event: Event) -> bool:
    """Whether people are asked about this date: a course with something that they will be able to do."""
    return event.version.course.kind in ASKED_KINDS and event.version.outcomes.exists()


def with_form(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Each with `ends_with_a_form`: whether it is the last day of a date that people are asked about."""
    later = Session.objects.filter(event=OuterRef("event"), position__gt=OuterRef("position"))
    outcomes = LearningOutcome.objects.filter(version=OuterRef("event__version"))
    is_asked = Exists(outcomes) & ~Exists(later)
    asked = When(is_asked, event__version__course__kind__in=ASKED_KINDS, then=Value(True))
    return sessions.annotate(ends_with_a_form=Case(asked, default=Value(False)))
