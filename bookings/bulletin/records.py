"""What becomes of somebody's choices of mail when records are joined, taken out or erased."""

from typing import Any

from bookings.models import BulletinReader, MailChoice
from training.people.models import Person


def join_choices(source: Person, target: Person) -> None:
    """Of two choices of one kind the last that was said counts; a bulletin that both got, the one record has once."""
    for said in MailChoice.objects.filter(person=source):
        other = MailChoice.objects.filter(person=target, kind=said.kind).first()
        if other is None or other.at < said.at:
            MailChoice.objects.filter(person=target, kind=said.kind).delete()
            MailChoice.objects.filter(pk=said.pk).update(person=target)
        else:
            said.delete()
    theirs = BulletinReader.objects.filter(person=target).values("bulletin")
    BulletinReader.objects.filter(person=source, bulletin__in=list(theirs.values_list("bulletin", flat=True))).delete()
    BulletinReader.objects.filter(person=source).update(person=target)


def choices_of(person: Person) -> list[dict[str, Any]]:
    return [
        {
            "what": said.get_kind_display(),
            "wanted": said.is_wanted,
            "remit": said.get_remit_display() if said.remit else "",
            "levels": said.levels,
            "said_at": said.at.isoformat(),
            "how": said.get_way_display(),
        }
        for said in MailChoice.objects.filter(person=person).order_by("kind")
    ]


def forget_choices(person: Person) -> None:
    MailChoice.objects.filter(person=person).delete()
    BulletinReader.objects.filter(person=person).delete()
