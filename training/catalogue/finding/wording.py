"""What the public pages say about a course, in the words people use: hours, who it is for, how often to come again."""

from decimal import Decimal

from training.catalogue.models import Course, CourseVersion, DeliveryMode, Remit
from training.web.words import count

WORKS_WITH = {
    Remit.CHILDREN: "People who work with children",
    Remit.ADULTS: "People who work with adults",
    Remit.JOINT: "People who work with children or adults",
}


def who_for(course: Course, version: CourseVersion) -> str:
    return version.audience or WORKS_WITH[Remit(course.remit)]


def hours_in_words(hours: Decimal | None) -> str:
    """ "3½ hours", "1 hour", "6.75 hours"; nothing for none."""
    if hours is None:
        return ""
    whole, rest = divmod(hours, 1)
    if rest == Decimal("0.5"):
        return f"{int(whole) or ''}½ hours" if whole else "½ hour"
    return f"{hours.normalize():f} {'hour' if hours == 1 else 'hours'}"


def refresher_in_words(months: int | None) -> str:
    """ "Every 3 years", "Every 18 months"; nothing for none."""
    if not months:
        return ""
    number, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"Every {unit}" if number == 1 else f"Every {count(number, unit)}"


def modes_in_words(modes: set[str] | frozenset[str]) -> str:
    """ "Face to face or live online": in the order of the list of modes."""
    labels = [str(mode.label) for mode in DeliveryMode if mode.value in modes]
    return " or ".join(label if not place else label[0].lower() + label[1:] for place, label in enumerate(labels))
