from providers.errors import ProvidersError
from training.people.models import Person, User
from training.people.permissions import Permission


def require_contracts(by: User) -> Person:
    """The person behind the login. Raises ProvidersError for whoever may not manage contracts."""
    if by.person is None or not by.may(Permission.MANAGE_CONTRACTS):
        raise ProvidersError("Only a coordinator can change providers, contracts and orders.")
    return by.person
