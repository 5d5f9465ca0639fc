"""Who writes down what a body decided: its members and the coordinator who minutes it."""

from training.governance.errors import GovernanceError
from training.governance.models import Body
from training.people.models import Person, User
from training.people.permissions import Permission

# Whose members take part in a body's decisions.
MEMBERS = {Body.Kind.PDL: Permission.RECOMMEND_PROGRAMME, Body.Kind.EXECUTIVE: Permission.AGREE_PROGRAMME}


def is_member(user: User, body: Body) -> bool:
    permission = MEMBERS.get(Body.Kind(body.kind))
    return user.person is not None and permission is not None and user.may(permission)


def may_minute(user: User, body: Body) -> bool:
    return user.person is not None and (is_member(user, body) or user.may(Permission.KEEP_MINUTES))


def require_minuter(user: User, body: Body) -> Person:
    """The person behind the login. Raises GovernanceError for whoever neither sits on the body nor minutes it."""
    if user.person is None or not may_minute(user, body):
        raise GovernanceError(f"Only a member of the {body} or a coordinator writes down what it decided.")
    return user.person
