"""What waits on the coordinator's desk and on a trainer: the rows of the Monday screen and of home pages."""

import datetime
from dataclasses import dataclass

from django.db.models import F, Prefetch
from django.urls import reverse

from training.catalogue.materials import unconfirmed
from training.catalogue.models import CourseCare, CourseVersion, DeliveryMode, Event, Teaching
from training.catalogue.order_words import order_todos
from training.catalogue.problems import today_problems
from training.catalogue.rota import rota
from training.catalogue.trainers import DateTrainer, trainers_of
from training.config.parts import Todo
from training.people.models import User
from training.people.permissions import Permission
from training.web.reasons import Reason
from training.web.when import LONDON, london_day
from training.web.words import count, day, in_days, of
from training.web.working_days import add_working_days, working_days_between

TODAY, THIS_WEEK, SOME_TIME = 10, 20, 30
RUN_OR_PULL_DAYS = 10
DRAFT_DAYS = 20
LACKING_DAYS = 10
REVIEWS_AHEAD = datetime.timedelta(days=31)


@dataclass(frozen=True)
class Urgent:
    """A date of today or tomorrow that lacks something."""

    event: Event
    reasons: list[Reason]

    @property
    def unconfirmed(self) -> list[DateTrainer]:
        """Trainers asked and not answered: a coordinator who has rung them answers for them in place."""
        return [trainer for trainer in trainers_of(self.event) if trainer.status == Teaching.Status.PROPOSED]

    @property
    def lacks_link(self) -> bool:
        return any(reason.code == "no_link" for reason in self.reasons)


@dataclass(frozen=True)
class RunOrPull:
    """An open date, ten working days off or fewer, with fewer booked than it needs."""

    event: Event
    working_days: int

    @property
    def lacking(self) -> int:
        return self.event.minimum - self.event.places_held


def urgent(now: datetime.datetime) -> list[Urgent]:
    """Dates with a day today or tomorrow, not over, that lack a trainer's word, a link or a room."""
    start, end = _midnight(now, 0), _midnight(now, 2)
    soon = Event.objects.filter(sessions__starts_at__gte=start, sessions__starts_at__lt=end, ends_at__gt=now)
    events = soon.published().in_trouble().with_details().order_by("starts_at", "pk").distinct()
    return [Urgent(event, reasons) for event in events if (reasons := today_problems(event))]


def _midnight(now: datetime.datetime, days: int) -> datetime.datetime:
    day_then = london_day(now) + datetime.timedelta(days=days)
    return datetime.datetime.combine(day_then, datetime.time(0), tzinfo=LONDON)


def run_or_pull(now: datetime.datetime) -> list[RunOrPull]:
    """Open dates that begin within ten working days with too few booked, the next first."""
    today = london_day(now)
    until = _after(now, RUN_OR_PULL_DAYS)
    thin = Event.objects.published().filter(starts_at__gt=now, starts_at__lt=until, places_held__lt=F("minimum"))
    events = thin.exclude(mode=DeliveryMode.E_LEARNING).with_details().order_by("starts_at", "pk")
    return [RunOrPull(e, working_days_between(today, london_day(e.starts_at))) for e in events if e.starts_at]


def later(now: datetime.datetime) -> list[Todo]:
    """In one row each: open dates of the next weeks that lack something, and drafts whose day comes near."""
    dates = reverse("desk:dates")
    soon = Event.objects.published().filter(starts_at__gte=_midnight(now, 2), starts_at__lt=_after(now, LACKING_DAYS))
    lacking = soon.in_trouble().count()
    near = Event.objects.filter(standing=Event.Standing.DRAFT, starts_at__gt=now, starts_at__lt=_after(now, DRAFT_DAYS))
    drafts = near.count()
    rows = []
    if lacking:
        verb = "lacks" if lacking == 1 else "lack"
        sentence = f"{count(lacking, 'open date')} of the next two weeks {verb} a confirmed trainer, a link or a room."
        rows.append(Todo(sentence, f"{dates}?problems=1&standing=published", "See which", THIS_WEEK))
    if drafts:
        verb = "is still a draft" if drafts == 1 else "are still drafts"
        sentence = f"{count(drafts, 'date')} of the next four weeks {verb}."
        rows.append(Todo(sentence, f"{dates}?standing=draft", "Open for booking", THIS_WEEK))
    return rows


def _after(now: datetime.datetime, working_days: int) -> datetime.datetime:
    """The midnight that ends the day so many working days from now."""
    today = london_day(now)
    return _midnight(now, (add_working_days(today, working_days) - today).days + 1)


def todos(user: User, now: datetime.datetime) -> list[Todo]:
    """A coordinator's dates that cannot wait, and for everybody what they are asked to teach."""
    rows = [*_asked(user, now), *_own_materials(user, now), *_own_reviews(user, now)]
    if user.may(Permission.MANAGE_CATALOGUE):
        rows += as_todos(urgent(now), run_or_pull(now), now)
        rows += later(now)
        rows += _others_materials(now)
        rows += order_todos(now)
        rows += _reviews(now)
    return rows


