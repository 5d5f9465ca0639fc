from training.catalogue.errors import CatalogueError
from training.people.models import Person, User
from training.people.permissions import Permission


def require_coordinator(by: User) -> Person:
    """The person behind the login. Raises CatalogueError for whoever may not manage the catalogue."""
    if by.person is None or not by.may(Permission.MANAGE_CATALOGUE):
        raise CatalogueError("Only a coordinator can change courses, venues and dates.")
    return by.person
