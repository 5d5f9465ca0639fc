"""Bankside's programmes: that of 2019–20 as it was agreed, the one that runs, and a draft of the next."""

import datetime

from django.db.models import Q
from django.utils import timezone

from training.catalogue.models import Course, DeliveryMode
from training.config.parts import Demo
from training.governance.models import Body, Decision, Priority, Recommendation
from training.people.models import Agency, Partnership, User
from training.programme.actions.amending import Wanted, decide_amendment, propose_amendment
from training.programme.actions.deciding import (
    Minuted,
    agree_programme,
    offer_programme,
    recommend_programme,
    start_programme,
)
from training.programme.actions.needs import NeedText, answer_need, raise_need
from training.programme.actions.planning import (
    ProgrammeText,
    choose_priorities,
    draft_programme,
    plan_course,
    quarters_of,
)
from training.programme.models import DemandSignal, Programme
from training.web.periods import Period, year_of

PENCE_EACH = (42_000, 48_000, 55_000, 61_000)
ENVELOPE_PENCE = 24_000_000
# What no course answers: the page "does the programme meet the need?" shows it.
UNMET = "Transitions to adulthood"
HISTORY = "Training programme 2019–20"
DAY = datetime.timedelta(days=1)


def plan_demo(demo: Demo) -> None:
    """Called when the courses are there: they come in with the providers' lists."""
    by = demo.person("coordinator").user
    courses = list(Course.objects.exclude(usual_mode=DeliveryMode.E_LEARNING).order_by("code"))
    year = year_of(demo.today, Partnership.objects.get().financial_year_starts_month)
    with demo.step("Programmes") as advance:
        _past(demo, courses, by)
        running = _running(demo, courses, year, by)
        _amend(demo, running, courses, by)
        _draft(demo, courses, year, by)
        _needs(demo, courses, by)
        advance(4)
    _interest(demo, courses)


def _past(demo: Demo, courses: list[Course], by: User) -> None:
    """The year from the files, with the decisions that were taken then."""
    programme = draft_programme(text=ProgrammeText(HISTORY, 2019, 1, 6_500_000), by=by)
    _plan(demo, programme, courses, by)
    decisions = {
        d.meeting.body.kind: d for d in Decision.objects.filter(subject=HISTORY).select_related("meeting__body")
    }
    steps = (
        ("recommended", decisions[Body.Kind.PDL], datetime.date(2019, 5, 14)),
        ("agreed", decisions[Body.Kind.EXECUTIVE], datetime.date(2019, 6, 11)),
        ("live", None, datetime.date(2019, 6, 17)),
        ("closed", None, datetime.date(2020, 4, 1)),
    )
    for standing, decision, day in steps:
        reason = "The year is over." if standing == "closed" else ""
        programme.move_to(standing, by=demo.person("coordinator"), now=_noon(day), decision=decision, reason=reason)


def _running(demo: Demo, courses: list[Course], year: Period, by: User) -> Programme:
    """Its third year is this one; the next is being made."""
    first = year.starts_on.year - 2
    title = f"Training programme {first}–{(first + 3) % 100:02}"
    text = ProgrammeText(
        title, first, 3, ENVELOPE_PENCE, "Fewer, longer courses for mixed groups; short refreshers online."
    )
    programme = draft_programme(text=text, by=by)
    _plan(demo, programme, courses, by)
    _name_priorities(programme, by)
    pdl, executive = demo.person("pdl").user, demo.person("executive").user
    begin = programme.starts_on
    offer_programme(programme=programme, by=by, now=_noon(begin - 60 * DAY))
    seen = Minuted(begin - 50 * DAY, "Recommended to the Executive, with more dates on domestic abuse.", "item 5")
    recommend_programme(programme=programme, minuted=seen, by=pdl, now=_noon(begin - 49 * DAY))
    agreed = Minuted(begin - 22 * DAY, "Agreed for three years.", "item 3")
    agree_programme(programme=programme, minuted=agreed, by=executive, now=_noon(begin - 21 * DAY))
    return start_programme(programme=programme, by=by, now=_noon(begin))


