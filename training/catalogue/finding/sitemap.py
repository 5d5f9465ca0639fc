"""/sitemap.xml: the pages that a search engine should know, published courses and their dates to come."""

import datetime
from collections.abc import Iterator
from xml.etree import ElementTree as ET  # written, never parsed

from training.catalogue.models import Course, CourseVersion, Event
from training.people.emails import absolute

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_URLS = 50_000  # of one file, by the protocol


def sitemap_xml(*, now: datetime.datetime) -> bytes:
    root = ET.Element("urlset", xmlns=NAMESPACE)
    for place, (url, changed_at) in enumerate(_pages(now)):
        if place == MOST_URLS:
            break
        page = ET.SubElement(root, "url")
        ET.SubElement(page, "loc").text = url
        if changed_at:
            ET.SubElement(page, "lastmod").text = changed_at.date().isoformat()
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _pages(now: datetime.datetime) -> Iterator[tuple[str, datetime.datetime | None]]:
    yield absolute("catalogue:course-list"), None
    courses = CourseVersion.objects.filter(is_current=True, course__in=Course.objects.in_catalogue()).order_by(
        "course__code"
    )
    for code, made_at in courses.values_list("course__code", "made_at"):
        yield absolute("catalogue:course", code), made_at
    dates = Event.objects.published().to_come(now).exclude(version__course__kind="closed").order_by("starts_at", "pk")
    for reference in dates.values_list("reference", flat=True)[:MOST_URLS]:
        yield absolute("catalogue:event", reference), None
