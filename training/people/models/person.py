import datetime
from typing import TYPE_CHECKING, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower

from training.web.references import new_reference

if TYPE_CHECKING:
    from training.people.models.user import User


class PersonQuerySet(models.QuerySet["Person"]):
    def present(self) -> Self:
        """Not merged into another and not closed."""
        return self.exclude(standing__in=(Person.Standing.MERGED, Person.Standing.CLOSED))

    def visible_to(self, user: "User") -> Self:
        """Whom this user may find: everybody (coordinator, administrator), own agency's people (lead), oneself."""
        from training.people.visibility import persons_visible_to

        return self.filter(persons_visible_to(user))

    def with_address(self, address: str) -> Self:
        return self.filter(email__iexact=address.strip())


@pghistory.track(model_name="PersonHistory")
class Person(models.Model):
    """Whoever is trained, books, teaches or decides.

    The e-mail address is where to write to, not who somebody is: volunteers and faith groups share a mailbox.
    """

    class Standing(models.TextChoices):
        ACTIVE = "active", "Active"
        PROVISIONAL = "provisional", "To settle"
        MERGED = "merged", "Joined to another record"
        CLOSED = "closed", "Closed"

    reference = models.CharField(max_length=8, unique=True, default=new_reference, editable=False)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    # "Keep my name off shared lists": refuge staff, survivors, foster carers, police.
    is_name_private = models.BooleanField(default=False)
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.ACTIVE)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing="merged", merged_into__isnull=False)
                | (~models.Q(standing="merged") & models.Q(merged_into__isnull=True)),
                name="person_merged_names_the_other",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_a_name"),
        ]
        indexes = [
            models.Index(Lower("email"), name="person_email_lower"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="person_name_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """What a page calls them: the first word, with a title such as "Dr" or "Sgt" left out."""
        words = [word for word in self.name.split() if word.rstrip(".") not in {"Dr", "Sgt", "Rev", "PC", "DS", "DI"}]
        return words[0] if words else self.name


class PersonView(models.Model):
    """Who looked at whose record, when: one row a look, kept as long as the audit."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="views")
    viewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=80, help_text="The URL name of the page.")
    reason = models.CharField(max_length=80, blank=True, help_text="Why, where the page asks for it.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="person_view_latest")]

    def __str__(self) -> str:
        return f"{self.page} {self.at:%Y-%m-%d}"


def log_view(person: Person, *, by: "User", page: str, now: datetime.datetime, reason: str = "") -> None:
    """Record that `by` looked at this person's record; looking at one's own is not logged."""
    if by.person_id is not None and by.person_id != person.pk:
        PersonView.objects.create(person=person, viewer_id=by.person_id, page=page, reason=reason, at=now)
