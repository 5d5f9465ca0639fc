"""A session for one school: who works there sees it, and nobody else does."""

import datetime

from training.catalogue.actions.closed import close_for
from training.catalogue.actions.courses import CourseShape, add_course, publish_course
from training.catalogue.actions.events import add_event
from training.catalogue.actions.standing import publish_event
from training.catalogue.models import Course, DeliveryMode, Remit
from training.catalogue.plans import CourseText, EventPlan, session_plan
from training.config.parts import Demo
from training.people.models import Agency, Sector

TEXT = CourseText(
    title="Safeguarding for the whole staff of a school",
    audience="Everybody who works at the school, its governors and volunteers",
    aims="A twilight session at one school, about its own pupils, its own street and its own procedures.",
)
OUTCOMES = ("Notice when a pupil is not safe", "Pass on a worry the same day")
# From this week's Monday: a Tuesday.
DAYS_AHEAD = 50


def close_a_date(demo: Demo) -> None:
    """Called by bookings once everybody has booked: nobody has on this one."""
    by = demo.person("coordinator").user
    shape = CourseShape(kind=Course.Kind.CLOSED, remit=Remit.CHILDREN, usual_mode=DeliveryMode.VIRTUAL)
    version = add_course(code="BSP040", outcomes=OUTCOMES, levels=[], now=demo.now, shape=shape, text=TEXT, by=by)
    publish_course(course=version.course, by=by)
    school = Agency.objects.settled().filter(sector=Sector.EDUCATION, name__contains="School").order_by("name")[0]
    on = demo.today + datetime.timedelta(days=DAYS_AHEAD - demo.today.weekday())
    plan = EventPlan(
        mode=DeliveryMode.VIRTUAL,
        sessions=[session_plan(on, datetime.time(15, 45), datetime.time(17, 15))],
        room_limit=60,
        places_offered=60,
        minimum=10,
        joining_link="https://meet.muster.example/whole-staff",
    )
    event = add_event(version=version, plan=plan, reference="", by=by)
    event = close_for(event=event, agencies=[school], revision=event.revision, by=by)
    demo.keep("catalogue.closed", publish_event(event=event, by=by, now=demo.now))
