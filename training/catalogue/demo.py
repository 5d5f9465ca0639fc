"""Bankside's rooms. Its courses and dates come in by the partnership's own lists: see `providers/demo`."""

import datetime
import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from training.catalogue.actions.care import Edition, add_guidance
from training.catalogue.models import (
    Course,
    CourseCare,
    Equivalence,
    Guidance,
    Material,
    MaterialVersion,
    Prerequisite,
    PrerequisiteOption,
    Teaching,
    Venue,
)
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


MATERIALS = (
    ("Slides", Material.Kind.SLIDES, Material.Audience.TRAINERS, "The local numbers are those of this year."),
    ("Trainer’s notes", Material.Kind.NOTES, Material.Audience.TRAINERS, ""),
    ("Workbook", Material.Kind.WORKBOOK, Material.Audience.BOOKED, ""),
    ("Where to go for help", Material.Kind.HANDOUT, Material.Audience.CAME, ""),
)
MINIMAL_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def hand_out_materials(demo: Demo) -> None:
    """What the trainer’s next courses and the first of the others are taught from; the slides are to be confirmed."""
    references, author = References(demo, "materials"), demo.person("coordinator")
    teaching = Teaching.objects.live().of_dates_that_run().to_come(demo.now)
    taught = teaching.filter(person=demo.person("trainer")).order_by("session__starts_at")
    pks = list(dict.fromkeys(taught.values_list("session__event__version__course", flat=True)))[:2]
    courses = [*Course.objects.filter(pk__in=pks).order_by("pk"), *Course.objects.exclude(pk__in=pks).order_by("code")]
    rows = [
        (Material(reference=references.draw(), course=course, title=title, kind=kind, audience=audience), changed)
        for course in courses[:6]
        for title, kind, audience, changed in MATERIALS
    ]
    demo.insert("Materials", [material for material, _ in rows])
    asked = demo.today + datetime.timedelta(days=10)
    versions = [
        MaterialVersion(
            material=material,
            number=1,
            file=default_storage.save(f"materials/demo-{material.reference}.pdf", ContentFile(MINIMAL_PDF)),
            extension="pdf",
            size_bytes=len(MINIMAL_PDF),
            digest=hashlib.sha256(MINIMAL_PDF).hexdigest(),
            what_changed=changed,
            confirm_by=asked if material.kind == Material.Kind.SLIDES else None,
            at=demo.now - datetime.timedelta(days=4),
            by=author,
        )
        for material, changed in rows
    ]
    demo.insert("Versions of materials", versions)


# Title, edition, published, courses that cite it.
GUIDANCE = (
    ("Working Together to Safeguard Children", "2023", datetime.date(2023, 12, 15), ("BSP004", "BSP005", "BSP022")),
    ("Keeping children safe in education", "2025", datetime.date(2025, 9, 1), ("BSP024", "BSP025", "BSP028")),
    ("Care and support statutory guidance", "2024", datetime.date(2024, 3, 28), ("BSP002", "BSP026", "BSP027")),
)
NEWER = ("Keeping children safe in education", "2026", datetime.date(2026, 9, 1))


def look_after_courses(demo: Demo) -> None:
    """Who answers for what, and what is to be looked at: one overdue, one by new guidance, the rest in good time."""
    references, rng = References(demo, "guidance"), demo.rng("guidance")
    owners = [demo.person("coordinator"), demo.person("trainer"), demo.person("expert")]
    courses = {course.code: course for course in Course.objects.all()}
    cares = [
        CourseCare(
            course=course,
            owner=owners[number % len(owners)],
            review_due_on=demo.today + datetime.timedelta(days=rng.randrange(60, 360)),
        )
        for number, course in enumerate(courses.values())
    ]
    cares[7].review_due_on = demo.today - datetime.timedelta(days=12)
    demo.insert("Owners of courses", cares)
    of_code = {care.course.code: care for care in cares}
    for title, edition, issued_on, codes in GUIDANCE:
        old = Guidance.objects.create(reference=references.draw(), title=title, edition=edition, issued_on=issued_on)
        old.cited_by.set([of_code[code] for code in codes])
        if title == NEWER[0]:
            add_guidance(
                edition=Edition(*NEWER),
                instead_of=old,
                review_by=demo.today + datetime.timedelta(days=21),
                by=demo.person("coordinator").user,
                now=demo.now - datetime.timedelta(days=9),
            )
