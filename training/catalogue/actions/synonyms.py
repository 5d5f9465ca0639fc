"""What people type into the search and what they mean by it."""

from django.db import transaction

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError
from training.catalogue.models import Synonym
from training.people.models import User


@transaction.atomic
def add_synonym(*, term: str, meaning: str, by: User) -> Synonym:
    """Whoever searches for `term` finds what says `meaning` too. The same again changes nothing."""
    require_coordinator(by)
    term, meaning = " ".join(term.split()), " ".join(meaning.split())
    if term.casefold() == meaning.casefold():
        raise CatalogueError("A word finds itself already. Enter something else that it means.", field="meaning")
    held = Synonym.objects.filter(term__iexact=term, meaning__iexact=meaning).first()
    return held or Synonym.objects.create(term=term, meaning=meaning)


@transaction.atomic
def remove_synonym(*, term: str, meaning: str, by: User) -> int:
    """Returns how many were removed: none by a second click."""
    require_coordinator(by)
    return Synonym.objects.filter(term__iexact=term, meaning__iexact=meaning).delete()[0]