def as_todos(urgent_rows: list[Urgent], thin: list[RunOrPull], now: datetime.datetime) -> list[Todo]:
    """The rows that the desk shows in full and acts on in place, as other pages list them."""
    return [*(_of_urgent(row, now) for row in urgent_rows), *(_of_thin(row) for row in thin)]


def _of_urgent(row: Urgent, now: datetime.datetime) -> Todo:
    event, starts = row.event, row.event.starts_at or now
    sentences = " ".join(reason.sentence for reason in row.reasons)
    words = f"{event.version.title} ({event}), {in_days(max(starts, now), now)}: {sentences}"
    return Todo(words, reverse("desk:date", args=[event.reference]), "See to it", TODAY, due_on=london_day(starts))


def _of_thin(row: RunOrPull) -> Todo:
    event = row.event
    starts = day(event.starts_at) if event.starts_at else ""
    booked = of(event.places_held, event.minimum)
    sentence = f"Run or pull {event.version.title} ({event}) on {starts}? {booked} needed are booked."
    return Todo(sentence, f"{reverse('desk:desk')}#thin-{event.reference}", "Decide", THIS_WEEK)


def _own_materials(user: User, now: datetime.datetime) -> list[Todo]:
    page = reverse("bookings:materials")
    return [
        Todo(
            f"Confirm that you teach {one.title} from the current materials.",
            f"{page}#{one.course.code}",
            "Open and confirm",
            TODAY if one.is_pressing(now) else THIS_WEEK,
            5,
            due_on=one.due_on,
        )
        for one in (unconfirmed(now, person=user.person) if user.person else [])
    ]


def _others_materials(now: datetime.datetime) -> list[Todo]:
    """One row a course whose day to confirm is over, or which is taught within the week."""
    names: dict[str, list[str]] = {}
    titles = {}
    for one in unconfirmed(now):
        if one.is_pressing(now):
            names.setdefault(one.course.code, []).append(one.person.name)
            titles[one.course.code] = one.title
    return [
        Todo(
            f"{' and '.join(people)} {'has' if len(people) == 1 else 'have'} not confirmed the current materials of "
            f"{titles[code]}.",
            reverse("desk:course-materials", args=[code]),
            "See who",
            THIS_WEEK,
        )
        for code, people in names.items()
    ]


def _reviews(now: datetime.datetime) -> list[Todo]:
    """Courses whose content is to be looked at within the month, the longest due first."""
    today = london_day(now)
    cares = list(CourseCare.objects.due(today + REVIEWS_AHEAD).select_related("course"))
    if not cares:
        return []
    overdue = sum(care.review_due_on < today for care in cares if care.review_due_on)
    words = f"Look at the content of {count(len(cares), 'course')}{f': {overdue} overdue' if overdue else ''}."
    page = f"{reverse('desk:guidance')}#reviews"
    return [Todo(words, page, "See which", THIS_WEEK if overdue else SOME_TIME, due_on=cares[0].review_due_on)]


def _own_reviews(user: User, now: datetime.datetime) -> list[Todo]:
    """Whoever answers for a course: its content is to be looked at, by the calendar or since guidance was replaced."""
    if user.person is None:
        return []
    today, current = london_day(now), CourseVersion.objects.filter(is_current=True)
    cares = CourseCare.objects.due(today + REVIEWS_AHEAD).filter(owner=user.person)
    cares = cares.select_related("course").prefetch_related(Prefetch("course__versions", current))
    page = "desk:course-care" if user.may(Permission.MANAGE_CATALOGUE) else "catalogue:course"
    return [_own_review(care, page, today) for care in cares]


def _own_review(care: CourseCare, page: str, today: datetime.date) -> Todo:
    due_on = care.review_due_on or today
    sentence = f"Look at the content of {care.course.versions.all()[0]}, which you answer for, by {day(due_on)}."
    url = reverse(page, args=[care.course.code])
    weight = THIS_WEEK if due_on < today or care.why_due else SOME_TIME
    return Todo(f"{sentence} {care.why_due}".strip(), url, "Look at it", weight, due_on=due_on)


def _asked(user: User, now: datetime.datetime) -> list[Todo]:
    if user.person is None:
        return []
    page = reverse("desk:my-teaching")
    rows = []
    for date in rota(user.person, now):
        if date.is_asked:
            starts = date.sessions[0].starts_at
            weight = TODAY if starts - now < datetime.timedelta(days=7) else THIS_WEEK
            sentence = f"You are asked to teach {date.event.version.title} on {day(starts)}."
            rows.append(Todo(sentence, f"{page}#asked-{date.event.reference}", "Answer", weight, 1))
    return rows
