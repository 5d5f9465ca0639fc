from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from training.people.models import User


class Backend(AuthenticationBackend):
    """The library's, which brings a login's person along: every page prints their name."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
