"""Who plans, and which body's members decide."""

from training.governance.models import Body
from training.governance.rights import is_member
from training.people.models import Person, User
from training.people.permissions import Permission
from training.programme.errors import ProgrammeError


def require_planner(by: User) -> Person:
    """The person behind the login. Raises ProgrammeError for whoever does not plan the programme."""
    if by.person is None or not by.may(Permission.PLAN_PROGRAMME):
        raise ProgrammeError("Only a coordinator plans the programme.")
    return by.person


def require_member(by: User, body: Body) -> Person:
    """Raises ProgrammeError for whoever does not sit on this body: a coordinator cannot agree their own plan."""
    if by.person is None or not is_member(by, body):
        raise ProgrammeError(f"Only a member of the {body} decides this.")
    return by.person
