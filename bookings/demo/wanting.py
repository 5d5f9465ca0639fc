"""More people want one course than it has places: the planning board says so, with the sum."""

from bookings.models import Booking
from training.catalogue.models import Course
from training.config.parts import Demo
from training.people.models import Employment
from training.programme.models import DemandSignal

WANTED = "BSP010"
PEOPLE = 17


def ask_for_a_date(demo: Demo) -> None:
    """They ask at this moment, so no date that is open already is theirs to be told of."""
    course = Course.objects.get(code=WANTED)
    there = Booking.objects.live().filter(event__version__course=course).values("person")
    works = Employment.objects.on(demo.today).not_refused().exclude(person__in=there).select_related("person", "agency")
    rows = works.order_by("person__reference").distinct("person__reference")[:PEOPLE]
    demo.insert(
        "Asked for one course",
        [DemandSignal(course=course, person=one.person, agency=one.agency, made_at=demo.now) for one in rows],
    )
