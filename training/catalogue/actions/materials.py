"""What a course is taught from: put there by a coordinator, version after version, confirmed by its trainers."""

import datetime
import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.emails import ask_to_confirm_materials
from training.catalogue.errors import CatalogueError
from training.catalogue.material_files import extension_of
from training.catalogue.materials import teachers_of, unconfirmed_by
from training.catalogue.models import Course, Material, MaterialConfirmation, MaterialVersion
from training.people.models import Person, User
from training.people.permissions import Permission
from training.web.when import london_day

MOST_MATERIALS = 40


@dataclass(frozen=True)
class Content:
    """A file with the name it was sent under, or a link."""

    data: bytes = b""
    filename: str = ""
    link: str = ""


@transaction.atomic
def add_material(
    *,
    course: Course,
    title: str,
    kind: str,
    audience: str,
    content: Content,
    by: User,
    now: datetime.datetime,
    confirm_by: datetime.date | None = None,
) -> MaterialVersion:
    """Something new, with its first version; trainers of dates to come are asked if there is a day to confirm by.

    The same title with the same content again gives what is there. Raises CatalogueError.
    """
    author = require_coordinator(by)
    locked, title = Course.objects.select_for_update(no_key=True).get(pk=course.pk), " ".join(title.split())
    held = MaterialVersion.objects.filter(material__course=locked, material__title=title)
    if same := held.filter(digest=_digest(content)).first():
        return same
    if held.exists():
        raise CatalogueError(f"{locked} has “{title}” already. Open it and add a new version.", field="title")
    if locked.materials.count() >= MOST_MATERIALS:
        raise CatalogueError(f"A course has {MOST_MATERIALS} materials at most.", field="title")
    if not title:
        raise CatalogueError("Enter what it is.", field="title")
    if kind == Material.Kind.NOTES and audience != Material.Audience.TRAINERS:
        raise CatalogueError("Trainer’s notes are for trainers only.", field="audience")
    if (kind == Material.Kind.LINK) != bool(content.link):
        raise CatalogueError("Enter an address for a link, and choose a file for anything else.", field="kind")
    material = Material.objects.create(course=locked, title=title, kind=kind, audience=audience)
    return _write(material, 1, content, "", confirm_by, author, now)


@transaction.atomic
def add_version(
    *,
    material: Material,
    content: Content,
    what_changed: str,
    confirm_by: datetime.date | None,
    by: User,
    now: datetime.datetime,
) -> MaterialVersion:
    """The next version is the current one from now on. What is current already, sent again, changes nothing.

    Raises CatalogueError.
    """
    author = require_coordinator(by)
    locked = Material.objects.select_for_update().get(pk=material.pk)
    if locked.is_retired:
        raise CatalogueError("It is no longer used. Bring it back first.")
    if (locked.kind == Material.Kind.LINK) != bool(content.link):
        raise CatalogueError("A link stays a link and a file a file. Add the other beside it.")
    before = locked.versions.get(is_current=True)
    if before.digest == _digest(content):
        return before
    before.is_current = False
    before.save(update_fields=["is_current"])
    return _write(locked, before.number + 1, content, what_changed, confirm_by, author, now)


@transaction.atomic
def change_audience(*, material: Material, audience: str, by: User) -> Material:
    """Who may have it from now on; what was downloaded stays with whoever has it. A second click changes nothing."""
    require_coordinator(by)
    locked = Material.objects.select_for_update().get(pk=material.pk)
    if locked.audience == audience:
        return locked
    if audience not in Material.Audience.values:
        raise CatalogueError("Choose who may have it.", field="audience")
    if locked.kind == Material.Kind.NOTES:
        raise CatalogueError("Trainer’s notes are for trainers only.", field="audience")
    locked.audience = audience
    locked.save(update_fields=["audience"])
    return locked


def _write(
    material: Material,
    number: int,
    content: Content,
    what_changed: str,
    confirm_by: datetime.date | None,
    by: Person,
    now: datetime.datetime,
) -> MaterialVersion:
    if confirm_by is not None and confirm_by <= london_day(now):
        raise CatalogueError("Enter a day after today: trainers need time to look at it.", field="confirm_by")
    version = MaterialVersion(
        material=material,
        number=number,
        digest=_digest(content),
        what_changed=" ".join(what_changed.split())[:300],
        confirm_by=confirm_by,
        at=now,
        by=by,
    )
    if content.link:
        version.link = _checked(content.link)
        version.save()
    else:
        _save_file(version, content)
    if confirm_by is not None:
        for trainer in teachers_of(material.course, now):
            ask_to_confirm_materials(version, trainer, now=now)
    return version


def _save_file(version: MaterialVersion, content: Content) -> None:
    """The file first; it goes again when the row is refused."""
    version.extension = extension_of(content.data, content.filename)
    version.size_bytes = len(content.data)
    version.file.save("", ContentFile(content.data), save=False)
    try:
        version.save()
    except BaseException:
        version.file.delete(save=False)
        raise


def _checked(link: str) -> str:
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CatalogueError("Enter a whole address that begins with https://.", field="link")
    return link.strip()


def _digest(content: Content) -> str:
    return hashlib.sha256(content.data or content.link.strip().encode()).hexdigest()


@transaction.atomic
def use_material(*, material: Material, is_used: bool, by: User) -> Material:
    """Take it out of use, or bring it back. Its versions stay. A second click changes nothing."""
    require_coordinator(by)
    locked = Material.objects.select_for_update().get(pk=material.pk)
    if locked.is_retired is is_used:
        locked.is_retired = not is_used
        locked.save(update_fields=["is_retired"])
    return locked


@transaction.atomic
def confirm_materials(*, course: Course, person: Person, by: User, now: datetime.datetime) -> int:
    """The trainer, or a coordinator for them, says that they teach from what is current. How many were confirmed.

    Twice changes nothing. Raises CatalogueError for whoever teaches no date of this course.
    """
    if by.person is None or not (by.person_id == person.pk or by.may(Permission.MANAGE_CATALOGUE)):
        raise CatalogueError("Only the trainer or a coordinator can confirm this.")
    if person not in teachers_of(course, now):
        raise CatalogueError(f"{person.name} teaches no date of this course to come.")
    waiting = [version for version in unconfirmed_by(person, now) if version.material.course_id == course.pk]
    rows = [MaterialConfirmation(version=version, person=person, at=now, by=by.person) for version in waiting]
    try:
        with transaction.atomic():
            MaterialConfirmation.objects.bulk_create(rows, ignore_conflicts=True)
    except IntegrityError:
        raise CatalogueError("The materials have just changed. Look at them again.") from None
    return len(rows)
