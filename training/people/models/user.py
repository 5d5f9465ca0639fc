from collections.abc import Iterator
from functools import cached_property
from typing import Any

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from training.people.models.employment import Employment
from training.people.models.person import Person
from training.people.models.role import RoleGrant
from training.people.permissions import ROLE_PERMISSIONS, Permission, Role


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@pghistory.track(model_name="UserHistory", exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A login. Any private address will do; who somebody is says `person`."""

    email = models.EmailField(unique=True)
    # Empty only between signing up and saying one's name.
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    # One more ends every session that is open: see `get_session_auth_hash`.
    sign_out_count = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_is_unique")]

    def __str__(self) -> str:
        return self.email

    def get_session_auth_hash(self) -> str:
        """What a session must still carry: a new password, or one more sign-out everywhere, ends those open before."""
        return self._with_sign_outs(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._with_sign_outs, super().get_session_auth_fallback_hash())

    def _with_sign_outs(self, digest: str) -> str:
        return f"{digest}:{self.sign_out_count}" if self.sign_out_count else digest

    @cached_property
    def grants_not_over(self) -> list[RoleGrant]:
        """The roles held today or from a later day on, with their organisations; read once a request."""
        if self.person_id is None:
            return []
        rows = RoleGrant.objects.filter(person_id=self.person_id).not_over(timezone.localdate())
        return list(rows.select_related("agency").order_by("role", "period", "id"))

    @cached_property
    def employments(self) -> list[Employment]:
        """Everywhere this user works, did or will, with the organisations; read once a request."""
        if self.person is None:
            return []
        return list(self.person.employments.select_related("agency").order_by("period", "pk"))

    @cached_property
    def grants(self) -> list[RoleGrant]:
        """The roles held today."""
        today = timezone.localdate()
        return [grant for grant in self.grants_not_over if today in grant.period]

    @property
    def roles(self) -> set[Role]:
        return {Role(grant.role) for grant in self.grants}

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return frozenset().union(ROLE_PERMISSIONS[None], *(ROLE_PERMISSIONS[role] for role in self.roles))

    def may(self, permission: Permission) -> bool:
        everybody = ROLE_PERMISSIONS[None]
        return self.is_active and (permission in everybody or permission in self.permissions)

    @property
    def led_agency_ids(self) -> list[int]:
        """Organisations whose training lead this user is today."""
        return [grant.agency_id for grant in self.grants if grant.role == Role.AGENCY_LEAD and grant.agency_id]
