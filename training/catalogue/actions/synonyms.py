"""What people type into the search and what they mean by it."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from training.catalogue.actions.rights import require_coordinator
from training.catalogue.errors import CatalogueError
from training.catalogue.finding.remembering import forget_searches
from training.catalogue.models import Synonym
from training.people.models import User


@transaction.atomic
def add_synonym(*, term: str, meaning: str, by: User) -> Synonym:
    """Whoever searches for `term` finds what says `meaning` too. The same again changes nothing."""
    require_coordinator(by)
    term, meaning = _tidy(term, meaning)
    words = {"term": term, "meaning": meaning}
    forget_searches()
    return Synonym.objects.get_or_create(term__iexact=term, meaning__iexact=meaning, defaults=words)[0]


@transaction.atomic
def change_synonym(*, old_term: str, old_meaning: str, term: str, meaning: str, by: User) -> Synonym:
    """Put `term` and `meaning` in the place of the old ones, by which it is known. A second click changes nothing.

    Raises CatalogueError when somebody else has changed or removed it meanwhile, or when the new one is there already.
    """
    require_coordinator(by)
    term, meaning = _tidy(term, meaning)
    held = _like(old_term, old_meaning).select_for_update().first()
    same = _like(term, meaning).first()
    if held is None:
        if same is not None:
            return same
        raise CatalogueError("Somebody else has changed or removed this search word. Look at the list again.")
    if same is not None and same.pk != held.pk:
        raise CatalogueError(f"“{term}” finds {meaning} already. Remove this one instead.", field="term")
    held.term, held.meaning = term, meaning
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:  # added between the question above and now
        raise CatalogueError(f"“{term}” finds {meaning} already.", field="term") from None
    forget_searches()
    return held


@transaction.atomic
def remove_synonym(*, term: str, meaning: str, by: User) -> int:
    """Returns how many were removed: none by a second click."""
    require_coordinator(by)
    forget_searches()
    return _like(term, meaning).delete()[0]


def _like(term: str, meaning: str) -> QuerySet[Synonym]:
    return Synonym.objects.filter(term__iexact=term, meaning__iexact=meaning)


def _tidy(term: str, meaning: str) -> tuple[str, str]:
    term, meaning = " ".join(term.split()), " ".join(meaning.split())
    if term.casefold() == meaning.casefold():
        raise CatalogueError("A word finds itself already. Enter something else that it means.", field="meaning")
    return term, meaning
