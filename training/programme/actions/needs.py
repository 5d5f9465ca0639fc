"""Writing down what people need to learn, which course answers it, and when it is met."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from training.catalogue.models import Course, CourseVersion
from training.governance.models import Priority, Recommendation
from training.people.models import Agency, User
from training.programme.errors import ProgrammeError
from training.programme.models import NeedAnswer, TrainingNeed
from training.programme.rights import require_planner
from training.web.when import london_day

Source = TrainingNeed.Source
LACKING = {
    Source.PRIORITY: "Choose the priority that it comes from.",
    Source.REVIEW: "Choose the recommendation that it comes from.",
    Source.AGENCY: "Choose the organisation that asked.",
}


@dataclass(frozen=True)
class NeedText:
    source: str
    text: str
    who: str = ""
    priority: Priority | None = None
    recommendation: Recommendation | None = None
    agency: Agency | None = None

    @property
    def names_its_source(self) -> bool:
        named = {Source.PRIORITY: self.priority, Source.REVIEW: self.recommendation, Source.AGENCY: self.agency}
        return Source(self.source) not in named or named[Source(self.source)] is not None


@transaction.atomic
def raise_need(*, text: NeedText, submission: uuid.UUID | None, by: User, now: datetime.datetime) -> TrainingNeed:
    """A need with its source. The same form sent twice is one need. Raises ProgrammeError."""
    person = require_planner(by)
    if submission and (same := TrainingNeed.objects.filter(submission=submission).first()):
        return same
    if not (words := " ".join(text.text.split())):
        raise ProgrammeError("Enter what people need to learn.")
    if not text.names_its_source:
        raise ProgrammeError(LACKING[Source(text.source)])
    return TrainingNeed.objects.create(
        source=text.source, text=words, who=" ".join(text.who.split()), priority=text.priority,
        recommendation=text.recommendation, agency=text.agency, raised_on=london_day(now), raised_by=person,
        submission=submission,
    )  # fmt: skip


@transaction.atomic
def answer_need(*, need: TrainingNeed, course: Course, on: datetime.date, by: User) -> NeedAnswer:
    """This course answers the need since that day, in the version of that day. Said again, it is put right."""
    person = require_planner(by)
    version = _version_on(course, on)
    answer, _ = NeedAnswer.objects.update_or_create(
        need=need, course=course, defaults={"since_version": version, "on": on, "by": person}
    )
    return answer


@transaction.atomic
def unanswer_need(*, need: TrainingNeed, course: Course, by: User) -> None:
    """The course does not answer it after all. A second click changes nothing."""
    require_planner(by)
    need.answers.filter(course=course).delete()


@transaction.atomic
def close_need(*, need: TrainingNeed, standing: str, reason: str, by: User, now: datetime.datetime) -> TrainingNeed:
    """Met, or set aside, with the reason. A second click changes nothing; what is closed stays closed."""
    person = require_planner(by)
    if standing not in (TrainingNeed.Standing.MET, TrainingNeed.Standing.SET_ASIDE):
        raise ValueError(f"a need cannot be closed as {standing}")
    locked = TrainingNeed.objects.select_for_update().get(pk=need.pk)
    if locked.standing != TrainingNeed.Standing.OPEN:
        return locked
    if not (text := " ".join(reason.split())):
        raise ProgrammeError("Enter why it is closed: what was seen, or why it is set aside.")
    if standing == TrainingNeed.Standing.MET and not locked.answers.exists():
        raise ProgrammeError(
            "No course answers this need, so it cannot be met. Say which course does, or set it aside."
        )
    locked.standing, locked.closed_on, locked.closed_by, locked.closed_reason = standing, london_day(now), person, text
    locked.save(update_fields=["standing", "closed_on", "closed_by", "closed_reason"])
    return locked


def _version_on(course: Course, on: datetime.date) -> CourseVersion:
    """The version of that day, the first one for an earlier day."""
    versions = list(course.versions.order_by("number"))
    made = [version for version in versions if london_day(version.made_at) <= on]
    return made[-1] if made else versions[0]