def _amend(demo: Demo, programme: Programme, courses: list[Course], by: User) -> None:
    """One amendment that was agreed, and one that waits for the subgroup."""
    programme.refresh_from_db()
    quarters = [quarter for quarter in quarters_of(programme) if quarter.ends_on > demo.today]
    first = courses[8]
    more = Wanted(first, quarters[0].starts_on, 3, PENCE_EACH[1])
    agreed = propose_amendment(
        programme=programme, reason="An audit in the summer found that home visits without the child being seen had "
        "doubled: two more dates this quarter.", changes=[more], submission=None, by=by, now=demo.now - 75 * DAY,
    )  # fmt: skip
    minuted = Minuted(demo.today - 68 * DAY, "Agreed; paid from the reserve of the second year.", "item 4")
    decide_amendment(
        amendment=agreed, is_agreed=True, minuted=minuted, by=demo.person("pdl").user, now=demo.now - 67 * DAY
    )
    propose_amendment(
        programme=programme, reason="Few book the long version; schools ask for a short one after four o’clock.",
        changes=[Wanted(courses[12], quarters[1].starts_on, 0), Wanted(courses[2], quarters[1].starts_on, 3)],
        submission=None, by=by, now=demo.now - 9 * DAY,
    )  # fmt: skip


def _draft(demo: Demo, courses: list[Course], year: Period, by: User) -> None:
    """What comes after, put to the subgroup last week."""
    first = year.starts_on.year + 1
    title = f"Training programme {first}–{(first + 3) % 100:02}"
    programme = draft_programme(text=ProgrammeText(title, first, 3, ENVELOPE_PENCE + 1_500_000), by=by)
    _plan(demo, programme, courses[:20], by)
    _name_priorities(programme, by)
    offer_programme(programme=programme, by=by, now=demo.now - 6 * DAY)


def _plan(demo: Demo, programme: Programme, courses: list[Course], by: User) -> None:
    rng = demo.rng(f"plan {programme.title}")
    for course in courses:
        programme.refresh_from_db()
        quarters = {quarter.starts_on: rng.choice((1, 1, 1, 2)) for quarter in quarters_of(programme)}
        plan_course(
            programme=programme, course=course, quarters=quarters, pence_each=rng.choice(PENCE_EACH),
            revision=programme.revision, by=by,
        )  # fmt: skip


def _name_priorities(programme: Programme, by: User) -> None:
    programme.refresh_from_db()
    years = range(programme.starts_on.year, programme.period.upper.year)
    wanted = [(priority, year) for priority in Priority.objects.order_by("name") for year in years]
    choose_priorities(programme=programme, wanted=wanted, revision=programme.revision, by=by)


def _needs(demo: Demo, courses: list[Course], by: User) -> None:
    """One of each source; two of them have no course yet."""
    lessons = list(Recommendation.objects.order_by("review__title", "number"))
    school = Agency.objects.filter(sector="education").order_by("name")[0]
    neglect, unmet = Priority.objects.get(name="Neglect"), Priority.objects.get(name=UNMET)
    source = NeedText
    texts = (
        (source("review", "See the child alone and write down what they say", "social workers, health visitors",
                recommendation=lessons[0]), 3),
        (source("priority", "Score neglect with one tool in every agency", "all who visit families",
                priority=neglect), 7),
        (source("audit", "Ask about money and control, not only about violence", "housing officers, GPs"), 5),
        (source("agency", "A session after school hours for designated safeguarding leads", "primary schools",
                agency=school), 2),
        (source("priority", "Plan the move from children’s to adults’ services a year ahead", "16+ teams",
                priority=unmet), None),
        (source("demand", "Places on trauma and resilience: the waiting lists of three dates are full", ""), None),
    )  # fmt: skip
    for number, (text, course) in enumerate(texts):
        need = raise_need(text=text, submission=None, by=by, now=demo.now - (200 - 20 * number) * DAY)
        if course is not None:
            answer_need(need=need, course=courses[course], on=demo.today - (150 - 20 * number) * DAY, by=by)


def _interest(demo: Demo, courses: list[Course]) -> None:
    """People who ask to be told of two courses' next dates."""
    rng = demo.rng("interest")
    known = Agency.objects.filter(~Q(employments=None)).prefetch_related("employments__person").order_by("pk")[:12]
    rows = []
    for agency in known:
        held = [employment for employment in agency.employments.all() if employment.counts][:4]
        for employment in held:
            course = courses[rng.choice((11, 11, 14))]
            made_at = demo.now - rng.randrange(2, 40) * DAY
            rows.append(DemandSignal(course=course, person=employment.person, agency=agency, made_at=made_at))
    demo.insert("Asked to be told", rows)


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
