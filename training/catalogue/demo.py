"""Bankside's rooms. Its courses and dates come in by the partnership's own lists: see `providers/demo`."""

from training.catalogue.models import Course, Equivalence, Prerequisite, PrerequisiteOption, Venue
from training.config.parts import Demo
from training.people.demo.agencies import References

ASSEMBLY_POINTS = ("the car park behind the building", "the pavement opposite the entrance", "the green by the gate")


def load_demo(demo: Demo) -> None:
    references, rng = References(demo, "venues"), demo.rng("venues")
    venues = [
        Venue(
            reference=references.draw(),
            name=row["name"],
            address=row["address"],
            capacity=int(row["capacity"]),
            access=row["access"],
            travel="The nearest station is ten minutes’ walk away. There is no parking but for blue badge holders.",
            contact_name="The front desk",
            contact_phone=f"020 7946 0{rng.randrange(200, 999)}",
            assembly_point=rng.choice(ASSEMBLY_POINTS),
        )
        for row in demo.rows("venues.csv")
    ]
    demo.insert("Venues", venues)


# Code, what it asks for first, how strictly.
FIRST = (
    ("BSP005", ("BSP004",), "should"),
    ("BSP011", ("BSP010",), "should"),
    ("BSP022", ("BSP004", "BSP024"), "should"),
    ("BSP023", ("BSP022",), "must"),
    ("BSP025", ("BSP024",), "must"),
    ("BSP027", ("BSP026",), "must"),
)
COUNTS_AS = (("BSP003", "BSP001"), ("BSP003", "BSP002"), ("BSP005", "BSP004"))


def ask_things_first(demo: Demo) -> None:
    """What is done before what. Called by providers, whose lists bring the courses in."""
    courses = {course.code: course for course in Course.objects.all()}
    with demo.step("What is done first") as advance:
        for code, accepted, strength in FIRST:
            asked = Prerequisite.objects.create(course=courses[code], strength=strength)
            for one in accepted:
                PrerequisiteOption.objects.create(prerequisite=asked, course=courses[one])
        Equivalence.objects.bulk_create(
            Equivalence(course=courses[code], counts_as=courses[other]) for code, other in COUNTS_AS
        )
        advance(len(FIRST))
