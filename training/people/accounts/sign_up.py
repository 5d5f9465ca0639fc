"""What somebody typed when they signed up, kept in their session until the code proves the address.

Nothing of it goes to the login before that. Otherwise somebody could sign up with another's address and
a password of their own, wait until the holder proves it, and share their account.
"""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from training.people.actions.identity import introduce
from training.people.models import User

SESSION_KEY = "sign_up"


def remember(request: HttpRequest, *, email: str, name: str, password: str) -> None:
    """Costs the same whether or not the address has a login: the password is hashed before anybody asks."""
    request.session[SESSION_KEY] = {
        "email": email,
        "name": name,
        "password": make_password(password) if password else "",
    }


def complete(request: HttpRequest, user: User) -> bool:
    """Give a login its person from what this session remembers. True when that happened now."""
    typed = request.session.pop(SESSION_KEY, None)
    if user.person_id is not None or typed is None or typed["email"] != user.email.lower():
        return False
    if typed["password"]:
        user.password = typed["password"]
        user.save(update_fields=["password"])
    introduce(user=user, name=typed["name"], now=timezone.now())
    return True


def unproved_user(email: str) -> User | None:
    """A login that somebody began with this address and never finished: whoever comes next goes on with it."""
    begun = User.objects.filter(email__iexact=email, person=None, last_login=None, is_active=True).first()
    if begun is None or EmailAddress.objects.filter(email__iexact=email, verified=True).exists():
        return None
    return begun
