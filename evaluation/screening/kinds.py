from dataclasses import dataclass

from django.db import models


class Kind(models.TextChoices):
    """What a stretch of text may be; where two overlap, the one that stands first here is kept."""

    EMAIL = "email", "E-mail address"
    NHS_NUMBER = "nhs_number", "NHS number"
    PHONE = "phone", "Phone number"
    BIRTH = "birth", "Date, perhaps of birth"
    ADDRESS = "address", "Address"
    CASE = "case", "Case reference"
    SCHOOL = "school", "School"
    NAME = "name", "Name"
    AGE = "age", "Age"


# What stands in the cleared text instead.
INSTEAD: dict[str, str] = {
    Kind.EMAIL: "[e-mail address]",
    Kind.NHS_NUMBER: "[NHS number]",
    Kind.PHONE: "[phone number]",
    Kind.BIRTH: "[date]",
    Kind.ADDRESS: "[address]",
    Kind.CASE: "[case reference]",
    Kind.SCHOOL: "[school]",
    Kind.NAME: "[name]",
    Kind.AGE: "[age]",
}


@dataclass(frozen=True)
class Suspicion:
    """The characters from `start` up to `end` of a text."""

    kind: Kind
    start: int
    end: int

    @property
    def key(self) -> str:
        return f"{self.start}-{self.end}"
